/**
 * Measures how the cost of work grows with its size, in a real Node-RED with the packed package, and draws it:
 * `npm run bench:scale`. A list of Flow XO of 100 to a million rows handed on page by page, and 5,000 sends over one to
 * 5,000 threads; the service answers at once, so that what is measured is ours. `--quick` stops at 10,000 rows and
 * writes nothing.
 */
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { credentialNode, injectNode, node } from '../../node-red/harness/flow';
import { median } from '../figure';
import { RedBench } from '../hosts/node-red';
import { startStandIn, type StandIn } from '../stand-in';
import { chart, type Point } from './chart';

const ROWS = [100, 1_000, 10_000, 100_000, 1_000_000];
const THREADS = [1, 10, 100, 1_000, 5_000];
const SENDS = 5_000;
/** Small work is repeated, so that the clock of the processor, of 10 ms, can tell it. */
const LEAST_ROWS = 20_000;
const PICTURE = path.resolve(__dirname, '../../../docs/pictures/scale.svg');

const { values: asked } = parseArgs({ options: { quick: { type: 'boolean', default: false } } });

/** Processor time that a process has used, in ms. */
function processorMs(pid: number): number {
	const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
	return (Number(fields[11]) + Number(fields[12])) * 10;
}

async function listCost(standIn: StandIn, rows: number): Promise<{ microseconds: number; mb: number }> {
	const bench = await RedBench.start();
	try {
		await bench.deploy(
			injectNode('go', 'list'),
			node(
				'list',
				'flowxo-conversation',
				{ operation: 'conversation.getMany', returnAll: true, sendAs: 'page', flowXoApi: 'api' },
				'count',
			),
			credentialNode('api', {
				type: 'flowxo-api',
				config: { baseUrl: `${standIn.base(0, rows)}/api` },
				credentials: { apiKey: 'bench' },
			}),
		);
		const run = async (): Promise<void> => {
			await bench.measure(async () => await bench.red.inject('go'), rows, { rows: true }, 300_000);
		};
		await run();
		const before = bench.peakMb();
		const times = Math.max(1, Math.ceil(LEAST_ROWS / rows));
		const started = processorMs(bench.red.pid);
		for (let time = 0; time < times; time += 1) await run();
		const microseconds = ((processorMs(bench.red.pid) - started) * 1_000) / (rows * times);
		return { microseconds, mb: Math.max(before, bench.peakMb()) };
	} finally {
		await bench.stop();
	}
}

async function sendCosts(standIn: StandIn): Promise<Point[]> {
	const bench = await RedBench.start();
	try {
		const make = `for (let n = 0; n < ${SENDS}; n += 1)
	node.send({ threadId: 't-' + (n % msg.threads), payload: String(Math.floor(n / msg.threads)) });
return null;`;
		await bench.deploy(
			injectNode('go', 'make'),
			node('make', 'function', { func: make, outputs: 1 }, 'send'),
			node('send', 'flowai-message', { operation: 'message.sendText', flowAiApi: 'api' }, 'count'),
			credentialNode('api', {
				type: 'flowai-api',
				config: { baseUrl: standIn.base(0) },
				credentials: { apiKey: 'bench' },
			}),
		);
		const run = async (threads: number): Promise<number> => {
			const arrived = standIn.arrived(SENDS);
			const started = processorMs(bench.red.pid);
			await bench.measure(async () => await bench.red.inject('go', { threads }), SENDS);
			const { outOfOrder } = await arrived;
			if (outOfOrder > 0) throw new Error(`${outOfOrder} sends over ${threads} threads were out of order`);
			return ((processorMs(bench.red.pid) - started) * 1_000) / SENDS;
		};
		await run(100);
		const points: Point[] = [];
		for (const threads of THREADS) {
			const times = [await run(threads), await run(threads), await run(threads)];
			points.push({ size: threads, value: median(times) });
			console.log(
				`${SENDS} sends over ${threads} threads: ${median(times).toFixed(0)} µs of processor time each`,
			);
		}
		return points;
	} finally {
		await bench.stop();
	}
}

async function main(): Promise<void> {
	const standIn = await startStandIn();
	try {
		const [times, memory]: [Point[], Point[]] = [[], []];
		for (const rows of asked.quick ? ROWS.slice(0, 3) : ROWS) {
			const { microseconds, mb } = await listCost(standIn, rows);
			console.log(
				`${rows} rows: ${microseconds.toFixed(1)} µs of processor time a row, peak ${mb.toFixed(0)} MB`,
			);
			times.push({ size: rows, value: microseconds });
			memory.push({ size: rows, value: mb });
		}
		const sends = await sendCosts(standIn);
		if (asked.quick) return;
		const panels = [
			{ title: 'Processor time a row', xLabel: 'rows in the list', unit: 'µs', points: times },
			{ title: 'Peak memory of Node-RED', xLabel: 'rows in the list', unit: 'MB', points: memory },
			{ title: 'Processor time a send', xLabel: 'threads', unit: 'µs', points: sends },
		];
		await writeFile(PICTURE, chart(panels));
	} finally {
		standIn.stop();
	}
}

void main();
