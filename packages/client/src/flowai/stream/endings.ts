import type { ConvoflowError } from '../../errors';

/** Why a connection is over. */
export type Ending =
	| { readonly reason: 'stopped' }
	| { readonly reason: 'endpoint'; readonly error: ConvoflowError }
	| { readonly reason: 'handshake' | 'mute' | 'silent' | 'closed' | 'failed'; readonly detail: string };

/** What the session does next. */
export type NextStep = 'stop' | 'again';

/**
 * Answers to `socket.info` that no repeat cures: the client id is wrong, the integration is not allowed, or
 * the domain is not on its list. 400 and 500 are final in the vendor's own client too (Flow.ai reference §5.2).
 */
const FINAL_STATUS: ReadonlySet<number> = new Set([400, 401, 402, 403, 500]);
/** Stands for settings that are wrong; where they have worked, it is a fault of the service that passes. */
const FAULT_ONCE_CONNECTED = 500;

const FINAL_CODES: ReadonlySet<string> = new Set([
	'FLOWAI_STREAM_REFUSED',
	'CONVOFLOW_INVALID_INPUT',
	'CONVOFLOW_BUG',
	'FLOWAI_TLS',
]);

/**
 * Decides what follows an ending. Everything that is not known to be final is tried again with a new endpoint.
 * @param hasConnected the same settings have given a connection that worked
 */
export function nextStep(ending: Ending, hasConnected = false): NextStep {
	if (ending.reason === 'stopped') return 'stop';
	if (ending.reason !== 'endpoint') return 'again';
	const { code, status } = ending.error;
	if (hasConnected && status === FAULT_ONCE_CONNECTED) return 'again';
	if (status !== undefined && FINAL_STATUS.has(status)) return 'stop';
	return FINAL_CODES.has(code) ? 'stop' : 'again';
}

/** The ending in words for a status or a log. */
export function describeEnding(ending: Ending): string {
	switch (ending.reason) {
		case 'stopped':
			return 'stopped';
		case 'endpoint':
			return ending.error.message;
		case 'handshake':
			return `the stream could not be opened (${ending.detail})`;
		case 'mute':
			return 'the stream was opened but stayed silent';
		case 'silent':
			return 'the stream went silent';
		case 'closed':
			return `the stream was closed by Flow.ai (${ending.detail})`;
		case 'failed':
			return `the stream broke off (${ending.detail})`;
	}
}

/**
 * Waiting time before attempt `attempt`, in ms: about 1 s, doubling to 30 s, the upper half at random so that
 * many clients do not come back at once.
 */
export function backOffMs(attempt: number, random: number): number {
	const ceiling = Math.min(30_000, 1_000 * 2 ** Math.min(attempt - 1, 10));
	return Math.round(ceiling * (0.5 + random / 2));
}
