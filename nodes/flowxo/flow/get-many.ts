import type { JsonObject } from '@convoflow/client';
import { operation } from '../operation';

function flowRow(row: JsonObject): JsonObject {
	return { id: row['_id'] ?? null, name: row['name'] ?? null, active: row['active'] ?? null };
}

/** Lists the flows of the account. Flow XO reference §6. */
export const getMany = operation({
	name: 'getMany',
	displayName: 'Get Many',
	action: 'Get many flows',
	description: 'List the flows of the account and whether they are on',
	keywords: ['list', 'workflows'],
	effect: 'read',
	returns: 'rows',
	fields: {},
	run: async (client, _input, { signal }) => await client.account.flows({ signal }),
	simplify: (rows) => rows.map(flowRow),
	summary: (rows) => (rows === 1 ? '1 flow' : `${rows} flows`),
	examples: [
		{ name: 'Every flow', input: {} },
		{ name: 'As they came', input: { simplify: false } },
	],
});
