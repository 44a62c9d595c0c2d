import { originatorFields } from '../message/sending';
import { socketOperation, threadId } from './operation';

/** Shows that the user is writing. Flow.ai reference §5.3 (`activity.user.typing`, seen in the vendor's client). */
export const showTyping = socketOperation({
	name: 'showTyping',
	displayName: 'Show Typing',
	action: 'Show typing',
	description: 'Show that the user of the web channel is writing',
	keywords: ['indicator', 'writing', 'stream'],
	effect: 'idempotent',
	makesNoRequests: true,
	returns: 'one',
	fields: { threadId, originatorName: originatorFields.originatorName },
	lane: ({ threadId: thread }) => thread,
	run: async (client, { threadId: thread, originatorName: name }, { signal }) => {
		const { clientId } = client;
		const payload = { clientId, threadId: thread, originator: { name, role: 'external' } };
		await client.tell(thread, { type: 'activity.user.typing', payload }, signal);
		return { status: 'sent', threadId: thread };
	},
	summary: (_rows, input) => `Typing shown in ${input.threadId}`,
	examples: [
		{ name: 'Show it', input: { threadId: 't-socket' } },
		{ name: 'With a name', input: { threadId: 't-socket-2', originatorName: 'Mara Lind' } },
	],
});
