import { defined } from '@convoflow/client';
import { restOperation, threadErrors, threadId } from '../operation';

/** Hands a thread over to people. Flow.ai reference §2.2 row 9, later docs. */
export const handover = restOperation({
	name: 'handover',
	displayName: 'Hand Over',
	action: 'Hand over thread',
	description:
		'Hand a thread over to people: the bot is paused until the time is up or the thread is resolved',
	keywords: ['human', 'agent', 'escalate', 'live chat', 'pause'],
	effect: 'idempotent',
	returns: 'one',
	fields: { threadId },
	optional: {
		secondsToPause: {
			kind: 'number',
			label: 'Seconds to Pause',
			description: 'How long the bot stays silent, in seconds; as set in the project when empty',
			placeholder: 'e.g. 900',
			integer: true,
			min: 1,
		},
	},
	lane: ({ threadId: thread }) => thread,
	run: async (client, input, { signal }) => {
		const { status } = await client.threads.handover(input.threadId, input.secondsToPause, { signal });
		return defined({ status, threadId: input.threadId });
	},
	errors: threadErrors,
	summary: (_rows, input) => `Handed over: ${input.threadId}`,
	examples: [
		{ name: 'As set in the project', input: { threadId: 't-101' } },
		{ name: 'For a quarter of an hour', input: { threadId: 't-101', secondsToPause: 900 } },
	],
});
