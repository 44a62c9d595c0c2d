import { socketOperation, threadId } from './operation';

/** Asks whether the user has messages to see. Flow.ai reference §5.4 (`thread.unnoticed`, seen in the vendor's client). */
export const checkUnnoticed = socketOperation({
	name: 'checkUnnoticed',
	displayName: 'Check Unnoticed',
	action: 'Check for unnoticed messages',
	description: 'Ask whether the thread holds messages that the user has not seen',
	keywords: ['unread', 'noticed', 'seen'],
	effect: 'read',
	// It goes beside the lasting connection, whose client is one for all, whatever a node's options.
	makesNoRequests: true,
	returns: 'one',
	fields: { threadId },
	run: async (client, { threadId: thread }, { signal }) => ({
		threadId: thread,
		unnoticed: await client.hasUnnoticed(thread, signal),
	}),
	summary: (_rows, input) => `Asked about ${input.threadId}`,
	examples: [{ name: 'A thread', input: { threadId: 't-socket' } }],
});
