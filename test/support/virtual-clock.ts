import { setImmediate } from 'node:timers/promises';

interface Sleeper {
	readonly atMs: number;
	wake(): void;
}

/** Lets everything run that waits for nothing but promises. */
export async function settle(): Promise<void> {
	await setImmediate();
}

/** A clock that moves only when a test moves it. `sleep` and `now` fit the ports of the client. */
export class VirtualClock {
	/** What `sleep` was asked for, in ms, in order. */
	readonly slept: number[] = [];
	readonly #sleepers = new Set<Sleeper>();
	#nowMs: number;

	/** @param startMs milliseconds since the epoch; a round time by default */
	constructor(startMs = Date.UTC(2026, 0, 1)) {
		this.#nowMs = startMs;
	}

	/** Sleeps that are not over. */
	get pending(): number {
		return this.#sleepers.size;
	}

	readonly now = (): number => this.#nowMs;

	readonly sleep = (ms: number, signal?: AbortSignal): Promise<void> =>
		new Promise((resolve, reject) => {
			if (signal?.aborted) {
				reject(new DOMException('The sleep was stopped', 'AbortError'));
				return;
			}
			this.slept.push(ms);
			const stop = (): void => {
				this.#sleepers.delete(sleeper);
				reject(new DOMException('The sleep was stopped', 'AbortError'));
			};
			const sleeper: Sleeper = {
				atMs: this.#nowMs + ms,
				wake: () => {
					signal?.removeEventListener('abort', stop);
					this.#sleepers.delete(sleeper);
					resolve();
				},
			};
			signal?.addEventListener('abort', stop, { once: true });
			this.#sleepers.add(sleeper);
		});

	/** Moves the time on; sleeps end at their own moment and in their order. */
	async advance(ms: number): Promise<void> {
		const untilMs = this.#nowMs + ms;
		await settle();
		for (let next = this.#next(); next && next.atMs <= untilMs; next = this.#next()) await this.#wake(next);
		this.#nowMs = untilMs;
		await settle();
	}

	/** Moves the time on from sleep to sleep until the work is done. Fails when the work waits for nothing. */
	async run<T>(work: Promise<T>): Promise<T> {
		let isDone = false;
		const note = (): void => {
			isDone = true;
		};
		work.then(note, note);
		for (;;) {
			await settle();
			if (isDone) return await work;
			const next = this.#next();
			if (!next) throw new Error('the work is not done and waits for no sleep');
			await this.#wake(next);
		}
	}

	#next(): Sleeper | undefined {
		return [...this.#sleepers].sort((one, other) => one.atMs - other.atMs)[0];
	}

	async #wake(sleeper: Sleeper): Promise<void> {
		this.#nowMs = Math.max(this.#nowMs, sleeper.atMs);
		sleeper.wake();
		await settle();
	}
}
