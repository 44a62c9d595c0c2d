import { isObject, numberOf, objectsIn } from '@convoflow/client';
import { botQuery, botRange, EXAMPLE_RANGE } from '../bot-series';
import { filters, listOutput } from '../fields';
import { counted, operation, row, thingErrors } from '../operation';
import { stepId } from './step-id';

/** Lists the steps before or after one. Chatlayer reference §4.4, GetFlowStepEdges. */
export const getStepEdges = operation({
	name: 'getStepEdges',
	displayName: 'Get Step Edges',
	action: 'Get edges of flow step',
	description: 'List the steps from which people came to a step, or to which they went from there',
	keywords: ['dialog', 'path', 'sources', 'targets'],
	effect: 'read',
	returns: 'rows',
	fields: {
		...botRange,
		stepId,
		direction: {
			kind: 'options',
			label: 'Direction',
			description: 'Which edges to list',
			options: [
				{ value: 'sources', label: 'From Where', description: 'The steps before' },
				{ value: 'targets', label: 'To Where', description: 'The steps after' },
			],
			default: 'targets',
			open: true,
		},
		output: listOutput,
	},
	optional: filters,
	run: async (client, input, context) => {
		const answer = await client.flows.edges({
			...botQuery(input, context),
			stepId: input.stepId,
			type: input.direction,
		});
		if (input.output === 'raw') return [answer];
		const part = (name: string, member: string) => (edge: Parameters<typeof row>[0]) => {
			const step = edge[name];
			return isObject(step) ? step[member] : undefined;
		};
		return objectsIn(answer['edges']).map((edge) =>
			row(edge, {
				fromStep: part('from_step', 'id'),
				fromType: part('from_step', 'type'),
				toStep: part('to_step', 'id'),
				toType: part('to_step', 'type'),
				count: ({ count }) => numberOf(count),
			}),
		);
	},
	errors: thingErrors('step', 'Step ID'),
	summary: counted('edge', 'edges'),
	examples: [
		{ name: 'Where people went', input: { botId: 'k3v9x2ab', ...EXAMPLE_RANGE, stepId: 'start' } },
		{
			name: 'Where they came from',
			input: { botId: 'k3v9x2ab', ...EXAMPLE_RANGE, stepId: 'booking', direction: 'sources' },
		},
	],
});
