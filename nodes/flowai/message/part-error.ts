import { toConvoflowError, type ConvoflowError } from '@convoflow/client';

function named(from: number, to: number): string {
	return from === to ? `part ${from} was` : `parts ${from} to ${to} were`;
}

/**
 * The error of one part of a split text, with what was sent and what was not. That stands in the message, so
 * that it reaches the user whatever advice goes with the code.
 * @param sent parts that were sent before it
 */
export function partError(thrown: unknown, sent: number, all: number): ConvoflowError {
	const error = toConvoflowError(thrown);
	if (all === 1) return error;
	const part = sent + 1;
	const fate = error.code === 'CONVOFLOW_OUTCOME_UNKNOWN' ? 'may or may not have arrived' : 'was not sent';
	const others = [
		...(sent > 0 ? [`${named(1, sent)} sent`] : []),
		...(part < all ? [`${named(part + 1, all)} not sent`] : []),
	];
	return error.restated({
		message: `Part ${part} of ${all} ${fate} (${others.join(', ')}): ${error.message}`,
	});
}
