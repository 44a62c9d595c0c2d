import { botQuery, botRange, EXAMPLE_RANGE } from '../bot-series';
import { botErrors, counted, operation } from '../operation';
import { eventFilters, eventRow } from './fields';

/** Lists tracked events. Chatlayer reference §4.5, ListEvents. */
export const getMany = operation({
	name: 'getMany',
	displayName: 'Get Many',
	action: 'Get many events',
	description: 'List the events that a bot tracked',
	keywords: ['list', 'stream', 'tracking'],
	effect: 'read',
	returns: 'many',
	fields: botRange,
	optional: eventFilters,
	run: (client, input, context) =>
		client.events.list({
			...botQuery(input, context),
			event: input.event,
			conversationId: input.conversationId,
			userId: input.userId,
			campaignId: input.campaignId,
			limit: context.limit,
		}),
	simplify: (rows) => rows.map(eventRow),
	errors: botErrors,
	summary: counted('event', 'events'),
	examples: [
		{ name: 'The first ten of a week', input: { botId: 'k3v9x2ab', ...EXAMPLE_RANGE, limit: 10 } },
		{
			name: 'Every order as it came',
			input: {
				botId: 'k3v9x2ab',
				...EXAMPLE_RANGE,
				event: 'order_placed',
				returnAll: true,
				simplify: false,
			},
		},
	],
});
