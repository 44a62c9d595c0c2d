import { invalidInput } from '../../errors';

const HEADER_SAFE = /^[\x21-\x7e]+$/;

/**
 * What threads are let in with: the secret of each (`x-flowai-secret`), and the token that is good for one time
 * (Flow.ai reference §5.2). Neither is ever logged.
 */
export class ThreadAccess {
	readonly #oneTimeToken: string | undefined;
	readonly #secrets = new Map<string, string>();
	/** Threads that the token has let in: it may be spent, and a connection is then asked for without it. */
	readonly #letIn = new Set<string | undefined>();
	readonly #spent = new Set<string | undefined>();

	/** @throws `CONVOFLOW_INVALID_INPUT` for a token that a header cannot carry */
	constructor(oneTimeToken: string | undefined) {
		if (oneTimeToken !== undefined && !HEADER_SAFE.test(oneTimeToken)) {
			throw invalidInput('oneTimeToken', 'One-Time Token', 'holds characters that no token has');
		}
		this.#oneTimeToken = oneTimeToken;
	}

	/** Headers of a call about a thread; none without one. */
	headers(threadId: string | undefined): Record<string, string> {
		if (threadId === undefined) return {};
		const secret = this.#secrets.get(threadId);
		return {
			// As it is, since nobody decodes a header; an id that a header cannot carry travels in the query only.
			...(HEADER_SAFE.test(threadId) ? { 'x-flowai-threadid': threadId } : {}),
			...(secret === undefined ? {} : { 'x-flowai-secret': secret }),
		};
	}

	/** Headers for asking for a connection: those of a call, and the token while it may be good. */
	admission(threadId: string | undefined): Record<string, string> {
		const token = this.#spent.has(threadId) ? undefined : this.#oneTimeToken;
		return { ...this.headers(threadId), ...(token === undefined ? {} : { 'x-flowai-ott': token }) };
	}

	/** Notes that a connection was given out, and the secret that came with it. */
	admitted(threadId: string | undefined, secret: string | undefined): void {
		if (threadId !== undefined && secret) this.keepSecret(threadId, secret);
		if (this.#oneTimeToken !== undefined && !this.#spent.has(threadId)) this.#letIn.add(threadId);
	}

	/**
	 * Drops what a thread was let in with, since it may be outdated: its secret, or a token that was taken before
	 * (Flow.ai reference §10).
	 * @returns whether there was something to drop, so that asking anew is worth it
	 */
	dropOutdated(threadId: string | undefined): boolean {
		const hadSecret = threadId !== undefined && this.#secrets.delete(threadId);
		const hadToken = this.#letIn.delete(threadId);
		if (hadToken) this.#spent.add(threadId);
		return hadSecret || hadToken;
	}

	/** The secret of a thread, where it has one. */
	secretOf(threadId: string): string | undefined {
		return this.#secrets.get(threadId);
	}

	/** Keeps the secret of a thread, which every later call for it must carry. */
	keepSecret(threadId: string, secret: string): void {
		this.#secrets.set(threadId, secret);
	}

	/** Forgets everything but the token. */
	clear(): void {
		this.#secrets.clear();
		this.#letIn.clear();
		this.#spent.clear();
	}
}
