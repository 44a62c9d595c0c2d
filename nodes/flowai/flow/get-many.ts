import { flowRow, managementOperation, project, projectErrors } from './fields';

/** Lists the flows of a project. 001, Management API, List all Flows. */
export const getMany = managementOperation({
	name: 'getMany',
	displayName: 'Get Many',
	action: 'Get many flows',
	description: 'List the flows of a project with their steps',
	keywords: ['list', 'intents', 'steps', 'design', 'management'],
	effect: 'read',
	returns: 'many',
	fields: {},
	optional: {
		...project,
		skip: {
			kind: 'number',
			label: 'Skip',
			description: 'Number of flows to leave out from the start of the list',
			placeholder: 'e.g. 50',
			integer: true,
			min: 0,
		},
	},
	run: (client, { projectId, skip }, { limit, signal }) => client.flows({ projectId, skip, limit, signal }),
	simplify: (rows) => rows.map(flowRow),
	errors: projectErrors,
	summary: (rows) => (rows === 1 ? '1 flow' : `${rows} flows`),
	examples: [
		{ name: 'The first flows', input: { limit: 5 } },
		{
			name: 'Every flow of a project that is named, as it came',
			input: { projectId: 'pr-1', returnAll: true, simplify: false },
		},
	],
});
