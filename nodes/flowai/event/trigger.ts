import { defined } from '@convoflow/client';
import { eventName } from '../message/content';
import { waitForProcessing } from '../message/sending';
import { restOperation, threadId } from '../operation';

/** Triggers an event in a thread. Flow.ai reference §2.2 row 13, later docs. */
export const trigger = restOperation({
	name: 'trigger',
	displayName: 'Trigger',
	action: 'Trigger event in thread',
	description: 'Trigger an event in a thread; its manual trigger must be enabled in the project',
	keywords: ['start', 'flow', 'manual', 'proactive'],
	effect: 'send',
	findOut: 'Look in the thread whether the bot went on',
	returns: 'one',
	fields: { threadId, eventName },
	optional: { waitForProcessing },
	lane: ({ threadId: thread }) => thread,
	run: async (client, input, { signal }) => {
		const options = { writeConcern: input.waitForProcessing, signal };
		const { status } = await client.project.triggerEvent(input.threadId, input.eventName, options);
		return defined({ status, threadId: input.threadId, eventName: input.eventName });
	},
	errors: {
		FLOWAI_NOT_FOUND: {
			code: 'FLOWAI_EVENT_NOT_FOUND',
			message: 'Flow.ai does not know this event or this thread',
			advice:
				'Check the field "Thread", and that the event exists and its manual trigger is enabled: Event: Get Many lists those.',
		},
	},
	summary: (_rows, input) => `${input.eventName} triggered in ${input.threadId}`,
	examples: [
		{ name: 'Welcome a user', input: { threadId: 't-101', eventName: 'WELCOME' } },
		{
			name: 'Waiting for the bot',
			input: { threadId: 't-101', eventName: 'CART_LEFT', waitForProcessing: true },
		},
	],
});
