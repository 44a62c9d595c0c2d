import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { NodeHelpers, type INode } from 'n8n-workflow';
import { nodeTypeOf, loadTree, TREES } from './tree';

const ROOT = join(__dirname, '../..');

/** An example as people paste it onto the canvas. */
interface Example {
	readonly nodes: readonly INode[];
	readonly connections: object;
}

describe.each(TREES)('the README of %s', (name) => {
	const folder = join(ROOT, 'build/n8n', name);
	const text = readFileSync(join(folder, 'README.md'), 'utf8');

	it('has what n8n asks for: operations, credentials, examples, an install', () => {
		for (const heading of ['Install', 'Nodes', 'Credentials', 'Example workflows'])
			expect(text).toContain(`\n## ${heading}\n`);
		expect(text).toContain('| Resource | Operation | What it does | Safe to repeat |');
	});

	it('shows pictures, examples and templates that its repository holds', () => {
		const own = new RegExp(
			`https://[^)]*/${name}/(?:blob/)?main/((?:pictures|examples|templates)/[^)]+)`,
			'g',
		);
		const linked = [...text.matchAll(own)].map(([, path = '']) => path);
		const held = ['pictures', 'examples', 'templates'].flatMap((part) =>
			readdirSync(join(folder, part)).map((file) => `${part}/${file}`),
		);
		expect(linked.filter((path) => !held.includes(path))).toEqual([]);
		expect(held.filter((path) => !path.startsWith('pictures/') && !linked.includes(path))).toEqual([]);
	});

	it('names every node and every credential, and shows the form of every node in light and dark', async () => {
		const { loader } = await loadTree(name);
		const nodes = Object.entries(loader.nodeTypes);
		const wanted = nodes.flatMap(([node]) => [`pictures/${node}.light.png`, `pictures/${node}.dark.png`]);
		expect(wanted.filter((path) => !text.includes(path))).toEqual([]);
		const names = [
			...nodes.map(([, { type }]) => NodeHelpers.getVersionedNodeType(type).description.displayName),
			...Object.values(loader.credentialTypes).map(({ type }) => type.displayName),
		];
		expect(names.filter((one) => !text.includes(one))).toEqual([]);
	});

	it.each(
		['examples', 'templates'].flatMap((part) =>
			readdirSync(join(folder, part)).map((file) => `${part}/${file}`),
		),
	)('has a workflow that its nodes understand: %s', async (file) => {
		const example = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Example;
		const tree = await loadTree(name);
		const own = example.nodes.filter(({ type }) => type.startsWith(`${name}.`));
		expect(own.length).toBeGreaterThan(0);
		for (const node of own) {
			// As a tool of an agent n8n gives a node a name and a field more.
			const { description } = nodeTypeOf(tree, node.type.slice(name.length + 1).replace(/Tool$/, ''));
			const { properties } = description;
			const { descriptionType, ...parameters } = node.parameters;
			expect(descriptionType).toBe(node.type.endsWith('Tool') ? 'auto' : undefined);
			const known = NodeHelpers.getNodeParameters(properties, parameters, true, false, node, description);
			// n8n drops what it does not know.
			expect(known).toMatchObject(parameters);
			const issues = NodeHelpers.getNodeParametersIssues(properties, node, description);
			// Which bot it is only the user knows; n8n shows that it is missing.
			const left = file.startsWith('templates/') && 'botId' in parameters ? ['botId'] : [];
			expect(Object.keys(issues?.parameters ?? {})).toEqual(left);
			expect(node.credentials).toBeUndefined();
		}
	});
});
