import { messageRows } from '@convoflow/client';
import { restOperation, threadId } from '../operation';
import { MAX_TEXT } from './content';
import { repliesOf, replySummary } from './replies';
import { envelope, messageOptions, originatorFields, sendErrors } from './sending';

/** Sends a text and outputs what the bot replies. Flow.ai reference §2.2 row 1 with `sync`, §2.5, later docs. */
export const sendAndWait = restOperation({
	name: 'sendAndWait',
	displayName: 'Send and Wait for Reply',
	action: 'Send text and wait for reply',
	description:
		'Send a text of the end user and output the bot’s reply; later versions of the service can do this, without the timers and delays of the bot',
	keywords: ['ask', 'answer', 'response', 'sync', 'chat'],
	effect: 'send',
	returns: 'one',
	fields: {
		threadId,
		text: {
			kind: 'text',
			label: 'Text',
			description: 'The text to send, at most 255 characters',
			placeholder: 'e.g. Is table six free?',
			required: true,
			maxLength: MAX_TEXT,
			from: 'payload',
		},
		originatorName: originatorFields.originatorName,
	},
	optional: messageOptions,
	lane: ({ threadId: thread }) => thread,
	run: async (client, input, context) => {
		const message = envelope(input, context);
		const { threadId: thread, text: speech } = input;
		const reply = await client.sendText({ threadId: thread, speech, ...message, sync: true });
		// A service that does not know `sync` answers without any message.
		const replies = repliesOf(messageRows(thread, [reply]));
		return { threadId: thread, traceId: message.traceId, ...replySummary(replies), replies };
	},
	errors: {
		...sendErrors,
		CONVOFLOW_OUTCOME_UNKNOWN: {
			message: 'No reply came in time, and it is not known whether the text arrived',
			advice:
				'It was not repeated, so that nobody gets it twice. Read the messages of the thread; for a bot that takes longer use Send Text and the trigger.',
		},
	},
	summary: (_rows, input) => `Reply from ${input.threadId}`,
	examples: [
		{
			name: 'A question',
			input: { threadId: 't-102', text: 'When are you open?', traceId: 90213 },
		},
		{
			name: 'In another language',
			input: {
				threadId: 't-102|w_c51f0e2a',
				text: 'Hej!',
				originatorName: 'Mara Lind',
				language: 'sv',
				traceId: 90214,
			},
		},
	],
});
