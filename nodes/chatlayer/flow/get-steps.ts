import { numberOf, objectsIn } from '@convoflow/client';
import { botQuery, botRange, EXAMPLE_RANGE } from '../bot-series';
import { filters, listOutput } from '../fields';
import { botErrors, counted, listed, operation, row } from '../operation';

/** Lists the steps that follow a path. Chatlayer reference §4.4, GetFlows. */
export const getSteps = operation({
	name: 'getSteps',
	displayName: 'Get Steps',
	action: 'Get flow steps',
	description: 'List the steps that people went to, first or after a path, and how many left there',
	keywords: ['dialog', 'path', 'drop-off', 'flows'],
	effect: 'read',
	returns: 'rows',
	fields: { ...botRange, output: listOutput },
	optional: {
		...filters,
		path: {
			kind: 'string',
			label: 'Path',
			description: 'Steps taken so far, separated by commas; the steps after them are listed',
			placeholder: 'e.g. start,opening-hours',
		},
	},
	run: async (client, input, context) => {
		const answer = await client.flows.steps({
			...botQuery(input, context),
			path: listed(input.path),
		});
		if (input.output === 'raw') return [answer];
		return objectsIn(answer['nodes']).map((step) =>
			row(step, {
				step: 'id',
				occurrences: ({ occurrences }) => numberOf(occurrences),
				// The special value of §5.
				isDropOff: ({ id }) => id === 'DROPOFF',
			}),
		);
	},
	errors: botErrors,
	summary: counted('step', 'steps'),
	examples: [
		{ name: 'Where people begin', input: { botId: 'k3v9x2ab', ...EXAMPLE_RANGE } },
		{ name: 'Where they go next', input: { botId: 'k3v9x2ab', ...EXAMPLE_RANGE, path: 'start' } },
	],
});
