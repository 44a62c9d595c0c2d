import { messageRows, socketPayload } from '@convoflow/client';
import { MAX_TEXT } from '../message/content';
import { repliesOf, replySummary } from '../message/replies';
import { envelope, originatorFields } from '../message/sending';
import { socketErrors, socketOperation, socketOptions, threadId } from './operation';

/** Sends a text over the socket and outputs what the bot says until it falls quiet. 001, Socket API. */
export const sendAndWait = socketOperation({
	name: 'sendAndWait',
	displayName: 'Send and Wait for Reply',
	action: 'Send text over socket and wait for reply',
	description: 'Send a text as a user of the web channel and output what the bot says until it falls quiet',
	keywords: ['ask', 'answer', 'response', 'chat', 'stream'],
	effect: 'send',
	makesNoRequests: true,
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
		quietSeconds: {
			kind: 'number',
			label: 'Quiet Period (Seconds)',
			description: 'The reply is whole when the bot has said nothing for this many seconds',
			default: 2,
			min: 0.1,
			max: 60,
		},
		timeoutSeconds: {
			kind: 'number',
			label: 'Longest Wait (Seconds)',
			description: 'After this many seconds, what came until then is output',
			default: 30,
			min: 1,
			max: 600,
		},
		originatorName: originatorFields.originatorName,
	},
	optional: socketOptions,
	lane: ({ threadId: thread }) => thread,
	run: async (client, input, context) => {
		const { signal, ...message } = envelope(input, context);
		const { threadId: thread, text: speech, quietSeconds, timeoutSeconds } = input;
		const { payloads, isWhole } = await client.ask(thread, socketPayload({ ...message, speech }), {
			quietMs: quietSeconds * 1000,
			withinMs: timeoutSeconds * 1000,
			signal,
		});
		const replies = repliesOf(messageRows(thread, payloads));
		return { threadId: thread, traceId: message.traceId, ...replySummary(replies), isWhole, replies };
	},
	errors: socketErrors,
	summary: (_rows, input) => `Reply from ${input.threadId}`,
	examples: [
		{
			name: 'A question',
			input: { threadId: 't-ask', text: 'When are you open?', quietSeconds: 0.5, traceId: 90213 },
		},
		{
			name: 'In another language',
			input: {
				threadId: 't-ask-2',
				text: 'Hej!',
				quietSeconds: 0.5,
				originatorName: 'Mara Lind',
				language: 'sv',
				traceId: 90214,
			},
		},
	],
});
