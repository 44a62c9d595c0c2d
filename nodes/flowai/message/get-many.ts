import { messageRows } from '@convoflow/client';
import { answer, restOperation, threadErrors, threadId } from '../operation';

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
	run: (client, input, { signal }) =>
		input.answer === 'webhook'
			? once(
					client
						.requestHistory(input.threadId, { signal })
						.then(({ status }) => [{ status: status ?? null, threadId: input.threadId }]),
				)
			: client.history(input.threadId, undefined, { signal }),
	simplify: (rows, input) => (input.answer === 'webhook' ? [...rows] : messageRows(input.threadId, rows)),
	errors: threadErrors,
	summary: (rows) => (rows === 1 ? '1 message' : `${rows} messages`),
	examples: [
		{ name: 'The first messages', input: { threadId: 't-100', limit: 5 } },
		{ name: 'Every message', input: { threadId: 't-100', returnAll: true } },
		{ name: 'As they came', input: { threadId: 't-100', limit: 25, simplify: false } },
		{ name: 'Answered at the webhook', input: { threadId: 't-101', answer: 'webhook' } },
	],
});

async function* once<T>(page: Promise<T>): AsyncGenerator<T, void, void> {
	yield await page;
}
