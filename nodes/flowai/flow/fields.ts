import { objectsIn, type FlowAiManagementClient, type JsonObject } from '@convoflow/client';
import { operationsFor, type FieldMap } from '@convoflow/kit';

/** Defines an operation of the Management API. */
export const managementOperation = operationsFor<FlowAiManagementClient>('flowai', 'flowAiManagementApi');

/** The project whose flows are read. */
export const project = {
	projectId: {
		kind: 'string',
		label: 'Project ID',
		description: 'The project to read; the one in the credential when empty',
		placeholder: 'e.g. 5aa1b2c3d4e5f60718293a4b',
		from: 'projectId',
	},
} as const satisfies FieldMap;

/** What a missing project means. */
export const projectErrors = {
	FLOWAI_NOT_FOUND: {
		code: 'FLOWAI_PROJECT_NOT_FOUND',
		message: 'Flow.ai does not know this project',
		advice:
			'Check the project ID, here and in the credential; the management key must belong to its organisation.',
	},
} as const;

/** A flow in a flat row. Steps, intents and actions come as objects or as ids only (Flow.ai reference §7). */
export function flowRow(flow: JsonObject): JsonObject {
	return {
		flowId: flow['flowId'] ?? null,
		title: flow['title'] ?? null,
		group: flow['group'] ?? null,
		disabled: flow['disabled'] ?? null,
		steps: objectsIn(flow['steps']).map((step) => step['title'] ?? ''),
		createdAt: flow['createdAt'] ?? null,
		projectId: flow['projectId'] ?? null,
	};
}
