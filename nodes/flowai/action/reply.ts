import { noCall, REPLY_WITHIN_MS, slowReply } from '@convoflow/client';
import { actionOperation, replyFields, replyOf, replyOptions, replyRow } from './operation';

/** From here on a reply counts as slow, in ms: the next one may come too late. */
const SLOW_MS = 5_000;

/** Answers the call that started the run, while Flow.ai still waits. Flow.ai reference §8. */
export const reply = actionOperation({
	name: 'reply',
	displayName: 'Reply',
	action: 'Reply to action',
	description: 'Answer the call that started this run; within 8 seconds, and once',
	keywords: ['respond', 'answer', 'webhook', 'response'],
	effect: 'send',
	findOut: 'Look in the thread whether the flow went on',
	makesNoRequests: true,
	returns: 'one',
	fields: replyFields,
	optional: replyOptions,
	lane: () => 'open call',
	run: async (client, input, context) => {
		const call = context.openCall?.();
		if (!call) throw noCall('Start the workflow with the Flow.ai Action Trigger.');
		const said = replyOf(input);
		await call.answer(client.answer(said, call.tokenIndex));
		const tookMs = REPLY_WITHIN_MS - (call.closesAtMs - context.now());
		if (tookMs > SLOW_MS) context.notice(slowReply(tookMs));
		return replyRow(said);
	},
	summary: () => 'Replied to the action',
	examples: [
		{ name: 'A text', input: { text: 'Your table is booked' } },
		{
			name: 'With everything filled in',
			input: {
				text: 'Bokat! 🎉',
				events: 'RESERVED, THANKED',
				messages: [{ fallback: 'See you', responses: [{ type: 'text', payload: { text: 'See you' } }] }],
				params: { reservation: 'r-77', seats: [{ value: 4 }] },
			},
		},
		{ name: 'Nothing but the answer', input: {} },
	],
});
