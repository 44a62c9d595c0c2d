import { defined } from '@convoflow/client';
import { restOperation, threadErrors, threadId } from '../operation';

/** Takes a thread over. Flow.ai reference §2.2 row 10, deprecated in favour of handover. */
export const takeover = restOperation({
	name: 'takeover',
	displayName: 'Take Over',
	action: 'Take over thread',
	description: 'Take a thread over from the bot; deprecated by Flow.ai, use Hand Over instead',
	keywords: ['human', 'agent'],
	effect: 'idempotent',
	returns: 'one',
	fields: { threadId },
	lane: ({ threadId: thread }) => thread,
	run: async (client, input, { signal }) => {
		const { status } = await client.threads.takeover(input.threadId, { signal });
		return defined({ status, threadId: input.threadId });
	},
	errors: threadErrors,
	summary: (_rows, input) => `Taken over: ${input.threadId}`,
	examples: [{ name: 'One thread', input: { threadId: 't-101' } }],
});
