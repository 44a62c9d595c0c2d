import { setTimeout as sleep } from 'node:timers/promises';
import { FlowAiSocketClient, type JsonObject, type Ports } from '@convoflow/client';
import { startSandbox, type FaultAction, type Sandbox, type SandboxOptions } from '@convoflow/sandbox';
import { DIRECT } from '../../../packages/node-red/src/ports/network';
import { makeOpenSocket } from '../../../packages/node-red/src/ports/open-socket';
import { fastPorts } from '../../stream-cases/bench';

/** Every way in which a connection ends. The service's own speed makes the silent ones be noticed soon. */
export const CUTS: Readonly<Record<string, FaultAction>> = {
	'close frame': { type: 'cut', on: 'now' },
	'reset without a close frame': { type: 'cut', on: 'now', closeFrame: false },
	'close frame 1011': { type: 'cut', on: 'now', code: 1011 },
	'silent service': { type: 'mute', on: 'now' },
	'half-open link': { type: 'halfOpen', on: 'now' },
};

/** How a run goes. */
export interface SoakPlan {
	readonly name: string;
	readonly cuts: readonly (keyof typeof CUTS)[];
	readonly messages: number;
	/** The client's clock runs this many times as fast. */
	readonly speed: number;
	/** Real time between two messages, in ms. */
	readonly everyMs: number;
	readonly threads: number;
	/** How many different things the bot says. */
	readonly phrases?: number;
	readonly sandbox?: SandboxOptions;
}

/** What a run found, counted by the numbers inside the messages. */
export interface SoakResult {
	readonly name: string;
	readonly cuts: number;
	readonly connections: number;
	readonly sent: number;
	readonly received: number;
	readonly recovered: number;
	/** Messages that never came and lie in no announced gap. */
	readonly lost: number;
	/** Messages that never came and lie in an announced gap. */
	readonly missing: number;
	readonly repeated: number;
	readonly disordered: number;
	readonly gaps: number;
	readonly seconds: number;
}

interface Ledger {
	/** Numbers that were said. */
	readonly said: Set<number>;
	readonly heard: number[];
	/** Places in `heard` at which a gap was announced. */
	readonly gaps: number[];
	recovered: number;
}

function numbersIn(output: JsonObject): number[] {
	const body = output['body'] as { payload: { messages: { fallback: string }[] } };
	return body.payload.messages.map(({ fallback }) => Number(/#(\d+)$/.exec(fallback)?.[1]));
}

/** A bot speaks into threads while their connections are cut. */
export async function soak(plan: SoakPlan): Promise<SoakResult> {
	const startedMs = Date.now();
	const sandbox = await startSandbox({ botDelayMs: 0, ...plan.sandbox });
	const ports = fastPorts(plan.speed, makeOpenSocket(DIRECT));
	const baseUrl = sandbox.baseUrls.flowAiSocket;
	const signed: Ports = {
		...ports,
		request: async (request) => {
			const headers = { ...request.headers, 'x-flowai-clientid': sandbox.keys.flowAiClientId };
			return await ports.request({ ...request, headers });
		},
	};
	const client = new FlowAiSocketClient(signed, { baseUrl, clientId: sandbox.keys.flowAiClientId });
	const ledgers = new Map<string, Ledger>();
	try {
		for (let index = 0; index < plan.threads; index += 1) {
			const threadId = `soak-${index}`;
			sandbox.world.ensureThread(threadId, 'socket');
			const ledger: Ledger = { said: new Set(), heard: [], gaps: [], recovered: 0 };
			ledgers.set(threadId, ledger);
			const lease = client.threads.acquire(threadId, {
				onEvent: (kind, output) => {
					if (kind === 'gap') ledger.gaps.push(ledger.heard.length);
					if (kind !== 'message') return;
					const numbers = numbersIn(output);
					ledger.heard.push(...numbers);
					if (output['recovered'] === true) ledger.recovered += numbers.length;
				},
			});
			await lease.connected({ withinMs: 30_000 * plan.speed });
		}
		// The first history is read before anything is said.
		await sleep(300);
		await speak(sandbox, plan, ledgers);
		await quiet(sandbox, plan, ledgers);
	} finally {
		await client.close();
		await ports.close();
		await sandbox.close();
	}
	const connections = sandbox.requests().filter(({ path }) => path.endsWith('/socket.info')).length;
	return { ...count(plan, ledgers), connections, seconds: Math.round((Date.now() - startedMs) / 100) / 10 };
}

async function speak(sandbox: Sandbox, plan: SoakPlan, ledgers: ReadonlyMap<string, Ledger>): Promise<void> {
	const threads = [...ledgers];
	const perCut = plan.messages / Math.max(1, plan.cuts.length);
	let cuts = 0;
	for (let number = 1; number <= plan.messages; number += 1) {
		const [threadId, ledger] = threads[number % threads.length] ?? threads[0] ?? [];
		if (threadId === undefined || !ledger) return;
		ledger.said.add(number);
		const shown = plan.phrases === undefined ? `say #${number}` : `say #${number % plan.phrases}`;
		sandbox.world.sayAsBot(threadId, shown);
		const cut = plan.cuts[cuts];
		if (cut !== undefined && number >= (cuts + 0.5) * perCut) {
			cuts += 1;
			const action = CUTS[cut];
			if (action) sandbox.faults.add({ match: { surface: 'flowai-socket' }, action });
		}
		await sleep(plan.everyMs);
	}
}

/** Waits until everything has arrived, or nothing more comes. */
async function quiet(sandbox: Sandbox, plan: SoakPlan, ledgers: ReadonlyMap<string, Ledger>): Promise<void> {
	sandbox.faults.clear();
	const heard = (): number => [...ledgers.values()].reduce((sum, one) => sum + new Set(one.heard).size, 0);
	// Longer than a silent link and the longest back-off take.
	const patienceMs = 90_000 / plan.speed + 2_000;
	for (let last = -1, sinceMs = Date.now(); Date.now() - sinceMs < patienceMs && heard() < plan.messages;) {
		if (heard() !== last) sinceMs = Date.now();
		last = heard();
		await sleep(50);
	}
	await sleep(500);
}

function count(
	plan: SoakPlan,
	ledgers: ReadonlyMap<string, Ledger>,
): Omit<SoakResult, 'connections' | 'seconds'> {
	const total = { received: 0, recovered: 0, lost: 0, missing: 0, repeated: 0, disordered: 0, gaps: 0 };
	for (const { said, heard, gaps, recovered } of ledgers.values()) {
		total.received += heard.length;
		total.recovered += recovered;
		total.gaps += gaps.length;
		if (plan.phrases !== undefined) {
			// Equal messages cannot be told apart: they are counted by what they say.
			for (let phrase = 0; phrase < plan.phrases; phrase += 1) {
				const spoken = [...said].filter((number) => number % (plan.phrases ?? 1) === phrase).length;
				const came = heard.filter((number) => number === phrase).length;
				total.lost += Math.max(0, spoken - came);
				total.repeated += Math.max(0, came - spoken);
			}
			continue;
		}
		const seen = new Set<number>();
		let highest = 0;
		for (const number of heard) {
			if (seen.has(number)) total.repeated += 1;
			else if (number < highest) total.disordered += 1;
			seen.add(number);
			highest = Math.max(highest, number);
		}
		for (const number of said) {
			if (seen.has(number)) continue;
			// Told when a gap was announced between what came before it and what came after it.
			const isTold = gaps.some((place) => {
				const before = Math.max(0, ...heard.slice(0, place));
				const after = heard[place] ?? Infinity;
				return number > before && number < after;
			});
			total[isTold ? 'missing' : 'lost'] += 1;
		}
	}
	return { name: plan.name, cuts: plan.cuts.length, sent: plan.messages, ...total };
}
