import { defined, socketPayload } from '@convoflow/client';
import { MAX_TEXT, splittableText } from '../message/content';
import { sendInParts } from '../message/parts';
import { envelope, originatorFields } from '../message/sending';
import { splitText } from '../message/split-text';
import { socketErrors, socketOperation, socketOptions, threadId } from './operation';

/** Sends a text over the socket and waits until Flow.ai has it. 001, Socket API, Send message. */
export const sendText = socketOperation({
	name: 'sendText',
	displayName: 'Send Text',
	action: 'Send text over socket',
	description: 'Send a text as a user of the web channel and wait until Flow.ai confirms it',
	keywords: ['message', 'web chat', 'speech', 'stream'],
	effect: 'send',
	makesNoRequests: true,
	returns: 'one',
	fields: { threadId, ...splittableText, ...originatorFields },
	optional: socketOptions,
	lane: ({ threadId: thread }) => thread,
	run: async (client, input, context) => {
		const { signal, ...message } = envelope(input, context);
		const { threadId: thread, text: speech, longText } = input;
		const lease = client.threads.acquire(thread);
		const send = async (part: string, index: number): Promise<{ text: string; traceId: number }> => {
			const traceId = message.traceId + index;
			await lease.sendMessage(socketPayload({ ...message, traceId, speech: part }), { signal });
			return { text: part, traceId };
		};
		try {
			const parts = await sendInParts(
				longText === 'split' ? splitText(speech, MAX_TEXT) : [speech],
				send,
				context,
			);
			return defined({
				status: 'delivered',
				threadId: thread,
				traceId: parts[0]?.['traceId'],
				parts: longText === 'split' ? parts : undefined,
			});
		} finally {
			lease.release();
		}
	},
	errors: socketErrors,
	summary: (_rows, input) => `Delivered to ${input.threadId}`,
	examples: [
		{ name: 'A question', input: { threadId: 't-socket', text: 'Is table six free?', traceId: 90210 } },
		{
			name: 'With everything filled in',
			input: {
				threadId: 't-socket-2',
				text: 'Åtta personer, tack! 🍽️',
				originatorName: 'Mara Lind',
				traceId: 90211,
				language: 'sv',
				timezone: 2,
				params: { seats: [{ value: '8' }] },
				profile: { fullName: 'Mara Lind' },
				metadata: { loyalty: 'silver' },
			},
		},
		{
			name: 'A long text in parts',
			input: {
				threadId: 't-socket',
				longText: 'split',
				text: 'We are open every day. Tables by the window are kept for half an hour. '.repeat(5),
				traceId: 90212,
			},
		},
	],
});
