import fs from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { actionNodes, configNodes, nodeTypes, triggerNodes } from '../../packages/node-red/src';
import { exampleFlows } from '../../packages/node-red/src/build/examples';
import { makeTempFolder, unpackTarball } from './harness/install';
import { anyNumber, matching } from './harness/matchers';

// What the Flow Library's scorecard asks for (node-red-dev validate), without the network, and what its parser
// of html needs, and more that users of other packages complained about.

type Catalog = { [key: string]: string | Catalog };
type Definition = Record<string, string | number | undefined>;

interface Manifest {
	name: string;
	license: string;
	repository: object;
	engines: { node: string };
	dependencies: Record<string, string>;
	'node-red': { version: string; nodes: Record<string, string> };
}

const flowNodeTypes = [...actionNodes, ...triggerNodes].map(({ type }) => type);
const configTypes = configNodes.map(({ nodeRedType }) => nodeRedType);

/** Every literal member of the object in `X.registerType('literal', { … })`, as the library reads it. */
function readDefinitions(script: string): Map<string, Definition> {
	const found = new Map<string, Definition>();
	const visit = (node: ts.Node): void => {
		if (
			ts.isCallExpression(node) &&
			ts.isPropertyAccessExpression(node.expression) &&
			node.expression.name.text === 'registerType'
		) {
			const [type, definition] = node.arguments;
			if (type && definition && ts.isStringLiteral(type) && ts.isObjectLiteralExpression(definition)) {
				found.set(type.text, literalMembers(definition));
			}
		}
		ts.forEachChild(node, visit);
	};
	visit(ts.createSourceFile('node.js', script, ts.ScriptTarget.Latest));
	return found;
}

function literalMembers(object: ts.ObjectLiteralExpression): Definition {
	const members: Definition = {};
	for (const property of object.properties) {
		if (!ts.isPropertyAssignment(property)) continue;
		const { name, initializer } = property;
		const key = ts.isIdentifier(name) || ts.isStringLiteral(name) ? name.text : '';
		if (ts.isStringLiteral(initializer)) members[key] = initializer.text;
		if (ts.isNumericLiteral(initializer)) members[key] = Number(initializer.text);
	}
	return members;
}

function hasKey(catalog: Catalog, key: string): boolean {
	let value: string | Catalog | undefined = catalog;
	for (const part of key.split('.')) value = typeof value === 'object' ? value[part] : undefined;
	return typeof value === 'string';
}

describe('the packed package', () => {
	let temp: string;
	let folder: string;
	let manifest: Manifest;
	beforeAll(async () => {
		temp = await makeTempFolder('package');
		folder = await unpackTarball(temp);
		manifest = JSON.parse(read('package.json')) as Manifest;
	}, 60_000);
	afterAll(() => fs.rmSync(temp, { recursive: true, force: true }));

	const read = (file: string): string => fs.readFileSync(path.join(folder, file), 'utf8');
	const scripts = (html: string, type: string): string[] =>
		[...html.matchAll(new RegExp(`<script type="${type}"[^>]*>([\\s\\S]*?)</script>`, 'g'))].map(
			(match) => match[1] ?? '',
		);
	const examples = (): { file: string; flow: Record<string, unknown>[] }[] =>
		fs.readdirSync(path.join(folder, 'examples')).map((file) => ({
			file,
			flow: JSON.parse(read(`examples/${file}`)) as Record<string, unknown>[],
		}));

	it('P01, P03, P04: says licence and repository, and has a scope', () => {
		expect(manifest).toMatchObject({ license: 'MIT', repository: { type: 'git' } });
		expect(manifest.name).toMatch(/^@[^/]+\//);
	});

	it('P06, P07: runs on Node-RED 4.1 and later, without an upper bound, and on the oldest Node of the newest', () => {
		expect(manifest['node-red'].version).toBe('>=4.1.0');
		expect(manifest.engines.node).toBe('>=20');
	});

	it('D01, D03: has few dependencies, and takes their newest major', () => {
		expect(manifest.dependencies).toEqual({ undici: matching(/\^8\.\d/), ws: matching(/^\^8\./) });
	});

	it('names every node type, and each file is there with its html and catalog', () => {
		expect(Object.keys(manifest['node-red'].nodes)).toEqual([...nodeTypes].sort());
		for (const file of Object.values(manifest['node-red'].nodes)) {
			const base = path.basename(file, '.js');
			for (const one of [file, file.replace('.js', '.html'), `dist/nodes/locales/en-US/${base}.json`]) {
				expect([one, fs.existsSync(path.join(folder, one))]).toEqual([one, true]);
			}
		}
	});

	it('holds what a user needs and nothing else', () => {
		expect(
			fs
				.readdirSync(folder)
				.filter((name) => name !== 'LICENSE')
				.sort(),
		).toEqual(['README.md', 'dist', 'examples', 'package.json']);
	});

	it('N01: every type begins with its service', () => {
		for (const type of nodeTypes) expect(type).toMatch(/^(flowai|flowxo|chatlayer)-/);
	});

	it('N02: every node has an example of core nodes and ours, with a comment', () => {
		const CORE = ['tab', 'comment', 'inject', 'change', 'debug'];
		for (const { file, flow } of examples()) {
			const types = flow.map(({ type }) => String(type));
			expect([file, types.filter((type) => !CORE.includes(type) && !nodeTypes.includes(type))]).toEqual([
				file,
				[],
			]);
			expect(types).toContain('comment');
		}
		const shown = examples().flatMap(({ flow }) => flow.map(({ type }) => type));
		expect(flowNodeTypes.filter((type) => !shown.includes(type))).toEqual([]);
	});

	it.each([
		['flowai-message', 'message.sendText'],
		['flowai-bot', 'bot.pause'],
		['flowxo-conversation', 'conversation.getMany'],
		['chatlayer-analytics', 'analytics.getConversations'],
	])('%s starts with %s, in its example and from the palette', (type, operation) => {
		const shown = examples().flatMap(({ flow }) => flow.filter((one) => one['type'] === type));
		expect(shown.map((one) => one['operation'])).toEqual([operation]);
		expect(read(`dist/nodes/${type}.html`)).toContain(`"operation": { "value": "${operation}"`);
	});

	it('no example listens at an address that can be guessed', () => {
		const webhooks = examples().flatMap(({ flow }) => flow.filter(({ type }) => type === 'flowai-webhook'));
		expect(webhooks.map((one) => one['path'])).toEqual(['']);
	});

	it('the examples are those of the definitions', () => {
		expect(examples().map(({ flow }) => flow)).toEqual(
			expect.arrayContaining(exampleFlows().map(({ flow }) => flow)),
		);
	});

	describe.each([...nodeTypes])('%s', (type) => {
		let html: string;
		let catalog: Catalog;
		beforeAll(() => {
			html = read(`dist/nodes/${type}.html`);
			catalog = JSON.parse(read(`dist/nodes/locales/en-US/${type}.json`)) as Catalog;
		});

		it('the Flow Library can read its definition', () => {
			const definitions = scripts(html, 'text/javascript').map(readDefinitions);
			expect(definitions).toHaveLength(1);
			expect([...(definitions[0]?.keys() ?? [])]).toEqual([type]);
			const definition = definitions[0]?.get(type);
			if (configTypes.includes(type)) {
				expect(definition?.['category']).toBe('config');
				return;
			}
			expect(definition).toMatchObject({
				category: matching(/^(Flow\.ai|Flow XO|Chatlayer)$/),
				color: matching(/^#[0-9A-F]{6}$/),
				icon: `${type}.svg`,
				inputs: anyNumber(),
				outputs: 1,
			});
			expect(read(`dist/nodes/icons/${type}.svg`)).toMatch(/viewBox="0 0 40 60"/);
		});

		it('fetches no script, keeps its names to itself, and has no address but relative ones', () => {
			expect(html).not.toMatch(/<script[^>]+\bsrc=/);
			const [script = ''] = scripts(html, 'text/javascript');
			expect(script.trim()).toMatch(/^("use strict";\s*)?\(\(\) => \{[\s\S]*\}\)\(\);$/);
			expect(script).not.toMatch(/url: ["'`]\//);
		});

		it('takes its colours from the theme', () => {
			const [script = ''] = scripts(html, 'text/javascript');
			const rest = script.replace(/"?color"?: "#[0-9A-F]{6}"/, '') + scripts(html, 'text/html').join('');
			expect(rest).not.toMatch(/#[0-9a-f]{6}\b|#[0-9a-f]{3}\b(?=[;"'\s])|rgba?\(|hsla?\(/i);
		});

		it('has every text in its catalog', () => {
			const [template = ''] = scripts(html, 'text/html');
			const keys = [...template.matchAll(/data-i18n="([^"]+)"/g)].flatMap((match) =>
				(match[1] ?? '').split(';').map((key) => key.replace(/^\[\w[\w-]*\]/, '')),
			);
			expect(keys.length).toBeGreaterThan(2);
			expect(keys.filter((key) => !hasKey(catalog, key))).toEqual([]);
			const words = template
				.replace(/<style>[\s\S]*?<\/style>/, '')
				.replace(/<[^>]*>/g, '')
				.trim();
			expect(words).toBe('');
		});

		it('has help in the form that Node-RED asks for', () => {
			const [help = ''] = scripts(html, 'text/markdown');
			expect(help.trim().split('\n')[0]).toMatch(/^[A-Z].*\.$/);
			expect(help).toContain('### Details');
			expect(help).not.toMatch(/\*\*/);
			const properties = help.split('\n').filter((line) => line.startsWith(':'));
			expect(properties.length).toBeGreaterThan(0);
			// As the editor takes them apart: a further colon would end the list.
			for (const line of properties)
				expect(line).toMatch(/^: [^:]+ \([^:]+\) : [^:]+\.(<ul>(<li>[^:]+<\/li>)+<\/ul>)?$/);
		});
	});

	it.each([
		['flowai-message', 'Originator role', 'Moderator', 'pauses the bot'],
		['flowai-webhook', 'Verification', 'None', 'can start it'],
	])('%s: the help of %s says what %s means', (type, field, choice, meaning) => {
		const [help = ''] = scripts(read(`dist/nodes/${type}.html`), 'text/markdown');
		const line = help.split('\n').find((one) => new RegExp(`^: \\*?${field}\\*? `).test(one)) ?? '';
		expect(line).toMatch(new RegExp(`<li>\\*${choice}\\* – [^<]*${meaning}`));
	});

	it.each(actionNodes)('$type: every text of every operation is in its catalog', ({ type, operations }) => {
		const catalog = JSON.parse(read(`dist/nodes/locales/en-US/${type}.json`)) as Catalog;
		for (const { id, fields } of operations) {
			const base = `${type}.operations.${id}`;
			const keys = Object.keys(fields).flatMap((name) => [
				`${base}.fields.${name}.label`,
				`${base}.fields.${name}.description`,
			]);
			expect(
				[`${base}.label`, `${base}.action`, `${base}.description`, ...keys].filter(
					(key) => !hasKey(catalog, key),
				),
			).toEqual([]);
		}
	});
});
