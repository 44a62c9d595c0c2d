import { aborted } from '../errors';

/** From this many on a limit that grows again is none. */
const UNBOUNDED = 1_024;
/** What is left after a refusal, where the limit is not known yet and where it was met before. */
const CUT = 0.5;
const KNOWN_CUT = 0.85;
/** Growth for every full round of answers, below the limit that was met last and at it. */
const GROWTH = 1;
const PROBING = 0.03;

/**
 * What a service has asked of its caller: to wait, and to have fewer calls under way at once. It holds for every
 * client that shares it, since several clients of one credential are one caller to the service.
 *
 * Nothing is limited until the service refuses a call as one too many. Then half as many calls as were under way may
 * be, and with every full round of answers one more, as TCP does. Where calls are refused at about the same number
 * again, that number is the service's limit: from then on little is given up, and it is tried now and then whether the
 * limit has gone (as TCP CUBIC does), so that a limited service is used to nearly its limit.
 */
export class Traffic {
	#untilMs = 0;
	#most = Infinity;
	/** Where calls were refused last; Infinity while that is not known. */
	#met = Infinity;
	#underWay = 0;
	/** Most that were under way since the last cut. */
	#peak = 0;
	/** Calls that began until then were refused by the limit that was cut already. */
	#cutMs = -Infinity;
	readonly #waiting: (() => void)[] = [];

	/** When calls may go on, in milliseconds since the epoch. */
	get untilMs(): number {
		return this.#untilMs;
	}

	/** Calls that may be under way at once. */
	get most(): number {
		return this.#most;
	}

	/** Lets calls wait until a moment, unless they wait for longer already. */
	holdUntil(ms: number): void {
		this.#untilMs = Math.max(this.#untilMs, ms);
	}

	/** Takes a place if one is free; it is followed by one `leave`. */
	tryEnter(): boolean {
		if (this.#underWay >= this.#places() || this.#waiting.length > 0) return false;
		this.#begin();
		return true;
	}

	/**
	 * Waits for a place, first come first served. Every call that resolves is followed by one `leave`.
	 * @throws CONVOFLOW_ABORTED when `signal` fires first; nothing is to be left then
	 */
	async enter(signal: AbortSignal | undefined): Promise<void> {
		if (this.tryEnter()) return;
		await new Promise<void>((resolve, reject) => {
			const admit = (): void => {
				signal?.removeEventListener('abort', giveUp);
				resolve();
			};
			const giveUp = (): void => {
				this.#waiting.splice(this.#waiting.indexOf(admit), 1);
				reject(aborted());
			};
			if (signal?.aborted) return reject(aborted());
			signal?.addEventListener('abort', giveUp, { once: true });
			this.#waiting.push(admit);
		});
	}

	/** Gives the place back. */
	leave(): void {
		this.#underWay -= 1;
		while (this.#waiting.length > 0 && this.#underWay < this.#places()) {
			this.#begin();
			this.#waiting.shift()?.();
		}
	}

	/**
	 * The service refused a call as one too many. A burst that is refused as a whole counts once.
	 * @param startedMs when the call was sent, in ms since the epoch
	 */
	refused(startedMs: number, nowMs: number): void {
		if (startedMs <= this.#cutMs) return;
		this.#cutMs = nowMs;
		const now = Math.min(this.#places(), this.#peak);
		this.#peak = this.#underWay;
		const isKnown = Math.abs(now - this.#met) <= 1;
		this.#met = now;
		this.#most = Math.max(1, now * (isKnown ? KNOWN_CUT : CUT));
	}

	/** The service took a call in. */
	accepted(): void {
		if (this.#most === Infinity) return;
		const isNear = this.#most >= this.#met - 1 && this.#most < this.#met + 1;
		this.#most += (isNear ? PROBING : GROWTH) / this.#most;
		if (this.#most >= this.#met + 1) this.#met = Infinity;
		if (this.#most >= UNBOUNDED) this.#most = Infinity;
	}

	#begin(): void {
		this.#underWay += 1;
		this.#peak = Math.max(this.#peak, this.#underWay);
	}

	#places(): number {
		return Math.max(1, Math.floor(this.#most));
	}
}
