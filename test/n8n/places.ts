import { services } from '@convoflow/nodes';
import type { Operation, Resource, Service } from '@convoflow/kit';
import type { INodeParameters, NodeParameterValueType } from 'n8n-workflow';

/** The package and the action node of each service. */
const NODES: Readonly<Record<string, { readonly tree: string; readonly nodeType: string }>> = {
	flowai: { tree: 'n8n-nodes-flowai', nodeType: 'flowAi' },
	flowxo: { tree: 'n8n-nodes-flowxo', nodeType: 'flowXo' },
	chatlayer: { tree: 'n8n-nodes-chatlayer', nodeType: 'chatlayer' },
};

/** An operation and where n8n shows it. */
export interface Place {
	readonly service: Service;
	readonly resource: Resource;
	readonly operation: Operation;
	readonly tree: string;
	readonly nodeType: string;
	/** `flowai message sendText`, for the names of tests. */
	readonly title: string;
}

/** Every operation of every service. */
export const PLACES: readonly Place[] = services.flatMap((service: Service) =>
	service.resources.flatMap((resource) =>
		resource.operations.map((operation) => {
			const node = NODES[service.name];
			if (!node) throw new Error(`no n8n package is known for ${service.name}`);
			const title = `${service.name} ${resource.name} ${operation.name}`;
			return { service, resource, operation, ...node, title };
		}),
	),
);

function parameter(operation: Operation, name: string, value: unknown): NodeParameterValueType {
	const field = operation.fields[name] ?? operation.optional[name];
	if (field?.kind === 'locator')
		return { __rl: true, mode: field.idIs === 'Name' ? 'name' : 'id', value: value as string };
	if (field?.kind === 'file') return name;
	if (field?.kind === 'list') return { rows: value as INodeParameters[] };
	if (field?.kind === 'json') return JSON.stringify(value);
	return value as NodeParameterValueType;
}

/** The input of an operation as its form in n8n holds it. */
export function formOf(
	{ resource, operation }: Place,
	input: Readonly<Record<string, unknown>>,
): INodeParameters {
	const parameters: INodeParameters = { resource: resource.name, operation: operation.name };
	const additionalFields: INodeParameters = {};
	for (const [name, value] of Object.entries(input)) {
		const target = name in operation.optional ? additionalFields : parameters;
		target[name] = parameter(operation, name, value);
	}
	return Object.keys(additionalFields).length > 0 ? { ...parameters, additionalFields } : parameters;
}
