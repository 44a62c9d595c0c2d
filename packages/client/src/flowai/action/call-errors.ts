import { ConvoflowError } from '../../errors';

/**
 * How long a call waits for a workflow, in ms. Flow.ai states no limit and gives cloud code 10 s (Flow.ai
 * reference §8 [inferred]), so what has said nothing by then is answered with an empty reply.
 */
export const REPLY_WITHIN_MS = 8_000;

/** What the log says when a workflow was too slow. */
export const TOO_SLOW =
	'The workflow did not reply within 8 seconds, so Flow.ai got an empty reply. ' +
	'Reply sooner, or set the trigger to answer at once and use Reply Later.';

/** Tells of a reply that was nearly too late. @param tookMs since the call came, in ms */
export function slowReply(tookMs: number): string {
	return (
		`The reply went out ${(tookMs / 1_000).toFixed(1)} seconds after the call, and Flow.ai waits ${REPLY_WITHIN_MS / 1_000}. ` +
		'Where the work may take longer, set the field "Answer" of the trigger to "At Once" and use Reply Later.'
	);
}

/** No call of Flow.ai belongs to this run. */
export function noCall(advice: string): ConvoflowError {
	return new ConvoflowError('FLOWAI_NO_CALL', 'No call of Flow.ai waits for this reply', { advice });
}

/** Nothing in the workflow would answer the calls that wait. */
export function noReply(): ConvoflowError {
	return new ConvoflowError('FLOWAI_NO_REPLY', 'No node behind the trigger replies to Flow.ai', {
		field: 'answer',
		advice:
			'Connect the Flow.ai node with the operation Reply behind the trigger, or set the field "Answer" to "At Once".',
	});
}

/** The call has its one answer. */
export function callAnswered(): ConvoflowError {
	return new ConvoflowError('FLOWAI_CALL_ANSWERED', 'The call of Flow.ai has its reply already', {
		advice: 'A call takes one reply. Put everything into one, or send the rest with Reply Later.',
	});
}

/** The trigger answered the call when it came. */
export function callAnsweredAtOnce(): ConvoflowError {
	return new ConvoflowError('FLOWAI_CALL_ANSWERED', 'The trigger answered the call of Flow.ai at once', {
		advice: 'Use Reply Later, or set the field "Answer" of the trigger to "With a Reply".',
	});
}

/** The call waits no longer: its time is over, or the caller hung up. */
export function callClosed(): ConvoflowError {
	return new ConvoflowError('FLOWAI_CALL_CLOSED', 'The call of Flow.ai waits for a reply no longer', {
		advice:
			'Flow.ai got an empty reply after 8 seconds, or hung up. Reply sooner, or use Reply Later with the reply URL of the call.',
	});
}
