import { socketPayload } from '@convoflow/client';
import { eventByName } from '../message/content';
import { envelope, originatorFields } from '../message/sending';
import { socketErrors, socketOperation, socketOptions, threadId } from './operation';

/** Sends an event over the socket and waits until Flow.ai has it. 001, Socket API, Send message, Attachment. */
export const sendEvent = socketOperation({
	name: 'sendEvent',
	displayName: 'Send Event',
	action: 'Send event over socket',
	description:
		'Send an event as a user of the web channel, so that the bot goes to the step that waits for it',
	keywords: ['trigger', 'attachment', 'flow', 'welcome', 'stream'],
	effect: 'send',
	makesNoRequests: true,
	returns: 'one',
	fields: {
		threadId,
		// Events are listed with another key than that of the web channel.
		eventName: eventByName,
		...originatorFields,
	},
	optional: {
		...socketOptions,
		speech: {
			kind: 'string',
			label: 'Speech',
			description: 'Words that go along with the event; some are made up when empty',
			placeholder: 'e.g. I want to start',
		},
	},
	lane: ({ threadId: thread }) => thread,
	run: async (client, input, context) => {
		const { signal, ...message } = envelope(input, context);
		const attachment = { type: 'event', payload: { name: input.eventName } } as const;
		const lease = client.threads.acquire(input.threadId);
		try {
			await lease.sendMessage(socketPayload({ ...message, speech: input.speech, attachment }), { signal });
		} finally {
			lease.release();
		}
		return { status: 'delivered', threadId: input.threadId, traceId: message.traceId };
	},
	errors: socketErrors,
	summary: (_rows, input) => `${input.eventName} delivered to ${input.threadId}`,
	examples: [
		{ name: 'Welcome a user', input: { threadId: 't-socket', eventName: 'WELCOME', traceId: 90210 } },
		{
			name: 'With words',
			input: {
				threadId: 't-socket-2',
				eventName: 'CART_LEFT',
				speech: 'I left',
				language: 'en',
				traceId: 90211,
			},
		},
	],
});
