import { numberOf } from '@convoflow/client';
import { botQuery, botRange, EXAMPLE_RANGE } from '../bot-series';
import { filters } from '../fields';
import { botErrors, counted, operation, row } from '../operation';

/** Lists the most used intents. Chatlayer reference §4.2, GetIntents. */
export const getMany = operation({
	name: 'getMany',
	displayName: 'Get Many',
	action: 'Get many intents',
	description: 'List the intents that a bot recognised most',
	keywords: ['list', 'nlp', 'top', 'ranking'],
	effect: 'read',
	returns: 'many',
	fields: botRange,
	optional: {
		...filters,
		// What it does to this list is not told, so it is left out unless chosen.
		bucket: {
			kind: 'options',
			label: 'Bucket',
			description: 'Sent on as chosen; what it does to this list is not documented',
			options: [
				{ value: '1d', label: 'Day' },
				{ value: '1h', label: 'Hour' },
				{ value: '1w', label: 'Week' },
			],
			open: true,
		},
	},
	run: (client, input, context) =>
		client.analytics.intents({
			...botQuery(input, context),
			bucket: input.bucket,
			limit: context.limit,
		}),
	simplify: (rows) =>
		rows.map((intent) =>
			row(intent, {
				rank: ({ rank }) => numberOf(rank),
				intent: 'intent_id',
				count: ({ count }) => numberOf(count),
			}),
		),
	errors: botErrors,
	summary: counted('intent', 'intents'),
	examples: [
		{ name: 'The five most used', input: { botId: 'k3v9x2ab', ...EXAMPLE_RANGE, limit: 5 } },
		{
			name: 'All as they came',
			input: { botId: 'k3v9x2ab', ...EXAMPLE_RANGE, returnAll: true, simplify: false },
		},
	],
});
