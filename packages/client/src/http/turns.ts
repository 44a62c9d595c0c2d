import { aborted, type ServiceName } from '../errors';
import type { HttpResponse, Ports } from '../ports';
import type { Failure } from './classify';
import { Pace } from './pace';
import { waitTooLongError, type ErrorRequest } from './service-error';
import type { Traffic } from './traffic';

/** How one attempt of a call ended. */
export type Attempt =
	| { readonly response: HttpResponse; readonly failure?: undefined }
	| { readonly response?: undefined; readonly failure: Failure };

/** What the user has asked for, beside what the service asks for. */
export interface TurnsOptions {
	/** Most attempts a second; as many as come when absent. */
	readonly requestsPerSecond?: number | undefined;
	/** Where that is counted; one of its own by default. */
	readonly pace?: Pace | undefined;
}

/** Lets attempts go out when the user's pace and the service's limits allow it. */
export class Turns {
	readonly #ports: Pick<Ports, 'now' | 'sleep'>;
	readonly #service: ServiceName;
	readonly #traffic: Traffic;
	readonly #pace: Pace;
	readonly #perSecond: number | undefined;

	constructor(
		ports: Pick<Ports, 'now' | 'sleep'>,
		service: ServiceName,
		traffic: Traffic,
		{ pace = new Pace(), requestsPerSecond }: TurnsOptions,
	) {
		this.#ports = ports;
		this.#service = service;
		this.#traffic = traffic;
		this.#pace = pace;
		this.#perSecond = requestsPerSecond;
	}

	/**
	 * Makes an attempt in its turn.
	 * @param leftMs tells what is left of the time for the whole call, in ms
	 * @param make gets what is left when the turn has come, in ms
	 * @returns the attempt, and the time spent on waiting for the turn, which is no time of the call, in ms
	 * @throws CONVOFLOW_ABORTED when `signal` fires first; `<SERVICE>_RATE_LIMITED` for a wait that the call's time does
	 * not allow
	 */
	async take(
		request: ErrorRequest,
		leftMs: () => number,
		signal: AbortSignal | undefined,
		make: (leftMs: number) => Promise<Attempt>,
	): Promise<Attempt & { readonly waitedMs: number }> {
		const askedMs = this.#ports.now();
		let isFree =
			this.#perSecond === undefined && signal?.aborted !== true && this.#traffic.untilMs <= askedMs;
		let waitedMs = 0;
		if (!this.#traffic.tryEnter()) {
			await this.#traffic.enter(signal);
			waitedMs = this.#ports.now() - askedMs;
			isFree = false;
		}
		try {
			// What is free at once goes without a turn of the event loop.
			if (!isFree) waitedMs += await this.#wait(request, () => leftMs() + waitedMs, signal);
			const sentMs = isFree ? askedMs : this.#ports.now();
			const attempt = await make(leftMs() + waitedMs);
			if (attempt.response?.status === 429) this.#traffic.refused(sentMs, this.#ports.now());
			else if (attempt.response) this.#traffic.accepted();
			return { ...attempt, waitedMs };
		} finally {
			this.#traffic.leave();
		}
	}

	/** @returns ms spent on the pace */
	async #wait(request: ErrorRequest, leftMs: () => number, signal: AbortSignal | undefined): Promise<number> {
		if (signal?.aborted) throw aborted();
		let pacedMs = 0;
		let until: number;
		do {
			until = this.#traffic.untilMs;
			const waitMs = until - this.#ports.now();
			if (waitMs > 0 && waitMs >= leftMs() + pacedMs) throw waitTooLongError(this.#service, request, waitMs);
			if (waitMs > 0) await this.#sleep(waitMs, signal);
			if (this.#perSecond !== undefined) {
				const beforeMs = this.#ports.now();
				await this.#pace.turn(this.#perSecond, this.#ports, signal);
				pacedMs += this.#ports.now() - beforeMs;
			}
			// Another call may have been told to wait longer meanwhile.
		} while (this.#traffic.untilMs > Math.max(until, this.#ports.now()));
		return pacedMs;
	}

	async #sleep(ms: number, signal: AbortSignal | undefined): Promise<void> {
		await this.#ports.sleep(ms, signal).catch(() => undefined);
		if (signal?.aborted) throw aborted();
	}
}
