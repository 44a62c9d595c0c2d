import {
	callAnswered,
	callAnsweredAtOnce,
	callClosed,
	noCall,
	REPLY_WITHIN_MS,
	type JsonObject,
	type OpenCall,
} from '@convoflow/client';
import { randomUUID } from 'node:crypto';
import type { Message, Response } from '../runtime/red';

/** Calls that wait at once; more are sent away to come again. */
export const MAX_OPEN = 500;
/** Ids that are remembered, so that a reply that comes too late is told why. */
const MAX_KNOWN = 5_000;

type State = 'open' | 'answered' | 'answeredAtOnce' | 'closed';

/** A call and its answer. Only its id travels in messages, which may be cloned, stored and shown. */
interface Call {
	state: State;
	readonly tokenIndex: number;
	/** In ms since the epoch. */
	readonly closesAtMs: number;
	readonly response?: Response;
	/** What says that the caller is understood, and nothing else. */
	readonly empty?: JsonObject;
	readonly timer?: NodeJS.Timeout;
}

/** Calls by id, oldest first. */
const calls = new Map<string, Call>();
let open = 0;

function keep(call: Call): string {
	const id = randomUUID();
	calls.set(id, call);
	const [oldest] = calls.keys();
	if (calls.size > MAX_KNOWN && oldest !== undefined && calls.get(oldest)?.state !== 'open')
		calls.delete(oldest);
	return id;
}

/** Ends the waiting of a call; false when it has ended before. */
function end(call: Call, state: State, body?: JsonObject): boolean {
	if (call.state !== 'open') return false;
	call.state = state;
	open -= 1;
	clearTimeout(call.timer);
	if (body) call.response?.status(200).json(body);
	return true;
}

/** Calls that wait for an answer. */
export function openCalls(): number {
	return open;
}

/**
 * Takes in a call that was answered when it came, so that a reply to it is told so.
 * @returns its id
 */
export function addAnswered(): string {
	return keep({ state: 'answeredAtOnce', tokenIndex: 0, closesAtMs: 0 });
}

/**
 * Takes in a call that waits for its answer, for 8 seconds at most.
 * @param empty the answer that it gets when there is none
 * @param late told when nothing answered in time
 * @returns its id
 */
export function addOpen(response: Response, empty: JsonObject, tokenIndex: number, late: () => void): string {
	const timer = setTimeout(() => {
		if (end(call, 'closed', empty)) late();
	}, REPLY_WITHIN_MS);
	const closesAtMs = Date.now() + REPLY_WITHIN_MS;
	const call: Call = { state: 'open', tokenIndex, closesAtMs, response, empty, timer };
	open += 1;
	response.on('close', () => end(call, 'closed'));
	return keep(call);
}

/** Gives a call its empty answer, if it still waits: nobody can answer it any more. */
export function giveUp(id: string): void {
	const call = calls.get(id);
	if (call) end(call, 'closed', call.empty);
}

/**
 * The call that a message carries.
 * @throws `FLOWAI_NO_CALL`, `FLOWAI_CALL_ANSWERED`, `FLOWAI_CALL_CLOSED`
 */
export function openCallOf(message: Message): OpenCall {
	const id = message['flowaiCall'];
	if (typeof id !== 'string') {
		throw noCall('Wire this node behind a flowai-action node, and keep msg.flowaiCall on the way.');
	}
	const call = calls.get(id);
	const check = (): Call => {
		if (call?.state === 'open') return call;
		if (call?.state === 'answered') throw callAnswered();
		throw call?.state === 'answeredAtOnce' ? callAnsweredAtOnce() : callClosed();
	};
	const { tokenIndex, closesAtMs } = check();
	return {
		tokenIndex,
		closesAtMs,
		answer: (body) => {
			end(check(), 'answered', body);
			return Promise.resolve();
		},
	};
}
