import { EXAMPLE_RANGE } from '../bot-series';
import { funnelFields, funnelOptional, funnelQuery, funnelRows } from '../funnel';
import { botErrors, counted, operation } from '../operation';

/** Computes a funnel of tracked events. Chatlayer reference §4.5, ComputeEventsFunnel. */
export const getFunnel = operation({
	name: 'getFunnel',
	displayName: 'Get Funnel',
	action: 'Get funnel of events',
	description: 'See how many people got from one event to the next',
	keywords: ['conversion', 'drop-off', 'goal'],
	effect: 'read',
	returns: 'rows',
	fields: funnelFields,
	optional: funnelOptional,
	run: async (client, input, context) => {
		const answer = await client.events.funnel(funnelQuery(input, context.now(), context.signal));
		return input.output === 'raw' ? [answer] : funnelRows(answer);
	},
	errors: botErrors,
	summary: counted('row', 'rows'),
	examples: [
		{
			name: 'From cart to order, by channel',
			input: {
				botId: 'k3v9x2ab',
				...EXAMPLE_RANGE,
				steps: [{ eventId: 'cart_opened' }, { eventId: 'order_placed' }],
				breakdownProperty: 'channel_type',
			},
		},
		{
			name: 'Orders in euros, one right after the other',
			input: {
				botId: 'k3v9x2ab',
				...EXAMPLE_RANGE,
				steps: [{ eventId: 'cart_opened' }, { eventId: 'order_placed' }],
				orderType: 'strict',
				properties: [{ key: 'currency', operator: 'equals', type: 'string', value: ['EUR'] }],
			},
		},
	],
});
