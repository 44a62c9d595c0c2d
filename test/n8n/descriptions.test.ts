import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { formFields, runOptions } from '@convoflow/kit';
import { NodeHelpers, type INodeParameters, type INodeProperties } from 'n8n-workflow';
import { workflowOf } from './harness';
import { contrast } from './contrast';
import { PLACES } from './services';
import { loadTree, nodeTypeOf, TREES } from './tree';
import { choicesOf, formOf } from './walk-properties';

/** Resource and operation at which a new node opens. */
const START: Readonly<Record<string, readonly string[]>> = {
	flowAi: ['message', 'sendText'],
	flowXo: ['conversation', 'getMany'],
	chatlayer: ['analytics', 'getConversations'],
};
const ACTIONS = [...new Map(PLACES.map((place) => [place.nodeType, place])).values()];

describe.each(TREES)('%s', (name) => {
	it('loads every class that its manifest registers', async () => {
		const { loader, dir } = await loadTree(name);
		const { n8n } = JSON.parse(await readFile(join(dir, 'package.json'), 'utf8')) as {
			n8n: { nodes: string[]; credentials: string[] };
		};
		expect(Object.keys(loader.nodeTypes)).toHaveLength(n8n.nodes.length);
		expect(Object.keys(loader.credentialTypes)).toHaveLength(n8n.credentials.length);
	});

	it('has n8n hide what is as good as a password in what its node puts out', async () => {
		const [{ nodeType = '' } = {}] = PLACES.filter(({ tree }) => tree === name);
		const { description } = nodeTypeOf(await loadTree(name), nodeType);
		// The cookie of a session, in the answer to a request of one's own.
		expect(description.sensitiveOutputFields).toEqual(['headers.set-cookie']);
	});

	it('has icons for light and dark surfaces that can be seen on both', async () => {
		const { loader, dir } = await loadTree(name);
		const icons = [...loader.types.nodes, ...loader.types.credentials].map(({ iconUrl }) => iconUrl);
		for (const icon of icons) {
			if (typeof icon !== 'object') throw new Error('an icon is missing');
			const paths = [icon.light, icon.dark].map((url) =>
				join(dir, 'dist', url.slice(url.indexOf('/dist/') + 6)),
			);
			expect(new Set(paths).size).toBe(2);
			for (const path of paths) {
				expect(existsSync(path)).toBe(true);
				const [fill] = /#[0-9a-f]{6}/i.exec(await readFile(path, 'utf8')) ?? [];
				for (const surface of ['#ffffff', '#2b2b2b'])
					expect(contrast(fill ?? surface, surface)).toBeGreaterThan(1.5);
			}
		}
	});

	it('is found in the node panel by category, aliases and documentation', async () => {
		const { loader } = await loadTree(name);
		for (const { description } of Object.values(loader.nodeTypes).map(({ type }) =>
			NodeHelpers.getVersionedNodeType(type),
		)) {
			expect(description.codex?.categories).toContain('Communication');
			expect(description.codex?.alias?.length).toBeGreaterThan(2);
			expect(description.codex?.resources?.primaryDocumentation?.[0]?.url).toMatch(/^https:\/\//);
		}
	});
});

/** The outputs that n8n draws for a node with these parameters. */
async function outputsOf(nodeType: string, tree: string, parameters: INodeParameters): Promise<unknown[]> {
	const loaded = await loadTree(tree);
	const { description } = nodeTypeOf(loaded, nodeType);
	const { workflow, node } = workflowOf({ tree: loaded, nodeType, parameters });
	const outputs = NodeHelpers.getNodeOutputs(workflow, node, description);
	return outputs.map((one) => (typeof one === 'string' ? one : (one.displayName ?? one.type)));
}

describe.each(
	PLACES.filter(({ operation }) => operation.outputs).map((place) => [place.title, place] as const),
)('%s', (_title, { tree, nodeType, resource, operation }) => {
	it('has an output for each way out once they are asked for', async () => {
		const { when, labels } = operation.outputs ?? { when: { field: '', is: '' }, labels: [] };
		const chosen = { resource: resource.name, operation: operation.name };
		expect(await outputsOf(nodeType, tree, chosen)).toEqual(['main']);
		expect(await outputsOf(nodeType, tree, { ...chosen, [when.field]: when.is })).toEqual(labels);
	});
});

describe.each(ACTIONS.map((place) => [place.nodeType, place] as const))(
	'action node %s',
	(nodeType, { tree, service }) => {
		it('can be used as a tool and has an output for failed items on request', async () => {
			const { description } = nodeTypeOf(await loadTree(tree), nodeType);
			expect(description).toMatchObject({
				usableAsTool: true,
				version: 1,
				inputs: ['main'],
			});
			expect(await outputsOf(nodeType, tree, {})).toEqual(['main']);
			expect(description.defaults.name).toBe(description.displayName);
		});

		it('opens at what most people come for', async () => {
			const { properties } = nodeTypeOf(await loadTree(tree), nodeType).description;
			const opened: unknown[] = [];
			for (const property of properties) {
				const isShown = property.displayOptions?.show?.['resource']?.includes(String(opened[0]));
				if (property.name === 'resource' || (property.name === 'operation' && isShown))
					opened.push(property.default);
			}
			expect(opened).toEqual(START[nodeType]);
		});

		it('offers every resource and operation in alphabetical order, each with a sentence', async () => {
			const { properties } = nodeTypeOf(await loadTree(tree), nodeType).description;
			const resources = properties.find(({ name }) => name === 'resource');
			expect(
				choicesOf(resources as INodeProperties)
					.map(({ value }) => value)
					.sort(),
			).toEqual(service.resources.map(({ name }) => name).sort());
			for (const { name, operations } of service.resources) {
				const property = properties.find(
					(one) => one.name === 'operation' && one.displayOptions?.show?.['resource']?.includes(name),
				);
				const offered = choicesOf(property as INodeProperties);
				expect(offered.map(({ value }) => value).sort()).toEqual(operations.map((one) => one.name).sort());
				expect(offered.map((one) => one.name)).toEqual(
					offered.map((one) => one.name).sort((a, b) => a.localeCompare(b)),
				);
				for (const { action, description } of offered) expect([action, description]).not.toContain(undefined);
			}
		});
	},
);

describe.each(PLACES.map((place) => [place.title, place] as const))(
	'%s',
	(_title, { tree, nodeType, resource, operation }) => {
		it('has a form of exactly its fields, in their order', async () => {
			const { description } = nodeTypeOf(await loadTree(tree), nodeType);
			const form = formOf(description, resource.name, operation.name);
			const additional = form.find(({ name }) => name === 'additionalFields');
			const options = form.find(({ name }) => name === 'options');
			const collections = [additional, options];
			const fields = form.filter((one) => one.type !== 'notice' && !collections.includes(one));
			expect(fields.map(({ name }) => name)).toEqual([
				...Object.keys(formFields(operation)),
				...(operation.simplify ? ['toolOutput', 'toolFields'] : []),
				...(operation.returns === 'file' ? ['outputBinaryField'] : []),
			]);
			expect((options?.options ?? []).map(({ name }) => name).sort()).toEqual(
				Object.keys(runOptions(operation)).sort(),
			);
			expect((additional?.options ?? []).map(({ name }) => name).sort()).toEqual(
				Object.keys(operation.optional).sort(),
			);
		});

		it('has defaults that n8n resolves', async () => {
			const { description } = nodeTypeOf(await loadTree(tree), nodeType);
			const chosen = { resource: resource.name, operation: operation.name };
			const resolved = NodeHelpers.getNodeParameters(
				description.properties,
				chosen,
				true,
				false,
				null,
				description,
			);
			for (const [name, field] of Object.entries(operation.fields)) {
				if (field.showWhen) continue;
				expect(resolved).toHaveProperty(name);
				if (field.default !== undefined && field.kind !== 'locator')
					expect(resolved?.[name]).toEqual(field.default);
			}
		});
	},
);
