import { defined, type JsonValue } from '@convoflow/client';
import { restOperation, threadId } from '../operation';
import { MAX_TEXT, splittableText } from './content';
import { sendInParts } from './parts';
import { envelope, originatorFields, sendErrors, sendOptions } from './sending';
import { splitText } from './split-text';

/** Sends a text into a thread. 001, REST API, Text message; several texts of one thread keep their order. */
export const sendText = restOperation({
	name: 'sendText',
	displayName: 'Send Text',
	action: 'Send text message',
	description: 'Send a text into a thread; the bot’s answer arrives at the trigger',
	keywords: ['reply', 'say', 'speech'],
	effect: 'send',
	findOut: 'Look for it in the messages of the thread',
	returns: 'one',
	fields: { threadId, ...splittableText, ...originatorFields },
	optional: sendOptions,
	lane: ({ threadId: thread }) => thread,
	run: async (client, input, context) => {
		const message = envelope(input, context);
		const { threadId: thread, text: speech } = input;
		if (input.longText === 'split') {
			let status: JsonValue | undefined;
			const send = async (text: string, index: number): Promise<{ text: string; traceId: number }> => {
				const traceId = message.traceId + index;
				({ status } = await client.sendText({ threadId: thread, speech: text, ...message, traceId }));
				return { text, traceId };
			};
			const parts = await sendInParts(splitText(speech, MAX_TEXT), send, context);
			return defined({ status, threadId: thread, traceId: parts[0]?.['traceId'], parts });
		}
		const { status } = await client.sendText({ threadId: thread, speech, ...message });
		return defined({ status, threadId: thread, traceId: message.traceId });
	},
	errors: sendErrors,
	summary: (_rows, input) => `Sent to ${input.threadId}`,
	examples: [
		{
			name: 'A question of an end user',
			input: { threadId: 't-100', text: 'Is table six free?', traceId: 90210 },
		},
		{
			name: 'With everything filled in',
			input: {
				threadId: 't-100|w_c51f0e2a',
				text: 'Åtta personer, tack! 🍽️',
				originatorName: 'Mara Lind',
				originatorRole: 'external',
				traceId: 90211,
				language: 'sv',
				timezone: 2,
				paramValues: [{ name: 'seats', value: '8', match: 'åtta' }],
				profile: { fullName: 'Mara Lind', locale: 'sv-SE' },
				metadata: { loyalty: 'silver' },
			},
		},
		{
			name: 'A long text in parts',
			input: {
				threadId: 't-100',
				longText: 'split',
				text: 'We are open every day. Tables by the window are kept for half an hour. '.repeat(5),
				traceId: 90212,
			},
		},
	],
});
