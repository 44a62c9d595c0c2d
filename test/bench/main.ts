/**
 * Compares our nodes with what their users would use instead, in the real hosts and with the packed packages:
 * `npm run bench`. `--quick` is a short form, `--only NAME,NAME` takes single lines, `--json FILE` writes the figures, `--rounds N`
 * says how many pairs are counted. A whole run writes docs/performance.md, and one of single lines does with `--write`.
 * Ends with 1 when a target is missed; with `--quick` only when a line does not work, since short rounds on a busy
 * machine show no more.
 */
import { writeFile } from 'node:fs/promises';
import os from 'node:os';
import { parseArgs } from 'node:util';
import type { Figure, Line } from './figure';
import { clientCalls } from './lines/client-calls';
import { clientFrames } from './lines/client-frames';
import { loading } from './lines/loading';
import { n8nLatency } from './lines/n8n-latency';
import { n8nLists } from './lines/n8n-lists';
import { n8nMemory } from './lines/n8n-memory';
import { n8nSends } from './lines/n8n-sends';
import { nodeRedLatency } from './lines/node-red-latency';
import { nodeRedParts } from './lines/node-red-parts';
import { nodeRedSends } from './lines/node-red-sends';
import { nodeRedStream } from './lines/node-red-stream';
import { nodeRedUpload } from './lines/node-red-upload';
import { nodeRedWebhook } from './lines/node-red-webhook';
import { record } from './record';
import { printed } from './report';

const LINES: readonly Line[] = [
	n8nLists,
	n8nSends,
	n8nMemory,
	nodeRedSends,
	nodeRedWebhook,
	nodeRedStream,
	nodeRedParts,
	nodeRedUpload,
	clientCalls,
	clientFrames,
	loading,
	nodeRedLatency,
	n8nLatency,
];

const { values: asked } = parseArgs({
	options: {
		quick: { type: 'boolean', default: false },
		only: { type: 'string' },
		json: { type: 'string' },
		rounds: { type: 'string' },
		write: { type: 'boolean', default: false },
	},
});

/** A line that takes longer than this is stuck, in ms. */
const LIMIT_MS = 15 * 60_000;

async function withinLimit<T>(work: Promise<T>): Promise<T> {
	let timer: NodeJS.Timeout | undefined;
	const late = new Promise<never>((_resolve, reject) => {
		const isStuck = (): void => reject(new Error(`it did not end within ${LIMIT_MS / 60_000} minutes`));
		timer = setTimeout(isStuck, LIMIT_MS);
	});
	return await Promise.race([work, late]).finally(() => clearTimeout(timer));
}

const names = LINES.map(({ name }) => name);

async function main(): Promise<void> {
	const only = asked.only?.split(',');
	const unknown = only?.filter((name) => !names.includes(name)) ?? [];
	if (unknown.length > 0) {
		console.error(`There is no line "${unknown.join(', ')}". There are: ${names.join(', ')}`);
		process.exitCode = 2;
		return;
	}
	const isRecorded = asked.write || (only === undefined && !asked.quick);
	const began = performance.now();
	const rounds = Number(asked.rounds ?? (asked.quick ? 3 : 5));
	const found = new Map<string, Figure[]>();
	const broken: string[] = [];
	for (const line of LINES.filter(({ name }) => only?.includes(name) ?? true)) {
		const started = performance.now();
		const [load = 0] = os.loadavg();
		console.log(`${line.name} …`);
		try {
			const measured = await withinLimit(
				line.run({ rounds, quick: asked.quick, log: (words) => console.log(`  ${words}`) }),
			);
			const figures = measured.map((figure) => ({ ...figure, load }));
			for (const figure of figures) console.log(printed(figure));
			found.set(line.name, figures);
			if (isRecorded) await record(found, names);
		} catch (error) {
			// The others can be measured all the same.
			console.error(`  BROKEN ${line.name}: ${error instanceof Error ? error.message : String(error)}`);
			broken.push(line.name);
		}
		console.log(`  (${((performance.now() - started) / 1_000).toFixed(0)} s)`);
	}
	const figures = [...found.values()].flat();
	if (asked.json !== undefined) await writeFile(asked.json, `${JSON.stringify(figures, null, '\t')}\n`);
	const missed = figures.filter(({ met }) => !met);
	console.log(`${figures.length - missed.length} of ${figures.length} targets met`);
	console.log(`${((performance.now() - began) / 60_000).toFixed(1)} minutes`);
	if (broken.length > 0 || (missed.length > 0 && !asked.quick)) process.exitCode = 1;
}

// What a broken line has left running must not keep this from ending.
void main().then(() => process.exit());
