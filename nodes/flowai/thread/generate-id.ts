import { restOperation } from '../operation';

/** Makes the ID of a new thread. Flow.ai reference §2.2 row 7, later docs. */
export const generateId = restOperation({
	name: 'generateId',
	displayName: 'Generate ID',
	action: 'Generate thread ID',
	description: 'Make the ID of a new thread; the thread itself begins with the first message sent into it',
	keywords: ['create', 'new', 'start', 'conversation', 'uuid'],
	effect: 'idempotent',
	returns: 'one',
	fields: {},
	run: async (client, _input, { signal }) => ({ threadId: await client.threads.generateId({ signal }) }),
	errors: {
		FLOWAI_NOT_FOUND: {
			advice:
				'This service does not make thread IDs: the call came with a later version. Check the base URL in the credential, or make an ID of your own: any text that no other thread has.',
		},
	},
	summary: () => 'Thread ID generated',
	examples: [{ name: 'A new thread', input: {} }],
});
