import { defined } from '@convoflow/client';
import { restOperation, threadErrors, threadId } from '../operation';

/** Resumes the bot in a thread. 001, Bot control, Resume. */
export const resume = restOperation({
	name: 'resume',
	displayName: 'Resume',
	action: 'Resume bot',
	description: 'Let the bot answer in a thread again',
	keywords: ['unpause', 'continue'],
	effect: 'idempotent',
	returns: 'one',
	fields: { threadId },
	lane: ({ threadId: thread }) => thread,
	run: async (client, input, { signal }) => {
		const { status } = await client.resume(input.threadId, { signal });
		return defined({ status, threadId: input.threadId });
	},
	errors: threadErrors,
	summary: (_rows, input) => `Resumed in ${input.threadId}`,
	examples: [{ name: 'One thread', input: { threadId: 't-101' } }],
});
