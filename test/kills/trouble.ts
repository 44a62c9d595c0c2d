import { setTimeout as sleep } from 'node:timers/promises';
import type { LiveTraffic } from '../polls/live-traffic';
import { moreThan, type Held, type Probe } from '../webhook/probe';

type Fault = Parameters<LiveTraffic['sandbox']['faults']['add']>[0];

/** What the service does wrong, for a few requests each. */
const FAULTS: readonly Fault['action'][] = [
	{ type: 'status', status: 500 },
	{ type: 'status', status: 429, retryAfter: 1 },
	{ type: 'html' },
	{ type: 'truncate' },
	{ type: 'reset', when: 'before' },
	{ type: 'latency', ms: 2_000 },
	{ type: 'list', insert: 2 },
];

/** A running host with everything that comes in. */
export interface Living {
	readonly traffic: LiveTraffic;
	/** Ends the host at once and starts it again. */
	kill(): Promise<void>;
	/** Replaces what runs by the same once more. */
	deploy(type: 'full' | 'nodes'): Promise<void>;
	/** More that may happen to this host, each as likely as a fault. */
	readonly more?: Readonly<Record<string, () => Promise<void> | void>>;
}

/** What a process held on to half way through its time without kills, and at its end. */
export interface Soaked {
	readonly before: Held;
	readonly after: Held;
}

/** Makes a host's life hard, by chance. */
export class Trouble {
	readonly #random: () => number;
	readonly #done = new Map<string, number>();

	/** @param random numbers from 0 to 1, from a seed */
	constructor(random: () => number) {
		this.#random = random;
	}

	/**
	 * A hard life: half of the time with kills, then as long without.
	 * @param pauseMs longest pause between two things that happen, in ms
	 * @returns what the process held after it had settled, and at the end
	 */
	async soak(living: Living, minutes: number, pauseMs: number, probe: Probe): Promise<Soaked> {
		const halfMs = (minutes * 60_000) / 2;
		const startedMs = Date.now();
		while (Date.now() - startedMs < halfMs) await this.#happen(living, true, pauseMs);
		// A new process first compiles and fills its caches.
		const settledMs = halfMs + Math.min(60_000, halfMs / 3);
		while (Date.now() - startedMs < settledMs) await this.#happen(living, false, pauseMs);
		const before = await probe.ask();
		while (Date.now() - startedMs < 2 * halfMs) await this.#happen(living, false, pauseMs);
		living.traffic.sandbox.faults.clear();
		return { before, after: await probe.askUntilQuiet(before, 30_000) };
	}

	/** What has happened how often, in words. */
	toString(): string {
		return [...this.#done].map(([what, times]) => `${times} times ${what}`).join(', ');
	}

	async #happen(living: Living, withKills: boolean, pauseMs: number): Promise<void> {
		const draw = this.#random();
		if (draw < 0.5) {
			const kinds = ['fault', ...Object.keys(living.more ?? {})];
			const kind = kinds[Math.floor(this.#random() * kinds.length)] ?? 'fault';
			this.#count(kind);
			if (kind === 'fault') this.#addFault(living);
			else await living.more?.[kind]?.();
		} else if (draw < 0.8) {
			this.#count('deploy');
			await living.deploy(this.#random() < 0.5 ? 'full' : 'nodes');
		} else if (withKills) {
			this.#count('kill');
			await living.kill();
		}
		await sleep(this.#random() * pauseMs);
	}

	#addFault({ traffic }: Living): void {
		const action = FAULTS[Math.floor(this.#random() * FAULTS.length)];
		const times = 1 + Math.floor(this.#random() * 3);
		if (action) traffic.sandbox.faults.add({ match: { surface: 'flowxo' }, times, action });
	}

	#count(what: string): void {
		this.#done.set(what, (this.#done.get(what) ?? 0) + 1);
	}
}

/** Growth of the heap that is no growth: compiled code and caches. */
const HEAP_GROWTH = 1.1;

/** Prints what a process held on to. @returns whether that is nothing */
export function printSoaked({ before, after }: Soaked): boolean {
	const mb = ({ heap }: Held): string => (heap / 1024 ** 2).toFixed(1);
	const more = moreThan(after, before);
	console.log(`  heap: ${mb(before)} MB, at the end ${mb(after)} MB`);
	console.log(`  held on to: ${more.length > 0 ? more.join(', ') : 'nothing more than before'}`);
	return more.length === 0 && after.heap < before.heap * HEAP_GROWTH;
}
