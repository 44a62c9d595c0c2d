import { defined } from '@convoflow/client';
import { restOperation, threadErrors, threadId } from '../operation';

/** Pauses the bot in a thread. 001, Bot control, Pause. */
export const pause = restOperation({
	name: 'pause',
	displayName: 'Pause',
	action: 'Pause bot',
	description: 'Pause the bot in a thread, so that a human can take over',
	keywords: ['handover', 'human', 'silence'],
	effect: 'idempotent',
	returns: 'one',
	fields: { threadId },
	lane: ({ threadId: thread }) => thread,
	run: async (client, input, { signal }) => {
		const { status } = await client.pause(input.threadId, { signal });
		return defined({ status, threadId: input.threadId });
	},
	errors: threadErrors,
	summary: (_rows, input) => `Paused in ${input.threadId}`,
	examples: [{ name: 'One thread', input: { threadId: 't-101' } }],
});
