import { counted, coreOperation, row } from '../operation';

/** Lists bots. Chatlayer reference §10, list bots: core API, seen in use. */
export const getMany = coreOperation({
	name: 'getMany',
	displayName: 'Get Many',
	action: 'Get many bots',
	description: 'List the bots that the access token reaches',
	keywords: ['list', 'chatbots'],
	effect: 'read',
	returns: 'rows',
	fields: {},
	run: async (client, _input, { signal }) => await client.bots({ signal }),
	simplify: (rows) => rows.map((bot) => row(bot, { id: 'id', name: 'name' })),
	summary: counted('bot', 'bots'),
	examples: [{ name: 'All bots', input: {} }],
});
