import type { ConvoflowError } from '../errors';
import type { HttpResponse } from '../ports';
import type { Failure } from './classify';
import type { Effect } from './retry';
import { outcomeUnknown } from './service-error';

/** The caller has ended the call. */
export const STOPPED: Failure = { kind: 'aborted', message: 'stopped' };

/** Whether the service says yes. */
export function isSuccess({ status }: HttpResponse): boolean {
	return status >= 200 && status < 300;
}

/** A refusal of the host's as it concerns a call: an answer that is too long to be read may say that a send has arrived. */
export function refusedByHost(
	error: ConvoflowError,
	{ effect, traceId }: { readonly effect: Effect; readonly traceId?: number | string },
): ConvoflowError {
	const isQuiet = effect === 'read' || effect === 'idempotent';
	return error.code === 'CONVOFLOW_ANSWER_TOO_LARGE' && !isQuiet ? outcomeUnknown(error, traceId) : error;
}
