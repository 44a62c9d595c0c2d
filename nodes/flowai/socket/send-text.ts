import { socketPayload } from '@convoflow/client';
import { MAX_TEXT } from '../message/content';
import { envelope, originatorFields } from '../message/sending';
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
		...originatorFields,
	},
	optional: socketOptions,
	lane: ({ threadId: thread }) => thread,
	run: async (client, input, context) => {
		const { signal, ...message } = envelope(input, context);
		const lease = client.threads.acquire(input.threadId);
		try {
			await lease.sendMessage(socketPayload({ ...message, speech: input.text }), { signal });
		} finally {
			lease.release();
		}
		return { status: 'delivered', threadId: input.threadId, traceId: message.traceId };
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
	],
});
