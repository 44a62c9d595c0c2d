import { answer, restOperation, statusPage } from '../operation';

/** Lists the threads of the project. Flow.ai reference §2.2 row 8, later docs. */
export const getMany = restOperation({
	name: 'getMany',
	displayName: 'Get Many',
	action: 'Get many threads',
	description: 'List the threads of the project by their IDs',
	keywords: ['conversations', 'list', 'search'],
	effect: 'read',
	returns: 'many',
	fields: { answer },
	optional: {
		page: {
			kind: 'number',
			label: 'Page',
			description: 'Page to ask for when the answer goes to the webhook; a page holds 20 threads',
			default: 1,
			integer: true,
			min: 1,
		},
	},
	run: (client, input, { signal }) =>
		input.answer === 'webhook'
			? statusPage(client.threads.requestList(input.page ?? 1, { signal }))
			: rows(client.threads.list({ signal })),
	errors: {
		FLOWAI_NOT_FOUND: {
			advice:
				'This service does not list threads: the call came with a later version. Check the base URL in the credential, or keep thread IDs from the trigger.',
		},
	},
	summary: (count) => (count === 1 ? '1 thread' : `${count} threads`),
	examples: [
		{ name: 'The first threads', input: { limit: 5 } },
		{ name: 'Answered at the webhook', input: { answer: 'webhook' } },
	],
});

async function* rows(
	pages: AsyncIterable<readonly string[]>,
): AsyncGenerator<{ threadId: string }[], void, void> {
	for await (const page of pages) yield page.map((threadId) => ({ threadId }));
}
