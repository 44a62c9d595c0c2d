import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Sandbox } from '@convoflow/sandbox';
import type { N8nApi } from '../../packages/demo/src/n8n/api';
import { flowAi, thread, workflow, type CredentialIds } from '../../packages/demo/src/n8n/workflows';
import { deliverAll, percentile, Sender } from '../webhook/sender';
import { runsOf, statusesOf, type Recorded, type Records } from '../support/n8n-records';
import { UsageMeter, type Usage } from './usage';

const CONNECTIONS = 10;
const RETRY_MS = 2_000;
const PATIENCE_MS = 60_000;
/** Longest wait for executions that were accepted to end, in ms. */
const SETTLE_MS = 10 * 60_000;
const OVER = ['success', 'error', 'crashed', 'canceled'];

/** An n8n under load: one process, or many. */
export interface Host {
	readonly api: N8nApi;
	readonly sandbox: Sandbox;
	readonly credentials: CredentialIds;
	/** Where production webhooks are called. */
	readonly webhooks: string;
	readonly records: Records;
	/** The processes of n8n. */
	readonly parts: ReadonlyArray<{ readonly name: string; readonly pid: number }>;
}

/** A published workflow that writes into a thread that an event has come, and again that it is done with it. */
export interface Counting {
	readonly id: string;
	/** Its production URL. */
	readonly url: string;
	/** How often users have read that a number has come, or is done, by the number. */
	seen(word: 'come' | 'done'): Map<number, number>;
	close(): Promise<void>;
}

/**
 * Publishes a workflow that an event starts: it writes `come N` and, after a wait, `done N` into a thread of the
 * sandbox. What users read there is the ledger.
 * @param seconds how long it waits; less than 65, so that n8n keeps it running
 */
export async function countingWorkflow(host: Host, seconds: number): Promise<Counting> {
	const { api, credentials, sandbox } = host;
	const prefix = `count-${randomUUID().slice(0, 8)}`;
	const webhookId = randomUUID();
	const number = "$('Flow.ai calls').item.json.text";
	const write = (name: string, word: string): ReturnType<typeof flowAi> =>
		flowAi(name, 'message', 'sendText', {
			threadId: thread(`={{ '${prefix}-' + ${number} % 50 }}`),
			text: `={{ '${word} ' + ${number} }}`,
			originatorName: 'Count',
			originatorRole: 'moderator',
		});
	const pause = {
		name: 'Work',
		type: 'n8n-nodes-base.wait',
		typeVersion: 1.1,
		parameters: { amount: seconds, unit: 'seconds' },
		webhookId: randomUUID(),
	};
	const id = await api.createWorkflow(
		workflow('Counts', credentials, [
			{
				name: 'Flow.ai calls',
				type: 'n8n-nodes-flowai.flowAiTrigger',
				webhookId,
				parameters: { events: ['message'] },
			},
			write('Come', 'come'),
			...(seconds > 0 ? [pause] : []),
			write('Done', 'done'),
		]),
	);
	await api.activate(id);
	return {
		id,
		url: `${host.webhooks}/webhook/${webhookId}/webhook`,
		seen: (word) => {
			const counts = new Map<number, number>();
			for (let rest = 0; rest < 50; rest += 1) {
				if (sandbox.world.thread(`${prefix}-${rest}`) === undefined) continue;
				for (const { messages } of sandbox.world.messages(`${prefix}-${rest}`))
					for (const { fallback } of messages) {
						const [said, text] = fallback.split(' ');
						if (said === word) counts.set(Number(text), (counts.get(Number(text)) ?? 0) + 1);
					}
			}
			return counts;
		},
		close: async () => await api.deactivate(id),
	};
}

/** What came of a load. */
export interface LoadFigures {
	readonly events: number;
	/** Posts, repeats included, and those of them that had to be tried again. */
	readonly retries: number;
	/** Accepted without an execution on record. */
	readonly vanished: number[];
	/** Events with more than one execution. */
	readonly doubled: number[];
	/** Events of which users did not read exactly once that they came and that they are done. */
	readonly miscounted: number[];
	/** Executions by how they ended. */
	readonly statuses: Readonly<Record<string, number>>;
	/** From the first event to the end of the last execution, in seconds. */
	readonly seconds: number;
	/** Within which 99 % of events were accepted, in ms. */
	readonly p99Ms: number;
	readonly usage: readonly Usage[];
}

/** Delivers numbered events, 30 % of them twice, waits until all executions are over, and counts. */
export async function runLoad(host: Host, events: number): Promise<LoadFigures> {
	const counting = await countingWorkflow(host, 0);
	const before = new Set((await host.records()).map(({ id }) => id));
	const meter = new UsageMeter(host.parts);
	const sender = new Sender(CONNECTIONS, () => [counting.url], RETRY_MS, PATIENCE_MS);
	const started = Date.now();
	await deliverAll(sender, 0, events, CONNECTIONS);
	const records = (await settled(host.records)).filter(({ id }) => !before.has(id));
	const seconds = (Date.now() - started) / 1_000;
	const usage = meter.read();
	sender.close();
	await counting.close();
	const runs = runsOf(records);
	const numbers = [...sender.deliveries.keys()];
	const [come, done] = [counting.seen('come'), counting.seen('done')];
	return {
		events,
		retries: sender.retries,
		vanished: numbers.filter((number) => !runs.has(number)),
		doubled: [...runs].filter(([, count]) => count > 1).map(([number]) => number),
		miscounted: numbers.filter((number) => come.get(number) !== 1 || done.get(number) !== 1),
		statuses: statusesOf(records),
		seconds,
		p99Ms: percentile(sender.latencies, 0.99),
		usage,
	};
}

/** Waits until no execution goes on. */
export async function settled(records: Records): Promise<Recorded[]> {
	const end = Date.now() + SETTLE_MS;
	for (;;) {
		const all = await records();
		if (all.every(({ status }) => OVER.includes(status)) || Date.now() > end) return all;
		await wait(500);
	}
}

/** The figures as lines to read, with time and memory for each 1,000 events. */
export function linesOf(name: string, figures: LoadFigures): string[] {
	const { events, seconds, usage, statuses } = figures;
	const each = 1_000 / events;
	const cpu = usage.reduce((sum, { cpuSeconds }) => sum + cpuSeconds, 0);
	const some = (numbers: readonly number[]): string =>
		`${numbers.length}${numbers.length > 0 ? ` (${numbers.slice(0, 10).join(', ')})` : ''}`;
	return [
		`${name}: ${events} events, 30 % of them delivered twice`,
		`  accepted without an execution on record:  ${some(figures.vanished)}`,
		`  with more than one execution:             ${some(figures.doubled)}`,
		`  not read exactly once by the user:        ${some(figures.miscounted)}`,
		`  executions:                               ${JSON.stringify(statuses)}`,
		`  posts tried again:                        ${figures.retries}`,
		`  99 % accepted within:                     ${figures.p99Ms.toFixed(0)} ms`,
		`  time for 1,000 events:                    ${(seconds * each).toFixed(1)} s, ${(cpu * each).toFixed(1)} s of processor time`,
		...usage.map(
			({ name: part, peakMb, cpuSeconds }) =>
				`    ${part.padEnd(10)} ${String(peakMb).padStart(5)} MB at most, ${(cpuSeconds * each).toFixed(1)} s of processor time for 1,000 events`,
		),
	];
}
