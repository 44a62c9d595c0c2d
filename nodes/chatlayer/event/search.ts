import type { AttributeFilter } from '@convoflow/client';
import { botQuery, botRange, EXAMPLE_RANGE } from '../bot-series';
import { botErrors, counted, listed, operation } from '../operation';
import { eventFilters, eventRow } from './fields';

/** Lists tracked events by conditions on their attributes. Chatlayer reference §4.5, ListEventsWithFilters. */
export const search = operation({
	name: 'search',
	displayName: 'Search',
	action: 'Search events',
	description: 'List the events of a bot whose attributes meet conditions',
	keywords: ['filter', 'attributes', 'find', 'tracking'],
	effect: 'read',
	returns: 'many',
	fields: {
		...botRange,
		conditions: {
			kind: 'list',
			item: 'Condition',
			label: 'Conditions',
			description: 'What the attributes of an event must meet',
			required: true,
			fields: {
				key: {
					kind: 'string',
					label: 'Attribute',
					description: 'Name of the attribute',
					placeholder: 'e.g. currency',
					required: true,
				},
				// The operators are not published (Chatlayer reference §4.7), so any text goes.
				operator: {
					kind: 'string',
					label: 'Operator',
					description: 'How to compare; the names are not documented, equals is a guess',
					default: 'equals',
				},
				value: {
					kind: 'string',
					label: 'Values',
					description: 'Values to compare with, separated by commas',
					placeholder: 'e.g. EUR,SEK',
					required: true,
				},
			},
		},
	},
	optional: eventFilters,
	run: (client, input, context) =>
		client.events.search({
			...botQuery(input, context),
			event: input.event,
			conversationId: input.conversationId,
			userId: input.userId,
			campaignId: input.campaignId,
			filters: input.conditions.map(({ key, operator, value }): AttributeFilter => ({
				key,
				operator,
				value: listed(value) ?? [],
			})),
			limit: context.limit,
		}),
	simplify: (rows) => rows.map(eventRow),
	errors: botErrors,
	summary: counted('event', 'events'),
	examples: [
		{
			name: 'Orders in euros',
			input: {
				botId: 'k3v9x2ab',
				...EXAMPLE_RANGE,
				conditions: [{ key: 'currency', operator: 'equals', value: 'EUR' }],
				limit: 5,
			},
		},
	],
});
