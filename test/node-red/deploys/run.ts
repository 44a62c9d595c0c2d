import { startSandbox } from '@convoflow/sandbox';
import { setTimeout as sleep } from 'node:timers/promises';
import { moreThan, Probe, type Held } from '../../webhook/probe';
import { startNodeRed, type FlowNode } from '../harness';
import { filledInExamples, pathOf } from '../harness/filled-in';

/** Deploys before the first measurement: compiled code and caches. */
const WARM_UP = 5;
/** Connections and timers run out a little after a deploy. */
const PATIENCE_MS = 30_000;
const HEAP_GROWTH = 1.1;

/** What came of a run. */
export interface DeployRun {
	readonly nodes: number;
	readonly times: number;
	readonly before: Held;
	readonly after: Held;
	/** Resources of which there are more than before. */
	readonly more: readonly string[];
	/** Sockets that the service holds, before and after. */
	readonly sockets: readonly [number, number];
	/** Messages that one webhook event, and one press of a button, gave after the last deploy. */
	readonly messages: readonly [number, number];
	/** Warnings of Node.js about listeners, and closes that Node-RED gave up on. */
	readonly complaints: readonly string[];
	readonly slowestDeployMs: number;
}

const WEBHOOK = 'flowai-webhook.node';
const BUTTON = 'flowai-bot.inject';

/**
 * Replaces every node of the package again and again by partial deploys, and compares what is held and how often an
 * event arrives.
 */
export async function runPartialDeploys(times: number): Promise<DeployRun> {
	const [probe, sandbox] = await Promise.all([Probe.create(), startSandbox()]);
	const red = await startNodeRed({ env: probe.env });
	try {
		const flow = filledInExamples(sandbox);
		const ours = flow.filter(({ type }) => /^(flowai|flowxo|chatlayer)-/.test(type));
		let slowestDeployMs = 0;
		const deploy = async (number: number): Promise<void> => {
			// A changed name is what makes a partial deploy replace a node; config nodes keep theirs every other time.
			const changed = flow.map((node): FlowNode =>
				ours.includes(node) && (node['z'] !== undefined || number % 2 === 0)
					? { ...node, name: `deploy ${number}` }
					: node,
			);
			const startedMs = Date.now();
			await red.deploy(changed, 'nodes');
			slowestDeployMs = Math.max(slowestDeployMs, Date.now() - startedMs);
		};
		const countOf = (id: string): number => red.debug.filter((one) => one.id === id).length;
		const fire = async (): Promise<readonly [number, number]> => {
			const before = [countOf('flowai-webhook.debug'), countOf('flowai-bot.debug')] as const;
			const body = JSON.stringify({ type: 'takeover', threadId: 't-100', at: Date.now() });
			await fetch(`${red.nodeUrl}/flowai/webhook/${pathOf(WEBHOOK)}`, {
				method: 'POST',
				headers: { 'content-type': 'application/json', connection: 'close' },
				body,
			});
			await red.admin(`/inject/${BUTTON}`, { method: 'POST', headers: { connection: 'close' } });
			await red.awaitDebug('flowai-webhook.debug', before[0] + 1);
			await red.awaitDebug('flowai-bot.debug', before[1] + 1);
			// One that comes twice would come a little later.
			await sleep(500);
			return [countOf('flowai-webhook.debug') - before[0], countOf('flowai-bot.debug') - before[1]];
		};
		await red.deploy(flow);
		for (let number = 0; number < WARM_UP; number += 1) await deploy(number);
		await fire();
		await sleep(3_000);
		const before = await probe.ask();
		const socketsBefore = sandbox.sockets();
		for (let number = WARM_UP; number < WARM_UP + times; number += 1) await deploy(number);
		const messages = await fire();
		const after = await probe.askUntilQuiet(before, PATIENCE_MS);
		return {
			nodes: ours.length,
			times,
			before,
			after,
			more: moreThan(after, before),
			sockets: [socketsBefore, sandbox.sockets()],
			messages,
			complaints: red.log().match(/.*(MaxListenersExceeded|Close timed out|uncaught|Unhandled).*/gi) ?? [],
			slowestDeployMs,
		};
	} finally {
		await red.stop();
		await sandbox.close();
		await probe.close();
	}
}

/** Whether nothing was left behind. */
export function isClean({ more, sockets, messages, complaints, before, after }: DeployRun): boolean {
	return (
		more.length === 0 &&
		sockets[1] <= sockets[0] &&
		messages.every((count) => count === 1) &&
		complaints.length === 0 &&
		after.heap < before.heap * HEAP_GROWTH
	);
}
