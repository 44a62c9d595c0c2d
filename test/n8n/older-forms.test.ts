import type { FlowXoClient } from '@convoflow/client';
import { credentials, flowXoApi } from '@convoflow/credentials';
import { operationsFor, versionsOf, type Service } from '@convoflow/kit';
import { flowXo } from '@convoflow/nodes';
import { NodeConnectionTypes, NodeHelpers, type INodeParameters, type INodeType } from 'n8n-workflow';
import { serviceProperties } from '../../packages/n8n-host/src/generate/service-properties';
import { executeService } from '../../packages/n8n-host/src/execute';
import { runNode, type RunResult } from './harness';
import { loadTree } from './tree';

/**
 * An operation whose form has changed twice: what was Name became Title in 1.1, and Loud became Volume in 1.2.
 */
const say = operationsFor<FlowXoClient>(
	'flowxo',
	'flowXoApi',
)({
	name: 'say',
	displayName: 'Say',
	action: 'Say',
	description: 'Say',
	effect: 'read',
	makesNoRequests: true,
	returns: 'one',
	fields: {
		title: { kind: 'string', label: 'Title', description: 'Title', required: true },
		volume: { kind: 'number', label: 'Volume', description: 'Volume', default: 5 },
	},
	older: [
		{
			before: 1.1,
			fields: { name: { kind: 'string', label: 'Name', description: 'Name' } },
			without: ['title'],
			migrate: ({ name, ...rest }) => ({ ...rest, title: name }),
		},
		{
			before: 1.2,
			fields: { loud: { kind: 'boolean', label: 'Loud', description: 'Whether it is loud', default: false } },
			without: ['volume'],
			migrate: ({ loud, ...rest }) => ({ ...rest, volume: loud === true ? 10 : 1 }),
		},
	],
	run: (_client, { title, volume }) => Promise.resolve({ title, volume }),
	examples: [{ name: 'One', input: { title: 'Hello' } }],
});

const service: Service = {
	...flowXo,
	resources: [
		{ name: 'word', displayName: 'Word', description: 'Words', nodeRedType: 'word', operations: [say] },
	],
};

const type: INodeType = {
	description: {
		displayName: 'Words',
		name: 'words',
		group: ['transform'],
		version: versionsOf(service),
		defaultVersion: 1.2,
		description: 'Words',
		defaults: { name: 'Words' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'flowXoApi', required: true }],
		properties: serviceProperties(service, new Map()),
	},
	async execute() {
		return await executeService(this, service, credentials);
	},
};

/** Runs a node as it was saved. */
async function run(typeVersion: number, saved: INodeParameters): Promise<RunResult> {
	return await runNode({
		tree: await loadTree('n8n-nodes-flowxo'),
		nodeType: 'words',
		type,
		typeVersion,
		credentials: { [flowXoApi.name]: { apiKey: 'k', baseUrl: 'http://127.0.0.1:9' } },
		parameters: { resource: 'word', operation: 'say', ...saved },
	});
}

/** Names of the fields that the form of a version shows. */
function shown(typeVersion: number): string[] {
	const chosen = { resource: 'word', operation: 'say' };
	const { properties } = type.description;
	const values = NodeHelpers.getNodeParameters(
		properties,
		chosen,
		true,
		false,
		{ typeVersion },
		type.description,
	);
	return Object.keys(values ?? {}).filter((name) => !['resource', 'operation', 'options'].includes(name));
}

describe('a saved workflow of an older version', () => {
	it.each([
		[1, { name: 'Hello', loud: true }, { title: 'Hello', volume: 10 }],
		[1, { name: 'Hello' }, { title: 'Hello', volume: 1 }],
		[1.1, { title: 'Hello', loud: true }, { title: 'Hello', volume: 10 }],
		[1.2, { title: 'Hello', volume: 7 }, { title: 'Hello', volume: 7 }],
		[1.2, { title: 'Hello' }, { title: 'Hello', volume: 5 }],
	])('of %d with %j goes on running', async (version, saved, expected) => {
		const { error, items } = await run(version, saved);
		expect(error).toBeUndefined();
		expect(items[0]?.map(({ json }) => json)).toEqual([expected]);
	});

	it('takes older fields from expressions too', async () => {
		const { items } = await run(1, { name: '={{ "Hel" + "lo" }}', loud: '={{ 1 < 2 }}' });
		expect(items[0]?.[0]?.json).toEqual({ title: 'Hello', volume: 10 });
	});

	it('is refused by the name that its form shows no more only when it is empty', async () => {
		const { error } = await run(1, { loud: true });
		expect(error?.message).toContain('Title');
	});

	it('shows the form that it was filled in with', () => {
		expect([1, 1.1, 1.2].map((version) => shown(version).sort())).toEqual([
			['loud', 'name'],
			['loud', 'title'],
			['title', 'volume'],
		]);
	});
});

it('nodes have the versions that their operations have had', () => {
	expect(versionsOf(service)).toEqual([1, 1.1, 1.2]);
	expect(versionsOf(flowXo)[0]).toBe(1);
});
