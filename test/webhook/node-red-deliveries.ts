/**
 * Deliveries to the Node-RED webhook, 30 % of them repeated, flows that take seconds, the host killed in the
 * middle: `npm run webhook:node-red`. Counts by the numbers that the flow's last node wrote. Ends with 1 when an
 * acknowledged event of a durable node did not run, or one ran again that was not on its way at the kill.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { readLedger, type Runs } from './events';
import { RedHost, slowFlow } from './red-host';
import { deliverAll, percentile, Sender } from './sender';

const CONNECTIONS = 50;
/** Longest time of the flow, in ms, and what writing may add. */
const FLOW_MS = 3_000;
const SLACK_MS = 1_500;

/** What came of a run. */
export interface Figures {
	readonly events: number;
	readonly posts: number;
	readonly retries: number;
	/** Acknowledged and never seen at the end of the flow. */
	readonly lost: number;
	/** Of these, not on their way at the kill. */
	readonly lostOtherwise: number;
	/** Seen more than once. */
	readonly doubled: number;
	/** Of these, not on their way at the kill, or more than once more. */
	readonly doubledOtherwise: number;
	readonly underwayAtKill: number;
	readonly p99Ms: number;
	readonly seconds: number;
}

async function awaitQuiet(host: RedHost): Promise<Map<number, Runs>> {
	for (let size = -1; ;) {
		const text = await host.ledger('ledger.txt');
		if (text.length === size) return readLedger(text);
		size = text.length;
		await sleep(FLOW_MS + SLACK_MS);
	}
}

/** Delivers `events` events, kills the host after half of them, and counts. */
export async function runDeliveries(events: number, durable: boolean): Promise<Figures> {
	const started = Date.now();
	const host = await RedHost.start();
	const sender = new Sender(CONNECTIONS, () => [`${host.url}/flowai/webhook/run`]);
	try {
		await host.deploy(slowFlow(host.userDir, { durable }));
		const delivering = deliverAll(sender, 0, events, CONNECTIONS);
		while (sender.deliveries.size < events / 2) await sleep(20);
		const killMs = Date.now();
		await host.killAndRestart();
		await delivering;
		const runs = await awaitQuiet(host);

		const wasUnderway = (number: number): boolean => {
			const { ackedMs } = sender.deliveries.get(number) ?? {};
			const firstMs = runs.get(number)?.firstMs ?? Infinity;
			return ackedMs !== undefined && ackedMs <= killMs + SLACK_MS && firstMs > killMs - SLACK_MS;
		};
		const numbers = [...sender.deliveries.keys()];
		const lost = numbers.filter((number) => !runs.has(number));
		const doubled = [...runs].filter(([, { count }]) => count > 1);
		const underway = numbers.filter(
			(number) => wasUnderway(number) && (sender.deliveries.get(number)?.ackedMs ?? 0) > killMs - 60_000,
		);
		return {
			events,
			posts: [...sender.deliveries.values()].reduce((sum, { acks }) => sum + acks, 0),
			retries: sender.retries,
			lost: lost.length,
			lostOtherwise: lost.filter((number) => !wasUnderway(number)).length,
			doubled: doubled.length,
			doubledOtherwise: doubled.filter(([number, { count }]) => count > 2 || !wasUnderway(number)).length,
			underwayAtKill: underway.length,
			p99Ms: percentile(sender.latencies, 0.99),
			seconds: (Date.now() - started) / 1_000,
		};
	} finally {
		sender.close();
		await host.stop();
	}
}

function print(name: string, figures: Figures): void {
	const { events, posts, retries, lost, doubled, doubledOtherwise, underwayAtKill, p99Ms, seconds } = figures;
	console.log(`${name}: ${events} events, ${posts} acknowledged deliveries, ${retries} tried again`);
	console.log(
		`  acknowledged and never run:     ${lost} (${figures.lostOtherwise} of them not on their way at the kill)`,
	);
	console.log(
		`  run more than once:             ${doubled} (${doubledOtherwise} of them for another reason than the kill)`,
	);
	console.log(`  on their way at the kill:       ${underwayAtKill}`);
	console.log(`  99 % acknowledged within:       ${p99Ms.toFixed(1)} ms, in ${seconds.toFixed(0)} s in all`);
}

async function main(): Promise<void> {
	const events = Number(process.argv[2] ?? 20_000);
	const on = await runDeliveries(events, true);
	print('Durable on', on);
	const off = await runDeliveries(events, false);
	print('Durable off', off);
	const isGood = on.lost === 0 && on.doubledOtherwise === 0 && off.lostOtherwise === 0;
	console.log(isGood ? 'As promised.' : 'NOT as promised.');
	process.exitCode = isGood ? 0 : 1;
}

if (require.main === module) void main();
