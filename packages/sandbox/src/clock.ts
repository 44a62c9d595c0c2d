/**
 * Timers of the sandbox. Every delay is divided by the speed factor, and every pending timer is known,
 * so that closing the sandbox leaves none behind.
 */
export class Clock {
	private readonly pending = new Set<NodeJS.Timeout>();
	private closed = false;

	/** @param speed clock factor; 60 makes a minute last a second */
	constructor(readonly speed: number) {
		if (!(speed > 0) || !Number.isFinite(speed)) throw new RangeError('speed must be a number above 0');
	}

	/** The wall clock in milliseconds. It is not sped up: timestamps stay real. */
	now(): number {
		return Date.now();
	}

	/** Calls `action` after `ms` (at speed 1) and returns a function that calls it off. */
	after(ms: number, action: () => void): () => void {
		return this.afterReal(this.real(ms), action);
	}

	/** Calls `action` after `ms` of real time, whatever the speed. */
	afterReal(ms: number, action: () => void): () => void {
		if (this.closed) return () => undefined;
		const timer = setTimeout(
			() => {
				this.pending.delete(timer);
				action();
			},
			Math.min(ms, 2 ** 31 - 1),
		);
		this.pending.add(timer);
		return () => {
			clearTimeout(timer);
			this.pending.delete(timer);
		};
	}

	/** Resolves after `ms` of real time; never resolves once the clock is closed. */
	sleepReal(ms: number): Promise<void> {
		return new Promise((resolve) => void this.afterReal(ms, resolve));
	}

	/** Real milliseconds for `ms` at speed 1. */
	real(ms: number): number {
		return ms / this.speed;
	}

	close(): void {
		this.closed = true;
		for (const timer of this.pending) clearTimeout(timer);
		this.pending.clear();
	}
}
