import { isConvoflowError } from '@convoflow/client';
import { allFields, type FieldMap } from '@convoflow/kit';
import { startSandbox } from '@convoflow/sandbox';
import { byItemInN8n, byMessageInNodeRed, PLACES, type Outcome, type Place } from '../parity/hosts';
import { startNodeRed, type NodeRed } from '../node-red/harness';
import { openReplyUrl, withReplyUrl } from '../support/action-calls';
import { callN8n, callNodeRed, DOORS, shapesIn, STREAM_THREAD, triggerFlow } from './host-doors';
import { Inputs } from './inputs';
import { shapes } from './run';
import { SAMPLES } from './samples';

/** What came of a run through both hosts. */
export interface HostFuzz {
	readonly seed: number;
	readonly seconds: number;
	/** Inputs that each host was given, by what they went to. */
	readonly tried: Readonly<Record<string, number>>;
	/** Inputs of operations that were refused, and those that were let through, by host. */
	readonly refused: Readonly<Record<string, number>>;
	/** What broke, at most one of each place. */
	readonly failures: readonly string[];
}

/** One input that takes this long, in ms, has hung, even on a busy machine. */
const HANG_MS = 60_000;

async function withinTime<T>(work: Promise<T>): Promise<T> {
	let timer: NodeJS.Timeout | undefined;
	const late = new Promise<never>((_resolve, reject) => {
		timer = setTimeout(() => reject(new Error(`it hung for ${HANG_MS / 1_000} s`)), HANG_MS);
	});
	return await Promise.race([work, late]).finally(() => clearTimeout(timer));
}

/** An input of which each field is left out, right, or any JSON. A wait for a bot is short. */
function inputFor({ operation }: Place, inputs: Inputs, replyUrl: string): Record<string, unknown> {
	const example = withReplyUrl(inputs.oneOf(operation.examples).input, replyUrl) as Record<string, unknown>;
	const drawn = Object.entries(allFields(operation)).flatMap(([name, field]) => {
		const isRight = field.kind === 'file' || inputs.below(4) > 0;
		if (isRight) return name in example ? [[name, example[name]] as const] : [];
		if (inputs.below(3) === 0) return [];
		const row = (cells: FieldMap): object =>
			Object.fromEntries(Object.keys(cells).map((cell) => [cell, inputs.json()]));
		const rows =
			field.kind === 'list' ? Array.from({ length: inputs.below(3) }, () => row(field.fields)) : [];
		return [[name, field.kind === 'list' ? rows : inputs.json()] as const];
	});
	const waits = 'timeoutSeconds' in operation.fields ? { quietSeconds: 0.5, timeoutSeconds: 1 } : {};
	return { ...Object.fromEntries(drawn), ...waits };
}

/**
 * Gives both hosts inputs of all kinds: to every operation, to every trigger with an address, to the stream. Looks
 * whether anything but a refusal of our own gets out, hangs, ends the host or changes a prototype.
 * @param count inputs for each host
 */
export async function fuzzHosts(seed: number, count: number): Promise<HostFuzz> {
	const startedMs = performance.now();
	const inputs = new Inputs(seed, SAMPLES);
	const sandbox = await startSandbox({ botDelayMs: 0 });
	sandbox.world.ensureThread(STREAM_THREAD, 'socket');
	const red = await startNodeRed();
	const before = shapes();
	let redBefore = '';
	const failures = new Map<string, string>();
	const tried = { operations: Math.ceil(count * 0.6), calls: Math.ceil(count * 0.3), frames: 0 };
	tried.frames = Math.max(0, count - tried.operations - tried.calls);
	const refused: Record<string, number> = { n8n: 0, nodeRed: 0 };
	const fail = (where: string, input: unknown, error: unknown): void => {
		// An error may come from another realm, where it is none of ours.
		const { stack, cause } = error as { stack?: string; cause?: { message?: string } };
		const words = stack === undefined ? JSON.stringify(error) : `${stack} ${cause?.message ?? ''}`;
		if (!failures.has(where)) failures.set(where, `${where}: ${words}\n  with ${JSON.stringify(input)}`);
	};
	const judge = (host: 'n8n' | 'nodeRed', place: Place, input: unknown, outcome: Outcome): void => {
		if (!('code' in outcome)) return;
		refused[host] = (refused[host] ?? 0) + 1;
		const isOurs = /^(CONVOFLOW|FLOW_?AI|FLOW_?XO|CHATLAYER)_[A-Z_]+$/.test(outcome.code);
		if (!isOurs)
			fail(`${host} ${place.operation.service} ${place.resource} ${place.operation.name}`, input, outcome);
	};
	try {
		await red.deploy(triggerFlow(sandbox));
		await red.awaitStatusLike('stream', /connected/);
		redBefore = await shapesIn(red);
		const replyUrl = await openReplyUrl(sandbox);
		await operations(tried.operations, replyUrl);
		for (let call = 0; call < tried.calls; call += 1) {
			const door = inputs.oneOf(DOORS);
			const body = inputs.bytes();
			await withinTime(callNodeRed(red, door, body)).then(
				(status) =>
					status < 500 || status === 503 || fail(`Node-RED ${door.nodeRedPath}`, body.toString(), { status }),
				(error: unknown) => fail(`Node-RED ${door.nodeRedPath}`, body.toString(), error),
			);
			await withinTime(callN8n(sandbox, door, body)).catch((error: unknown) => {
				if (!isConvoflowError(error)) fail(`n8n ${door.n8n.nodeType}`, body.toString(), error);
			});
		}
		await frames(tried.frames);
		await aliveAndUnchanged();
	} finally {
		await Promise.all([red.stop(), sandbox.close()]);
	}
	const seconds = (performance.now() - startedMs) / 1_000;
	return { seed, seconds, tried, refused, failures: [...failures.values()] };

	async function operations(total: number, replyUrl: string): Promise<void> {
		const each = Math.ceil(total / PLACES.length);
		let left = total;
		for (const place of PLACES) {
			const drawn = Array.from({ length: Math.min(each, left) }, () => inputFor(place, inputs, replyUrl));
			left -= drawn.length;
			if (drawn.length === 0) return;
			const where = `${place.operation.service} ${place.resource} ${place.operation.name}`;
			await withinTime(byItemInN8n(place, sandbox, drawn)).then(
				(outcomes) => outcomes.forEach((one, index) => judge('n8n', place, drawn[index], one)),
				// n8n itself refuses a form with an empty cell.
				(error: Error) => error.name === 'WorkflowHasIssuesError' || fail(`n8n ${where}`, drawn, error),
			);
			for (const input of drawn)
				await withinTime(byMessageInNodeRed(place, red, sandbox, input)).then(
					(outcome) => judge('nodeRed', place, input, outcome),
					(error: unknown) => fail(`Node-RED ${where}`, input, error),
				);
		}
	}

	/** Frames to the stream of Node-RED, and at the end one that is right: it has to come through. */
	async function frames(total: number): Promise<void> {
		for (let frame = 0; frame < total; frame += 1) sandbox.world.sendFrame(STREAM_THREAD, inputs.object());
		const last = `last of ${seed}`;
		await sandbox.world.sendAsUser(STREAM_THREAD, last);
		const hears = async (red: NodeRed): Promise<void> => {
			for (let shown = 1; ; shown += 1) {
				const all = await red.awaitDebug('stream-out', shown, HANG_MS);
				if (JSON.stringify(all).includes(last)) return;
				shown = all.length;
			}
		};
		await withinTime(hears(red)).catch((error: unknown) => fail('Node-RED stream', last, error));
	}

	async function aliveAndUnchanged(): Promise<void> {
		if (!red.isAlive()) fail('Node-RED', undefined, new Error(`it ended:\n${red.log().slice(-2_000)}`));
		const fault = /.*(uncaught|unhandled|TypeError|RangeError|ReferenceError).*/i.exec(red.log());
		if (fault) fail('log of Node-RED', undefined, new Error(fault[0]));
		if (shapes() !== before) fail('n8n', undefined, new Error('a prototype was changed'));
		if ((await shapesIn(red)) !== redBefore)
			fail('Node-RED', undefined, new Error('a prototype was changed'));
	}
}
