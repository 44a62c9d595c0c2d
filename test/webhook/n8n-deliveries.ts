/**
 * Deliveries to the Flow.ai Trigger of a real n8n, 30 % of them repeated, workflows that take seconds, n8n killed
 * in the middle, and repeats that come to two processes: `npm run webhook:n8n -- [events]`. Counts the executions
 * on record by the numbers in their data. Ends with 1 when an acknowledged event has none, or a repeat in series
 * has started a second.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { N8nHost, SETTINGS } from './n8n-host';
import { deliverAll, percentile, Sender } from './sender';

const CONNECTIONS = 20;
const SECONDS = 2;
/** n8n has better to do while it starts than to refuse calls. */
const RETRY_MS = 2_000;
/** Far above the numbers of the first part. */
const TWO_PROCESSES = 1_000_000;
/** Time that n8n needs to store the end of a run, in ms. */
const SLACK_MS = 1_500;

/** What came of a run. */
export interface N8nFigures {
	readonly events: number;
	readonly retries: number;
	/** Acknowledged without an execution on record. */
	readonly lost: number;
	/** Repeats that started a second run, by how they came. */
	readonly secondInSeries: number;
	readonly secondAtOnce: number;
	/** Of all doubled ones, those that were being delivered when n8n was killed. */
	readonly secondByKill: number;
	readonly p99Ms: number;
	readonly seconds: number;
	/** Events posted to two processes at once, and to one after the other; `second` is how many ran twice. */
	readonly twoProcesses: { readonly events: number; readonly atOnce: number; readonly inSeries: number };
	readonly statuses: string;
}

/** Posts each event to two processes: half of them at once, half one after the other. */
async function toTwoProcesses(host: N8nHost, path: string, events: number): Promise<void> {
	const urls = [...host.servers, await host.addServer()].map(({ url }) => url + path);
	const senders = urls.map((url) => new Sender(CONNECTIONS, () => [url]));
	for (let number = TWO_PROCESSES; number < TWO_PROCESSES + events; number += 1) {
		const deliver = senders.map((sender) => async () => await sender.deliver(number, 'none'));
		if (number % 2 === 0) await Promise.all(deliver.map(async (one) => await one()));
		else for (const one of deliver) await one();
	}
	for (const sender of senders) sender.close();
}

/** Delivers `events` events, kills n8n after half of them, and counts. */
export async function runN8nDeliveries(events: number, both: number): Promise<N8nFigures> {
	const host = await N8nHost.start();
	const { server } = host;
	let killMs = Infinity;
	try {
		const { id, path } = await host.createWorkflow(SECONDS);
		await server.api.activate(id);
		const sender = new Sender(CONNECTIONS, () => [server.url + path], RETRY_MS);
		const started = Date.now();
		const delivering = deliverAll(sender, 0, events, CONNECTIONS);
		while (sender.deliveries.size < events / 2) await sleep(20);
		killMs = Date.now();
		await host.killAndRestart();
		await delivering;
		const seconds = (Date.now() - started) / 1_000;
		sender.close();
		if (both > 0) await toTwoProcesses(host, path, both);
		for (const one of host.servers) await one.stop();

		const { runs, firstEndMs, statuses } = host.ledger();
		const doubled = [...runs].filter(([number, count]) => count > 1 && number < TWO_PROCESSES);
		const wasCaught = (number: number): boolean => {
			// n8n stores what it knows of an event when its run ends: this one had not ended when n8n was killed.
			return number <= events / 2 + CONNECTIONS && (firstEndMs.get(number) ?? Infinity) > killMs - SLACK_MS;
		};
		const second = (repeat: string): number =>
			doubled.filter(([number]) => !wasCaught(number) && sender.deliveries.get(number)?.repeat === repeat)
				.length;
		const twice = (rest: number): number =>
			[...runs].filter(([number, count]) => number >= TWO_PROCESSES && number % 2 === rest && count > 1)
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
			twoProcesses: { events: both, atOnce: twice(0), inSeries: twice(1) },
			statuses: [...statuses].map(([status, count]) => `${status} ${count}`).join(', '),
		};
	} finally {
		await host.stop();
	}
}

async function main(): Promise<void> {
	const figures = await runN8nDeliveries(Number(process.argv[2] ?? 20_000), 200);
	const { events, retries, lost, p99Ms, seconds, twoProcesses } = figures;
	console.log(`n8n's own settings, but for ${JSON.stringify(SETTINGS)}; SQLite; a workflow of ${SECONDS} s`);
	console.log(`${events} events in ${seconds.toFixed(0)} s, ${retries} posts tried again`);
	console.log(`  acknowledged without an execution on record: ${lost}`);
	console.log(`  second run by a repeat in series:            ${figures.secondInSeries}`);
	console.log(`  second run by a repeat at once:              ${figures.secondAtOnce}`);
	console.log(`  second run of what the kill had caught:      ${figures.secondByKill}`);
	console.log(`  99 % acknowledged within:                    ${p99Ms.toFixed(0)} ms`);
	console.log(`  executions:                                  ${figures.statuses}`);
	console.log(`${twoProcesses.events} events to two processes of n8n`);
	console.log(
		`  second run, one after the other:             ${twoProcesses.inSeries} (no promise: Remove Duplicates)`,
	);
	console.log(
		`  second run, at the same moment:              ${twoProcesses.atOnce} (no promise: Remove Duplicates)`,
	);
	const isGood = lost === 0 && figures.secondInSeries === 0 && figures.secondAtOnce === 0;
	console.log(isGood ? 'As promised.' : 'NOT as promised.');
	process.exitCode = isGood ? 0 : 1;
}

if (require.main === module) void main();
