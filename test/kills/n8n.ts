import { setTimeout as sleep } from 'node:timers/promises';
import { LiveTraffic } from '../polls/live-traffic';
import { Ledger } from '../polls/traffic';
import { repeatOf, Sender } from '../webhook/sender';
import type { Living } from './trouble';

/** Something that runs a webhook, a poll and a stream trigger, and has on record what they started. */
export interface N8nLifeHost {
	/** Where events are posted. */
	readonly webhookUrl: string;
	/** How often each event ran, by its number. */
	runs(): ReadonlyMap<number, number>;
	/** The data of every run that the poll or the stream has started. */
	texts(of: 'polled' | 'heard'): Iterable<string>;
	kill(): Promise<void>;
	deploy(type: 'full' | 'nodes'): Promise<void>;
	/** Ends what runs; what is on record stays. */
	end(): Promise<void>;
	close(): Promise<void>;
}

/** What a life has come to, counted in n8n's record of executions. */
export interface N8nLifeResult {
	/** Events that were acknowledged, those without an execution, and those with two. */
	readonly events: number;
	readonly eventsLost: number;
	readonly eventsTwice: number;
	/** Of those with two: they had no answer yet at a kill. */
	readonly eventsCaught: number;
	readonly polled: number;
	readonly polledLost: number;
	readonly polledTwice: number;
	/** What a bot has said on the web channel, what of it was neither told nor lies in an announced gap, and what was told twice. */
	readonly said: number;
	readonly saidLost: number;
	readonly saidInGaps: number;
	readonly saidTwice: number;
	readonly gaps: number;
}

const LANES = 2;
const POST_EVERY_MS = 250;
const SAY_EVERY_MS = 1_000;
const RETRY_MS = 1_000;
const PATIENCE_MS = 60_000;
/** Time for what is still on its way at the end: a poll that a kill ended is free after a minute. */
const SETTLE_MS = 120_000;
const WEB_THREAD = 'soak-web';
/** Of the stream trigger. */
export const STREAM_PARAMETERS = { threadId: WEB_THREAD, events: ['message', 'gap'] };
const SAID = /Echo number (\d+)/g;
/** The key of a gap holds its times. */
const GAP = new RegExp(`gap:${WEB_THREAD}:([^"]+?Z):([^"]+?Z)`, 'g');
/** From what a user says to the bot's answer, in ms. */
const ANSWER_MS = 2_000;

/** Counts the numbers of a workflow's executions, each once an execution. */
function ledgerOf(texts: Iterable<string>, pattern: RegExp): Ledger {
	const ledger = new Ledger();
	for (const text of texts)
		for (const number of new Set([...text.matchAll(pattern)].map(([, found]) => found)))
			ledger.add(`number ${number}`);
	return ledger;
}

/**
 * Lets events, messages and a bot's words come in while n8n has a hard life, and counts what came of them.
 * @param start starts n8n with its triggers listening to what comes in
 * @param trouble makes its life hard until it resolves
 */
export async function liveN8n(
	start: (traffic: LiveTraffic) => Promise<N8nLifeHost>,
	trouble: (living: Living) => Promise<void>,
): Promise<N8nLifeResult> {
	const traffic = await LiveTraffic.start(500);
	const { sandbox } = traffic;
	const host = await start(traffic);
	const over = new AbortController();
	const sender = new Sender(LANES, () => [host.webhookUrl], RETRY_MS, PATIENCE_MS);
	/** When each was said, in ms since the epoch. */
	const saidMs: number[] = [];
	try {
		await traffic.probe(() => [...host.texts('polled')].length > 0);

		let next = 0;
		const post = async (): Promise<void> => {
			while (!over.signal.aborted) {
				const number = (next += 1);
				await sender.deliver(number, repeatOf(number));
				await sleep(POST_EVERY_MS);
			}
		};
		const say = async (): Promise<void> => {
			while (!over.signal.aborted) {
				saidMs.push(Date.now());
				await sandbox.world.sendAsUser(WEB_THREAD, `echo number ${saidMs.length - 1}`);
				await sleep(SAY_EVERY_MS);
			}
		};
		const coming = Promise.all([...Array.from({ length: LANES }, post), say()]);
		const killedMs: number[] = [];
		await trouble({
			traffic,
			kill: async () => {
				killedMs.push(Date.now());
				await host.kill();
			},
			deploy: async (type) => await host.deploy(type),
			more: {
				cut: () =>
					void sandbox.faults.add({ match: { surface: 'flowai-socket' }, times: 1, action: { type: 'cut' } }),
				'half-open link': () =>
					void sandbox.faults.add({
						match: { surface: 'flowai-socket' },
						times: 1,
						action: { type: 'halfOpen' },
					}),
			},
		});
		over.abort();
		await coming;
		traffic.pause();
		const isThrough = (): boolean =>
			traffic.missingIn(ledgerOf(host.texts('polled'), /number (\d+)/g)).length === 0 &&
			ledgerOf(host.texts('heard'), SAID).against(saidMs.length).missing.length === 0;
		const untilMs = Date.now() + SETTLE_MS;
		while (!isThrough() && Date.now() < untilMs) await sleep(2_000);
		await host.end();

		const runs = host.runs();
		const twice = [...runs].filter(([, count]) => count > 1);
		// Each kill may cut an answer off once.
		const wasCaught = ([number, count]: readonly [number, number]): boolean => {
			const { begunMs = 0, ackedMs = Infinity } = sender.deliveries.get(number) ?? {};
			return count - 1 <= killedMs.filter((ms) => ms >= begunMs && ms <= ackedMs).length;
		};
		const polled = ledgerOf(host.texts('polled'), /number (\d+)/g);
		const heard = ledgerOf(host.texts('heard'), SAID).against(saidMs.length);
		const gaps = new Map(
			[...host.texts('heard')].flatMap((text) =>
				[...text.matchAll(GAP)].map(
					([key, from = '', to = '']) => [key, [Date.parse(from), Date.parse(to)]] as const,
				),
			),
		);
		const isInGap = (number: number): boolean => {
			const atMs = saidMs[number] ?? 0;
			return [...gaps.values()].some(([from = 0, to = 0]) => atMs + ANSWER_MS >= from && atMs <= to);
		};
		return {
			events: sender.deliveries.size,
			eventsLost: [...sender.deliveries.keys()].filter((number) => !runs.has(number)).length,
			eventsTwice: twice.length,
			eventsCaught: twice.filter(wasCaught).length,
			polled: traffic.written - traffic.first,
			polledLost: traffic.missingIn(polled).length,
			polledTwice: polled.against(traffic.written).repeated,
			said: saidMs.length,
			saidLost: heard.missing.filter((number) => !isInGap(number)).length,
			saidInGaps: heard.missing.filter(isInGap).length,
			saidTwice: heard.repeated,
			gaps: gaps.size,
		};
	} finally {
		over.abort();
		sender.close();
		await traffic.close();
		await host.close();
	}
}

/** True when nothing was lost without a word, and no event ran again that had been answered. */
export function isWholeN8n(result: N8nLifeResult): boolean {
	const { eventsLost, eventsTwice, eventsCaught, polledLost, saidLost } = result;
	return eventsLost + polledLost + saidLost === 0 && eventsTwice === eventsCaught;
}

/** Prints what a life has come to. */
export function printN8nLife(result: N8nLifeResult): void {
	const { events, eventsLost, eventsTwice, eventsCaught, polled, polledLost, polledTwice } = result;
	const { said, saidLost, saidInGaps, saidTwice, gaps } = result;
	console.log(
		`  webhook: ${events} events acknowledged, ${eventsLost} lost, ${eventsTwice} ran twice (${eventsCaught} of them had no answer at a kill)`,
	);
	console.log(`  poll: ${polled} messages, ${polledLost} lost, ${polledTwice} told twice`);
	console.log(
		`  stream: ${said} messages, ${saidLost} lost without a word, ${saidInGaps} in ${gaps} gaps that were announced, ${saidTwice} told twice`,
	);
}
