import type { Ajax } from './editor-api';

/** One thing in a list. */
export interface Found {
	readonly name: string;
	readonly value: string;
}

/** What the search route answers. */
export interface Answer {
	readonly results?: readonly Found[];
	readonly next?: string;
	/** Why there is no list, in words for the user. */
	readonly problem?: string;
}

/** How long a page is taken from memory, in ms. */
const FRESH_MS = 60_000;
/** Pages kept at most. */
const KEPT = 200;
/** Time the editor waits for a page, in ms: a little longer than the route. */
const LIMIT_MS = 25_000;

/** Asks the search route of a config node: one question at a time, answers kept for a minute. */
export class ListSearch {
	readonly #kept = new Map<string, { readonly atMs: number; readonly answer: Answer }>();
	#timer: ReturnType<typeof setTimeout> | undefined;
	#running: Ajax | undefined;

	/**
	 * Asks for a page. What was asked before and is not answered yet is cancelled.
	 * @param url of the route, relative to the editor
	 * @param question sent as JSON
	 * @param waitMs how long to wait for another question first
	 * @param told gets the answer, unless something else is asked before
	 * @param failed gets the status of an answer that is none
	 */
	ask(
		url: string,
		question: object,
		waitMs: number,
		told: (answer: Answer) => void,
		failed: (status: number) => void,
	): void {
		this.cancel();
		const data = JSON.stringify(question);
		const key = `${url} ${data}`;
		const kept = this.#kept.get(key);
		if (kept && Date.now() - kept.atMs < FRESH_MS) {
			told(kept.answer);
			return;
		}
		this.#timer = setTimeout(() => {
			const request = $.ajax({
				url,
				method: 'POST',
				contentType: 'application/json',
				data,
				timeout: LIMIT_MS,
			});
			this.#running = request;
			request
				.done((received) => {
					if (this.#running !== request) return;
					const answer = received as Answer;
					if (answer.problem === undefined) this.#keep(key, answer);
					told(answer);
				})
				.fail(({ status }) => {
					if (this.#running === request) failed(status);
				});
		}, waitMs);
	}

	/** Gives up what was asked and is not answered yet. */
	cancel(): void {
		clearTimeout(this.#timer);
		const running = this.#running;
		this.#running = undefined;
		running?.abort();
	}

	#keep(key: string, answer: Answer): void {
		this.#kept.delete(key);
		this.#kept.set(key, { atMs: Date.now(), answer });
		const [oldest] = this.#kept.keys();
		if (this.#kept.size > KEPT && oldest !== undefined) this.#kept.delete(oldest);
	}
}
