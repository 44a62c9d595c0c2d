/** How a check ended. */
export interface CheckEnd {
	/** False when the rest is to be taken at once. */
	readonly isComplete: boolean;
	/** The next check comes no sooner than this, ms; for a service that refuses. */
	readonly pauseMs?: number;
	/** What went wrong. */
	readonly error?: Error;
}

export interface PollLoopOptions {
	/** From the start of one check to the start of the next, ms; 0 checks on demand only. */
	readonly intervalMs: number;
	/** One check. Never called twice at once; must not reject. */
	readonly check: (signal: AbortSignal) => Promise<CheckEnd>;
	/** Told how each check has ended that nobody asked for. */
	readonly onEnd?: (end: CheckEnd) => void;
	/** Rejects when the signal fires. */
	readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
	readonly now: () => number;
	/** A number from 0 to 1. */
	readonly random: () => number;
}

/** Nodes that start together ask one after the other within this time, ms. */
const SPREAD_MS = 5_000;

/** Checks again and again, never twice at once, until it is stopped. */
export class PollLoop {
	readonly #options: PollLoopOptions;
	readonly #stopped = new AbortController();
	#running: Promise<CheckEnd> | undefined;

	constructor(options: PollLoopOptions) {
		this.#options = options;
	}

	/** Begins to check from time to time; the first time after a moment that differs from node to node. */
	start(): void {
		if (this.#options.intervalMs > 0) this.#repeat().catch(() => undefined);
	}

	/** Checks at once; joins a check that is at work. Resolves when it has ended, with what went wrong if anything. */
	async checkNow(): Promise<Error | undefined> {
		const { signal } = this.#stopped;
		for (;;) {
			if (signal.aborted) return undefined;
			const { isComplete, error } = await this.#check();
			if (isComplete) return error;
		}
	}

	/** Ends the check at work, and all others. Resolves when nothing is at work any more. Safe to repeat. */
	async stop(): Promise<void> {
		this.#stopped.abort();
		await this.#running;
	}

	async #repeat(): Promise<void> {
		const { intervalMs, now, onEnd, random, sleep } = this.#options;
		const { signal } = this.#stopped;
		await sleep(random() * Math.min(SPREAD_MS, intervalMs / 10), signal);
		while (!signal.aborted) {
			const startedMs = now();
			const end = await this.#check();
			onEnd?.(end);
			const { isComplete, pauseMs = 0 } = end;
			if (!isComplete) continue;
			const restMs = Math.max(startedMs + intervalMs - now(), pauseMs, 0);
			await sleep(restMs, signal);
		}
	}

	async #check(): Promise<CheckEnd> {
		this.#running ??= this.#options.check(this.#stopped.signal).finally(() => {
			this.#running = undefined;
		});
		return await this.#running;
	}
}
