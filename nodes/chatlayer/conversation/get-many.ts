import { isObject } from '@convoflow/client';
import { coreBotId, version } from '../fields';
import { botErrors, counted, coreOperation, row } from '../operation';

/** Lists conversations. Chatlayer reference §10, list conversations: core API, seen in use. */
export const getMany = coreOperation({
	name: 'getMany',
	displayName: 'Get Many',
	action: 'Get many conversations',
	description: 'List the conversations of a bot',
	keywords: ['list', 'chats', 'sessions', 'users'],
	effect: 'read',
	returns: 'many',
	fields: { botId: coreBotId, version },
	run: (client, input, { limit, signal }) => client.conversations({ ...input, limit, signal }),
	simplify: (rows) =>
		rows.map((conversation) => {
			const user = isObject(conversation['user']) ? conversation['user'] : {};
			return row(user, { sessionId: 'sessionId', userId: 'id' });
		}),
	errors: botErrors,
	summary: counted('conversation', 'conversations'),
	examples: [
		{ name: 'The first ten', input: { botId: 'k3v9x2ab', limit: 10 } },
		{ name: 'All as they came', input: { botId: 'k3v9x2ab', returnAll: true, simplify: false } },
	],
});
