import { defined, type FlowAiClient, type JsonObject } from '@convoflow/client';
import { restOperation, threadId } from '../operation';
import { MAX_TEXT } from './content';
import { envelope, originatorFields, sendErrors, sendOptions, type Envelope } from './sending';
import { partError } from './part-error';
import { splitText } from './split-text';

/** Sends parts one after the other and says what was sent when one fails. */
async function sendParts(
	client: FlowAiClient,
	thread: string,
	texts: readonly string[],
	message: Envelope,
): Promise<JsonObject> {
	const parts: JsonObject[] = [];
	let status: JsonObject[string] | undefined;
	for (const speech of texts) {
		const traceId = message.traceId + parts.length;
		try {
			({ status } = await client.sendText({ threadId: thread, speech, ...message, traceId }));
		} catch (error) {
			throw partError(error, parts.length, texts.length);
		}
		parts.push({ text: speech, traceId });
	}
	return defined({ status, threadId: thread, traceId: message.traceId, parts });
}

/** Sends a text into a thread. 001, REST API, Text message; several texts of one thread keep their order. */
export const sendText = restOperation({
	name: 'sendText',
	displayName: 'Send Text',
	action: 'Send text message',
	description: 'Send a text into a thread; the bot’s answer arrives at the trigger',
	keywords: ['reply', 'say', 'speech'],
	effect: 'send',
	returns: 'one',
	fields: {
		threadId,
		longText: {
			kind: 'options',
			label: 'Long Text',
			description: 'What to do with a text of more than 255 characters',
			options: [
				{ value: 'refuse', label: 'Refuse It', description: 'Nothing is sent' },
				{
					value: 'split',
					label: 'Split It',
					description: 'Send it as several messages, split between sentences or words',
				},
			],
			default: 'refuse',
		},
		text: {
			kind: 'text',
			label: 'Text',
			description: 'The text to send, at most 255 characters unless it is to be split',
			placeholder: 'e.g. Is table six free?',
			required: true,
			maxLength: MAX_TEXT,
			maxLengthWhen: { longText: ['refuse'] },
			from: 'payload',
		},
		...originatorFields,
	},
	optional: sendOptions,
	lane: ({ threadId: thread }) => thread,
	run: async (client, input, context) => {
		const message = envelope(input, context);
		const { threadId: thread, text: speech } = input;
		if (input.longText === 'split') {
			return await sendParts(client, thread, splitText(speech, MAX_TEXT), message);
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
				params: { seats: [{ value: '8' }] },
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
