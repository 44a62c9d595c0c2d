import { socketOperation, threadId } from './operation';

/** Says that the user has seen the thread. Flow.ai reference §5.3 (`thread.noticed`, seen in the vendor's client). */
export const markNoticed = socketOperation({
	name: 'markNoticed',
	displayName: 'Mark as Noticed',
	action: 'Mark thread as noticed',
	description: 'Say that the user has seen the messages of the thread; Flow.ai takes this once in 5 seconds',
	keywords: ['read', 'seen', 'unread', 'stream'],
	effect: 'idempotent',
	makesNoRequests: true,
	returns: 'one',
	fields: { threadId },
	lane: ({ threadId: thread }) => thread,
	run: async (client, { threadId: thread }, { signal }) => {
		await client.tell(thread, { type: 'thread.noticed', payload: { threadId: thread } }, signal);
		return { status: 'sent', threadId: thread };
	},
	summary: (_rows, input) => `${input.threadId} marked as noticed`,
	examples: [{ name: 'A thread', input: { threadId: 't-socket' } }],
});
