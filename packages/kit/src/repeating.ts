import type { ConvoflowError, Effect } from '@convoflow/client';
import type { Operation } from './operation';

const WORDS: Readonly<Record<Effect, string>> = {
	read: 'Safe to repeat: it only reads.',
	idempotent: 'Safe to repeat: twice does the same as once.',
	send: 'Not safe to repeat: each run takes effect again.',
	destructive: 'Not safe to repeat: what it does cannot be undone.',
};

/** Whether an operation may be run again when nobody knows if it had its effect, in words for its user. */
export function repeatAdvice({
	effect,
	readsWhen,
	fields,
}: Pick<Operation, 'effect' | 'readsWhen' | 'fields'>): string {
	if (!readsWhen) return WORDS[effect];
	const { field, is } = readsWhen;
	return `Safe to repeat where ${fields[field]?.label ?? field} is ${is}: it only reads. Otherwise not: each run takes effect again.`;
}

/** An error about an unknown outcome with the way to find out that the operation knows. */
export function withWayToFindOut(operation: Operation, error: ConvoflowError): ConvoflowError {
	if (error.code !== 'CONVOFLOW_OUTCOME_UNKNOWN' || operation.findOut === undefined) return error;
	return error.restated({
		advice: `It was not repeated, so that nothing happens twice. ${operation.findOut} before you run it again.`,
	});
}
