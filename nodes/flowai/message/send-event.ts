import { defined } from '@convoflow/client';
import { restOperation, threadId } from '../operation';
import { eventName } from './content';
import { envelope, originatorFields, sendErrors, sendOptions } from './sending';

/** Sends an event into a thread. 001, REST API, Event message. */
export const sendEvent = restOperation({
	name: 'sendEvent',
	displayName: 'Send Event',
	action: 'Send event message',
	description: 'Send an event into a thread, so that the bot goes to the step that waits for it',
	keywords: ['trigger', 'flow', 'welcome', 'start'],
	effect: 'send',
	findOut: 'Look in the thread whether the bot went on',
	returns: 'one',
	fields: { threadId, eventName, ...originatorFields },
	optional: sendOptions,
	lane: ({ threadId: thread }) => thread,
	run: async (client, input, context) => {
		const message = envelope(input, context);
		const { status } = await client.sendEvent({
			threadId: input.threadId,
			eventName: input.eventName,
			...message,
		});
		return defined({ status, threadId: input.threadId, traceId: message.traceId });
	},
	errors: sendErrors,
	summary: (_rows, input) => `${input.eventName} sent to ${input.threadId}`,
	examples: [
		{ name: 'Welcome a user', input: { threadId: 't-102', eventName: 'WELCOME', traceId: 90210 } },
		{
			name: 'With parameters, waiting for the bot',
			input: {
				threadId: 't-102|w_c51f0e2a',
				eventName: 'CART_LEFT',
				originatorName: 'Mara Lind',
				traceId: 90211,
				language: 'sv',
				timezone: 2,
				params: { cart: [{ value: 'c-31' }] },
				contextForm: 'metadata',
				waitForProcessing: true,
			},
		},
	],
});
