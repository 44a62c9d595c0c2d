/**
 * A wait that a service asked for. It holds for every client that shares it: several clients of one credential
 * are one caller to the service.
 */
export class SharedWait {
	#untilMs = 0;

	/** When calls may go on, in milliseconds since the epoch. */
	get untilMs(): number {
		return this.#untilMs;
	}

	/** Lets calls wait until a moment, unless they wait for longer already. */
	holdUntil(ms: number): void {
		this.#untilMs = Math.max(this.#untilMs, ms);
	}
}
