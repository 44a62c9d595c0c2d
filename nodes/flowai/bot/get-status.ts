import { defined } from '@convoflow/client';
import { answer, restOperation, threadErrors, threadId } from '../operation';

/** Tells whether the bot is paused in a thread. 001, Bot control, Bot status. */
export const getStatus = restOperation({
	name: 'getStatus',
	displayName: 'Get Status',
	action: 'Get bot status',
	description: 'Find out whether the bot is paused in a thread',
	keywords: ['paused', 'active'],
	effect: 'read',
	returns: 'one',
	fields: { threadId, answer },
	lane: ({ threadId: thread }) => thread,
	run: async (client, input, { signal }) => {
		if (input.answer !== 'webhook') return await client.status(input.threadId, { signal });
		const { status } = await client.requestStatus(input.threadId, { signal });
		return defined({ status, threadId: input.threadId });
	},
	errors: threadErrors,
	summary: (_rows, input) => `Status of ${input.threadId}`,
	examples: [
		{ name: 'Returned here', input: { threadId: 't-101' } },
		{ name: 'Answered at the webhook', input: { threadId: 't-101', answer: 'webhook' } },
	],
});
