import { answer, restOperation } from '../operation';

/** Lists the events that can be triggered. Flow.ai reference §2.2 row 12, later docs. */
export const getMany = restOperation({
	name: 'getMany',
	displayName: 'Get Many',
	action: 'Get many events',
	description: 'List the events of the project whose manual trigger is enabled',
	keywords: ['manual', 'trigger', 'list'],
	effect: 'read',
	returns: 'rows',
	fields: { answer },
	run: async (client, input, { signal }) => {
		if (input.answer !== 'webhook')
			return (await client.project.events({ signal })).map((eventName) => ({ eventName }));
		const { status } = await client.project.requestEvents({ signal });
		return [{ status: status ?? null }];
	},
	errors: {
		FLOWAI_NOT_FOUND: {
			advice:
				'This service does not list events: the call came with a later version. Check the base URL in the credential.',
		},
	},
	summary: (rows) => (rows === 1 ? '1 event' : `${rows} events`),
	examples: [
		{ name: 'Returned here', input: { answer: 'here' } },
		{ name: 'Answered at the webhook', input: { answer: 'webhook' } },
	],
});
