import type { LocatorField } from '@convoflow/kit';
import { searchFlows } from '../searches';
import { flowRow, managementOperation, project, projectErrors } from './fields';

const flowId = {
	kind: 'locator',
	thing: 'flow',
	label: 'Flow',
	description: 'The flow to read',
	placeholder: 'e.g. 5bb1b2c3d4e5f60718293a4b',
	modes: ['id'],
	search: searchFlows,
	required: true,
	from: 'flowId',
} as const satisfies LocatorField;

/** Reads one flow of a project. 001, Management API: there is no call for one, so it is found in the list. */
export const get = managementOperation({
	name: 'get',
	displayName: 'Get',
	action: 'Get flow',
	description: 'Read one flow of a project with its steps',
	keywords: ['intents', 'steps', 'design', 'management'],
	effect: 'read',
	returns: 'one',
	fields: { flowId },
	optional: project,
	run: async (client, input, { signal }) =>
		await client.flow(input.flowId, { projectId: input.projectId, signal }),
	simplify: (rows) => rows.map(flowRow),
	errors: projectErrors,
	summary: (_rows, input) => `Flow ${input.flowId}`,
	examples: [
		{ name: 'Simplified', input: { flowId: 'fl-3' } },
		{ name: 'As it came', input: { flowId: 'fl-2', projectId: 'pr-1', simplify: false } },
	],
});
