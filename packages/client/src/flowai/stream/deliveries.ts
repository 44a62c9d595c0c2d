import { ConvoflowError } from '../../errors';
import { outcomeUnknown } from '../../http/service-error';
import type { JsonObject } from '../../ports';

/** Identifies a message; 0 is as good as any other (Flow.ai reference §5.7, rule 13). */
export type TraceId = number | string;

interface Pending {
	readonly traceId: TraceId;
	resolve(echo: JsonObject): void;
	reject(error: ConvoflowError): void;
}

/**
 * Messages that were sent and not confirmed yet. The service confirms with `message.delivered` and the trace
 * id; an `error` frame names no message (Flow.ai reference §5.6).
 */
export class Deliveries {
	/** Oldest first; a trace id that was used twice is confirmed in the order of sending. */
	readonly #pending = new Set<Pending>();

	/** Messages that wait. */
	get size(): number {
		return this.#pending.size;
	}

	/**
	 * Waits for the confirmation of a message.
	 * @returns what came back, and a way to give up
	 */
	expect(traceId: TraceId): { readonly confirmed: Promise<JsonObject>; giveUp(why: string): void } {
		let giveUp: (why: string) => void = () => undefined;
		const confirmed = new Promise<JsonObject>((resolve, reject) => {
			const pending: Pending = { traceId, resolve, reject };
			this.#pending.add(pending);
			giveUp = (why) => this.#settle(pending, () => reject(unknown(why, traceId)));
		});
		return { confirmed, giveUp };
	}

	/** The service has taken a message. One that nobody waits for is nobody's. */
	confirm(traceId: unknown, echo: JsonObject): void {
		const pending = [...this.#pending].find((one) => String(one.traceId) === String(traceId));
		if (pending) this.#settle(pending, () => pending.resolve(echo));
	}

	/** An `error` frame came: it belongs to the only message that waits, or to none that can be named. */
	refuse(words: string): void {
		const [only, ...others] = this.#pending;
		if (!only || others.length > 0) return;
		const refused = new ConvoflowError('FLOWAI_REJECTED', `Flow.ai refused the message: ${words}`, {
			advice: 'Check the content of the message and the thread.',
			traceId: only.traceId,
		});
		this.#settle(only, () => only.reject(refused));
	}

	/** The connection is gone: what became of the messages is not known. */
	lose(why: string): void {
		for (const pending of this.#pending) {
			this.#settle(pending, () => pending.reject(unknown(why, pending.traceId)));
		}
	}

	#settle(pending: Pending, settle: () => void): void {
		if (this.#pending.delete(pending)) settle();
	}
}

function unknown(why: string, traceId: TraceId): ConvoflowError {
	return outcomeUnknown(new ConvoflowError('FLOWAI_STREAM_LOST', why), traceId);
}
