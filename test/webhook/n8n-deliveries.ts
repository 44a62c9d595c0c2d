/**
 * Deliveries to the Flow.ai Trigger of a real n8n, 30 % of them repeated, workflows that take seconds, n8n killed
 * in the middle, and repeats that come to two processes: `npm run webhook:n8n -- [events]`. Counts the executions
 * on record by the numbers in their data. Ends with 1 when an acknowledged event has none, or a repeat in series
 * has started a second.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { N8nHost, SETTINGS } from './n8n-host';
import { deliverAll, percentile, Sender } from './sender';

const CONNECTIONS = 10;
/** Events that are posted to two processes. */
const BOTH = 200;
const SECONDS = 2;
/** n8n has better to do while it starts than to refuse calls. */
const RETRY_MS = 2_000;
/** A busy n8n may take long to answer; a call that is given up comes again. */
const PATIENCE_MS = 60_000;
/** How often a long run tells how far it is, in ms. */
const PROGRESS_MS = 60_000;

/** What came of a run. */
export interface N8nFigures {
	readonly events: number;
	readonly retries: number;
	/** Acknowledged without an execution on record. */
	readonly lost: number;
	/** Repeats that started a second run, by how they came. */
	readonly secondInSeries: number;
	readonly secondAtOnce: number;
	/** Second runs of events that had no answer yet when n8n was killed, and so were delivered once more. */
	readonly secondByKill: number;
	readonly p99Ms: number;
	readonly seconds: number;
	readonly statuses: string;
}

/** Delivers `events` events, kills n8n after half of them, and counts. */
export async function runN8nDeliveries(events: number): Promise<N8nFigures> {
	const host = await N8nHost.start();
	const { server } = host;
	let killMs = Infinity;
	let begunAtKill = 0;
	try {
		const { id, path } = await host.createWorkflow(SECONDS);
		await server.api.activate(id);
		const sender = new Sender(CONNECTIONS, () => [server.url + path], RETRY_MS, PATIENCE_MS);
		const started = Date.now();
		const delivering = deliverAll(sender, 0, events, CONNECTIONS);
		const progress = setInterval(() => {
			const minutes = ((Date.now() - started) / 60_000).toFixed(0);
			console.error(
				`${minutes} min: ${sender.deliveries.size} of ${events} events, ${sender.retries} posts tried again`,
			);
		}, PROGRESS_MS).unref();
		while (sender.deliveries.size < events / 2) await sleep(20);
		killMs = Date.now();
		begunAtKill = sender.deliveries.size;
		await host.killAndRestart();
		await delivering;
		clearInterval(progress);
		const seconds = (Date.now() - started) / 1_000;
		sender.close();
		for (const one of host.servers) await one.stop();

		const { runs, statuses } = host.ledger();
		const doubled = [...runs].filter(([, count]) => count > 1);
		// Events are begun in the order of their numbers; this one was begun before the kill and answered after it.
		const wasCaught = (number: number): boolean =>
			number < begunAtKill && (sender.deliveries.get(number)?.ackedMs ?? Infinity) >= killMs;
		const second = (repeat: string): number =>
			doubled.filter(([number]) => !wasCaught(number) && sender.deliveries.get(number)?.repeat === repeat)
				.length;
		return {
			events,
			retries: sender.retries,
			lost: [...sender.deliveries.keys()].filter((number) => !runs.has(number)).length,
			secondInSeries: second('in series') + second('none'),
			secondAtOnce: second('at once'),
			secondByKill: doubled.filter(([number]) => wasCaught(number)).length,
			p99Ms: percentile(sender.latencies, 0.99),
			seconds,
			statuses: Object.entries(statuses)
				.map(([status, count]) => `${status} ${count}`)
				.join(', '),
		};
	} finally {
		await host.stop();
	}
}

/** Events that ran twice of those posted to two processes. */
export interface TwoProcesses {
	/** Of those posted to both at the same moment. */
	readonly atOnce: number;
	/** Of those posted to the second once the first had answered. */
	readonly inSeries: number;
}

/** Posts each event to two processes over one database: half of them at once, half one after the other. */
export async function runTwoProcesses(events: number): Promise<TwoProcesses> {
	const host = await N8nHost.start();
	try {
		const { id, path } = await host.createWorkflow(SECONDS);
		await host.server.api.activate(id);
		const urls = [...host.servers, await host.addServer()].map(({ url }) => url + path);
		const senders = urls.map((url) => new Sender(CONNECTIONS, () => [url], RETRY_MS, PATIENCE_MS));
		for (let number = 0; number < events; number += 1) {
			const deliver = senders.map((sender) => async () => await sender.deliver(number, 'none'));
			if (number % 2 === 0) await Promise.all(deliver.map(async (one) => await one()));
			else for (const one of deliver) await one();
		}
		for (const sender of senders) sender.close();
		for (const one of host.servers) await one.stop();
		const { runs } = host.ledger();
		const twice = (rest: number): number =>
			[...runs].filter(([number, count]) => number % 2 === rest && count > 1).length;
		return { atOnce: twice(0), inSeries: twice(1) };
	} finally {
		await host.stop();
	}
}

async function main(): Promise<void> {
	const figures = await runN8nDeliveries(Number(process.argv[2] ?? 20_000));
	const { events, retries, lost, p99Ms, seconds } = figures;
	console.log(`n8n's own settings, but for ${JSON.stringify(SETTINGS)}; SQLite; a workflow of ${SECONDS} s`);
	console.log(`${events} events in ${seconds.toFixed(0)} s, ${retries} posts tried again`);
	console.log(`  acknowledged without an execution on record: ${lost}`);
	console.log(`  second run by a repeat in series:            ${figures.secondInSeries}`);
	console.log(`  second run by a repeat at once:              ${figures.secondAtOnce}`);
	console.log(`  second run of what had no answer at the kill: ${figures.secondByKill}`);
	console.log(`  99 % acknowledged within:                    ${p99Ms.toFixed(0)} ms`);
	console.log(`  executions:                                  ${figures.statuses}`);
	const both = await runTwoProcesses(BOTH);
	console.log(`${BOTH} events to two processes of n8n`);
	console.log(`  second run, one after the other:             ${both.inSeries}`);
	console.log(
		`  second run, at the same moment:              ${both.atOnce} (no promise: Remove Duplicates)`,
	);
	const isGood = lost + figures.secondInSeries + figures.secondAtOnce + both.inSeries === 0;
	console.log(isGood ? 'As promised.' : 'NOT as promised.');
	process.exitCode = isGood ? 0 : 1;
}

if (require.main === module) void main();
