import { aborted } from '../errors';
import type { Ports } from '../ports';

/**
 * Keeps requests apart in time, first come first served. One pace may serve several clients, so that what one
 * node sends keeps to the pace of that node, whichever clients it sends with.
 */
export class Pace {
	#last: Promise<void> = Promise.resolve();
	#freeAtMs = 0;

	/**
	 * Waits for a turn. One that is stopped while it waits uses none up.
	 * @param perSecond most turns a second, above 0; each caller may have a number of its own
	 * @throws CONVOFLOW_ABORTED when `signal` fires first
	 */
	async turn(
		perSecond: number,
		{ now, sleep }: Pick<Ports, 'now' | 'sleep'>,
		signal: AbortSignal | undefined,
	): Promise<void> {
		const wait = async (): Promise<void> => {
			if (signal?.aborted) throw aborted();
			const waitMs = this.#freeAtMs - now();
			if (waitMs > 0) await sleep(waitMs, signal).catch(() => undefined);
			if (signal?.aborted) throw aborted();
			this.#freeAtMs = Math.max(this.#freeAtMs, now()) + 1_000 / perSecond;
		};
		const turn = this.#last.then(wait);
		this.#last = turn.catch(() => undefined);
		await turn;
	}
}
