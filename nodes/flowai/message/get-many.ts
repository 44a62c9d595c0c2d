import { messageRows, type JsonObject } from '@convoflow/client';
import { answer, restOperation, statusPage, threadErrors, threadId } from '../operation';
import { inOrder } from './history-order';

/** Reads a thread's messages. 001, REST API, Thread messages. */
export const getMany = restOperation({
	name: 'getMany',
	displayName: 'Get Many',
	action: 'Get many messages',
	description: 'Read the messages of a thread',
	keywords: ['history', 'list', 'transcript'],
	effect: 'read',
	returns: 'many',
	fields: { threadId, answer },
	optional: {
		includeEvents: {
			kind: 'boolean',
			label: 'Include Events',
			description: 'Whether events of the thread are read too; later versions of the service can do this',
			default: false,
		},
		skipSilent: {
			kind: 'boolean',
			label: 'Skip Silent Messages',
			description: 'Whether messages that were never shown to the user are left out of the simplified output',
			default: false,
		},
		order: {
			kind: 'options',
			label: 'Order',
			description:
				'Which messages come first; newest and oldest first read the whole thread before the limit',
			options: [
				{
					value: 'asTold',
					label: 'As Flow.ai Has Them',
					description: 'Page by page, in the order of the service',
				},
				{ value: 'newest', label: 'Newest First', description: 'By the time of each message' },
				{ value: 'oldest', label: 'Oldest First', description: 'By the time of each message' },
			],
			default: 'asTold',
		},
		page: {
			kind: 'number',
			label: 'Page',
			description: 'Page to ask for when the answer goes to the webhook; a page holds 20 messages',
			placeholder: 'e.g. 2',
			integer: true,
			min: 1,
		},
	},
	run: (client, input, { signal }) => {
		const { threadId: thread, includeEvents: events, order, page } = input;
		if (input.answer === 'webhook') {
			return statusPage(client.requestHistory(thread, { events, page, signal }), { threadId: thread });
		}
		const pages = client.history(thread, undefined, { events, signal });
		return order === 'newest' || order === 'oldest' ? sorted(pages, order) : pages;
	},
	simplify: (rows, input) => {
		if (input.answer === 'webhook') return [...rows];
		const messages = messageRows(input.threadId, rows);
		return input.skipSilent ? messages.filter(({ silent }) => silent !== true) : messages;
	},
	errors: threadErrors,
	summary: (rows) => (rows === 1 ? '1 message' : `${rows} messages`),
	examples: [
		{ name: 'The first messages', input: { threadId: 't-100', limit: 5 } },
		{ name: 'Every message', input: { threadId: 't-100', returnAll: true } },
		{ name: 'As they came', input: { threadId: 't-100', limit: 25, simplify: false } },
		{
			name: 'The oldest messages with events',
			input: { threadId: 't-100', limit: 5, order: 'oldest', includeEvents: true },
		},
		{ name: 'Answered at the webhook', input: { threadId: 't-101', answer: 'webhook', page: 1 } },
	],
});

/** The whole history as one page. */
async function* sorted(
	pages: AsyncIterable<readonly JsonObject[]>,
	order: 'newest' | 'oldest',
): AsyncGenerator<JsonObject[], void, void> {
	const entries: JsonObject[] = [];
	for await (const page of pages) entries.push(...page);
	yield inOrder(entries, order);
}
