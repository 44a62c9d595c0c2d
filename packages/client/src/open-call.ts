import type { JsonObject } from './ports';

/** A call of a service that started the run and still waits for its answer. */
export interface OpenCall {
	/** Which of the tokens of the credential the call carried. */
	readonly tokenIndex: number;
	/** Until when the call waits, in ms since the epoch. */
	readonly closesAtMs: number;
	/**
	 * Sends the answer.
	 * @throws `FLOWAI_CALL_ANSWERED` for a second one, `FLOWAI_CALL_CLOSED` when the call waits no longer
	 */
	answer(body: JsonObject): Promise<void>;
}
