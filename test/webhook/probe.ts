import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** What a process holds on to, after garbage collection. */
export interface Held {
	/** Timers, sockets, handles and requests by their type, as Node.js names them. */
	readonly resources: Readonly<Record<string, number>>;
	/** In bytes. */
	readonly heap: number;
}

const ANSWER_MS = 10_000;

/** Asks a host process what it holds on to. */
export class Probe {
	private constructor(private readonly folder: string) {}

	static async create(): Promise<Probe> {
		return new Probe(await mkdtemp(join(tmpdir(), 'convoflow-probe-')));
	}

	/** What the host's environment needs. */
	get env(): Readonly<Record<string, string>> {
		return { NODE_OPTIONS: `--require=${join(__dirname, 'preload.cjs')}`, PROBE_FOLDER: this.folder };
	}

	async ask(): Promise<Held> {
		const file = join(this.folder, 'held.json');
		await rm(file, { force: true });
		process.kill(Number(await readFile(join(this.folder, 'pid'), 'utf8')), 'SIGCONT');
		const late = AbortSignal.timeout(ANSWER_MS);
		for (;;) {
			late.throwIfAborted();
			const text = await readFile(file, 'utf8').catch(() => undefined);
			if (text !== undefined) return JSON.parse(text) as Held;
			await sleep(20);
		}
	}

	/** Asks until the process holds no more than before, since connections and timers run out a little later. */
	async askUntilQuiet(before: Held, patienceMs: number): Promise<Held> {
		const end = Date.now() + patienceMs;
		for (;;) {
			const now = await this.ask();
			if (moreThan(now, before).length === 0 || Date.now() > end) return now;
			await sleep(500);
		}
	}

	async close(): Promise<void> {
		await rm(this.folder, { recursive: true, force: true });
	}
}

/** The kinds of resources of which there are more than before, with both numbers. */
export function moreThan(now: Held, before: Held): string[] {
	return Object.entries(now.resources).flatMap(([type, count]) => {
		const had = before.resources[type] ?? 0;
		return count > had ? [`${type} ${had} → ${count}`] : [];
	});
}
