import { botId } from '../fields';
import { botErrors, counted, operation } from '../operation';
import { subscriptionRow, withoutTokens } from './rows';

/** Lists subscriptions. Chatlayer reference §4.6, ListSubscriptions. */
export const getMany = operation({
	name: 'getMany',
	displayName: 'Get Many',
	action: 'Get many subscriptions',
	description: 'List the addresses that are called when something happens to a bot',
	keywords: ['list', 'webhook'],
	effect: 'read',
	returns: 'many',
	fields: { botId },
	run: (client, input, { limit, signal }) =>
		withoutTokens(client.subscriptions.list({ ...input, limit, signal })),
	simplify: (rows) => rows.map(subscriptionRow),
	errors: botErrors,
	summary: counted('subscription', 'subscriptions'),
	examples: [{ name: 'All of a bot', input: { botId: 'k3v9x2ab', returnAll: true } }],
});
