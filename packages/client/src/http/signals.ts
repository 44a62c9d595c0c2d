/** Calls that begin within this part of their time limit share its signal, unless it is short. */
const SHARED_PART = 0.01;
const LEAST_SHARED_MS = 1_000;

/**
 * Signals that fire when a time is over. Making one costs as much as a small call, so calls that begin close together
 * share theirs; it fires up to a hundredth of the time late, never early.
 */
export class TimeLimits {
	#signal: AbortSignal | undefined;
	#ms = 0;
	#madeMs = 0;

	/** A signal that fires after so many ms. @param nowMs since the epoch */
	after(ms: number, nowMs: number): AbortSignal {
		if (ms < LEAST_SHARED_MS) return AbortSignal.timeout(ms);
		const sharedMs = ms * SHARED_PART;
		const age = nowMs - this.#madeMs;
		const signal = this.#signal;
		if (signal && !signal.aborted && ms === this.#ms && age >= 0 && age < sharedMs) return signal;
		this.#ms = ms;
		this.#madeMs = nowMs;
		return (this.#signal = AbortSignal.timeout(Math.ceil(ms + sharedMs)));
	}
}

/** The newest signal that was made of each and another one. */
const made = new WeakMap<AbortSignal, { readonly other: AbortSignal; readonly either: AbortSignal }>();

/** A signal that fires with either of two; the same one as long as they are the same. */
export function eitherSignal(one: AbortSignal | undefined, other: AbortSignal): AbortSignal {
	if (!one) return other;
	const known = made.get(one);
	if (known?.other === other) return known.either;
	const either = AbortSignal.any([one, other]);
	made.set(one, { other, either });
	return either;
}
