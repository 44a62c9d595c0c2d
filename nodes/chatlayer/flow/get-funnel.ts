import { EXAMPLE_RANGE } from '../bot-series';
import { funnelFields, funnelOptional, funnelQuery, funnelRows } from '../funnel';
import { botErrors, counted, operation } from '../operation';

/** Computes a funnel of flow steps. Chatlayer reference §4.4, ComputeFlowFunnel. */
export const getFunnel = operation({
	name: 'getFunnel',
	displayName: 'Get Funnel',
	action: 'Get funnel of flow steps',
	description: 'See how many people got from one dialog to the next',
	keywords: ['conversion', 'drop-off', 'steps'],
	effect: 'read',
	returns: 'rows',
	fields: funnelFields,
	optional: funnelOptional,
	run: async (client, input, context) => {
		const answer = await client.flows.funnel(funnelQuery(input, context.now(), context.signal));
		return input.output === 'raw' ? [answer] : funnelRows(answer);
	},
	errors: botErrors,
	summary: counted('row', 'rows'),
	examples: [
		{
			name: 'From the start to a booking',
			input: {
				botId: 'k3v9x2ab',
				...EXAMPLE_RANGE,
				steps: [{ eventId: 'start' }, { eventId: 'booking' }],
			},
		},
	],
});
