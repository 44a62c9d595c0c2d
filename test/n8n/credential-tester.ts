import { ExecuteContext, RoutingNode } from 'n8n-core';
import {
	createRunExecutionData,
	Workflow,
	type ICredentialDataDecryptedObject,
	type INode,
	type INodeType,
} from 'n8n-workflow';
import { workflowOf } from './harness';
import { credentialTypeOf, type Tree } from './tree';

/** What n8n shows after a credential was saved. */
export interface TestOutcome {
	readonly status: 'OK' | 'Error';
	readonly message: string;
}

function memberAt(value: unknown, path: string): unknown {
	return path
		.split('.')
		.reduce<unknown>(
			(rest, name) =>
				typeof rest === 'object' && rest !== null ? (rest as Record<string, unknown>)[name] : undefined,
			value,
		);
}

/**
 * Tests a credential as n8n's server does, which the engine's package does not hold: the test request through
 * n8n's own RoutingNode, then the rules, of which one fails the test when a member equals its value.
 */
export async function testCredential(
	tree: Tree,
	nodeType: string,
	name: string,
	values: ICredentialDataDecryptedObject,
): Promise<TestOutcome> {
	const { test } = credentialTypeOf(tree, name);
	if (!test) throw new Error(`${name} has no test`);
	const { additionalData } = workflowOf({ tree, nodeType, parameters: {}, credentials: { [name]: values } });
	const node: INode = {
		id: 'temp',
		name: 'Temp',
		type: 'temp',
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
		credentials: { [name]: { id: name, name } },
	};
	const type: INodeType = {
		description: {
			displayName: 'Temp',
			name: 'temp',
			group: ['input'],
			version: 1,
			description: '',
			defaults: { name: 'Temp' },
			inputs: [],
			outputs: [],
			credentials: [{ name, required: true }],
			properties: [
				{
					displayName: 'Temp',
					name: 'temp',
					type: 'string',
					routing: { request: test.request },
					default: '',
				},
			],
		},
	};
	const nodeTypes = { getByName: () => type, getByNameAndVersion: () => type, getKnownTypes: () => ({}) };
	const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });
	const data = { main: [[{ json: {} }]] };
	const context = new ExecuteContext(
		workflow,
		node,
		additionalData,
		'internal',
		createRunExecutionData({}),
		0,
		[],
		data,
		{ node, data, source: null },
		[],
	);
	try {
		const answer = await new RoutingNode(context, type, {
			id: name,
			name,
			type: name,
			data: values,
		}).runNode();
		const json = answer?.[0]?.[0]?.json;
		for (const rule of test.rules ?? []) {
			if (rule.type !== 'responseSuccessBody') continue;
			const wanted: unknown = rule.properties.value;
			if (memberAt(json, rule.properties.key) === wanted) {
				return { status: 'Error', message: rule.properties.message };
			}
		}
		return { status: 'OK', message: 'Connection successful!' };
	} catch (error) {
		return { status: 'Error', message: error instanceof Error ? error.message : String(error) };
	}
}
