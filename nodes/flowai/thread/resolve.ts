import { defined } from '@convoflow/client';
import { restOperation, threadErrors, threadId } from '../operation';

/** Ends a handover. Flow.ai reference §2.2 row 11, later docs; destructive, since it cannot be undone. */
export const resolve = restOperation({
	name: 'resolve',
	displayName: 'Resolve',
	action: 'Resolve thread',
	description: 'End the handover of a thread, so that the bot answers again; this cannot be undone',
	keywords: ['close', 'finish', 'done', 'handover', 'resume'],
	effect: 'destructive',
	returns: 'one',
	fields: { threadId },
	lane: ({ threadId: thread }) => thread,
	run: async (client, input, { signal }) => {
		const { status } = await client.threads.resolve(input.threadId, { signal });
		return defined({ status, threadId: input.threadId });
	},
	errors: {
		...threadErrors,
		CONVOFLOW_OUTCOME_UNKNOWN: {
			message: 'It is not known whether the thread was resolved',
			advice:
				'It was not repeated, since somebody may hand the thread over again meanwhile. Read the bot’s status with Bot: Get Status; when it is still paused, resolve again.',
		},
	},
	summary: (_rows, input) => `Resolved: ${input.threadId}`,
	examples: [{ name: 'One thread', input: { threadId: 't-101' } }],
});
