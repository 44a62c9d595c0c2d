import { services } from '@convoflow/nodes';
import fs from 'node:fs';
import path from 'node:path';
import { actionNodes, configNodes, nodeTypes } from '../../packages/node-red/src';
import { exampleFlows } from '../../packages/node-red/src/build/examples';
import { makeTempFolder, unpackTarball } from './harness/install';
import { anyNumber, matching } from './harness/matchers';
import { readDefinitions, scriptsOf } from './scorecard/definitions';
import { readScorecard, SCORECARD_IDS } from './scorecard/checks';

// What the Flow Library's scorecard asks for (node-red-dev validate), without the network, and what its parser
// of html needs, and more that users of other packages complained about.

type Catalog = { [key: string]: string | Catalog };

interface Manifest {
	'node-red': { nodes: Record<string, string> };
}

const configTypes = configNodes.map(({ nodeRedType }) => nodeRedType);

/** The file with the html or the English catalog of a node: one for all nodes of a service. */
function setOf(type: string, kind: 'html' | 'json'): string {
	const [name = ''] = type.split('-');
	return kind === 'html' ? `dist/nodes/${name}.html` : `dist/nodes/locales/en-US/${name}.json`;
}

/** The template or the help of a node. */
function scriptOf(html: string, what: 'template' | 'help', type: string): string {
	const pattern = new RegExp(`<script [^>]*data-${what}-name="${type}"[^>]*>([\\s\\S]*?)</script>`);
	return pattern.exec(html)?.[1] ?? '';
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
	const examples = (): { file: string; flow: Record<string, unknown>[] }[] =>
		fs.readdirSync(path.join(folder, 'examples')).map((file) => ({
			file,
			flow: JSON.parse(read(`examples/${file}`)) as Record<string, unknown>[],
		}));

	it('the scorecard of the Flow Library is green', () => {
		const cards = readScorecard(folder);
		expect(cards.map(({ id }) => id)).toEqual(SCORECARD_IDS);
		expect(cards.filter(({ isGood }) => !isGood)).toEqual([]);
	});

	it('names a file for the nodes of each service, and each is there with its html and catalog', () => {
		expect(Object.keys(manifest['node-red'].nodes)).toEqual(services.map(({ name }) => name));
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

	it('names its classes, so that a stack says where an error comes from', () => {
		for (const name of ['ServiceLink', 'FlowAiStream', 'HttpClient', 'ConvoflowError'])
			expect(read('dist/lib/runtime.js')).toMatch(new RegExp(`\\b${name}=class\\b`));
	});

	it('is small: at most 500 kB to download', () => {
		const [tarball = ''] = fs.readdirSync(temp).filter((name) => name.endsWith('.tgz'));
		expect(fs.statSync(path.join(temp, tarball)).size).toBeLessThanOrEqual(500_000);
	});

	it('every node has an example, explained by a comment', () => {
		for (const { file, flow } of examples())
			expect([file, flow.some(({ type }) => type === 'comment')]).toEqual([file, true]);
	});

	it.each([
		['flowai-message', 'message.sendText'],
		['flowai-bot', 'bot.pause'],
		['flowxo-conversation', 'conversation.getMany'],
		['chatlayer-analytics', 'analytics.getConversations'],
	])('%s starts with %s, in its example and from the palette', (type, operation) => {
		const shown = examples().flatMap(({ flow }) => flow.filter((one) => one['id'] === `${type}.node`));
		expect(shown.map((one) => one['operation'])).toEqual([operation]);
		const [definition = ''] = read(setOf(type, 'html')).split(`registerType("${type}",`).slice(1);
		expect(/"operation": \{ "value": "([^"]+)"/.exec(definition)?.[1]).toBe(operation);
	});

	it('no example listens at an address that can be guessed', () => {
		const webhooks = examples().flatMap(({ flow }) => flow.filter(({ type }) => type === 'flowai-webhook'));
		expect(webhooks.length).toBeGreaterThan(3);
		expect(webhooks.filter((one) => one['path'] !== '')).toEqual([]);
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
			html = read(setOf(type, 'html'));
			catalog = JSON.parse(read(setOf(type, 'json'))) as Catalog;
		});

		it('the Flow Library can read its definition', () => {
			const definitions = scriptsOf(html, 'text/javascript').map(readDefinitions);
			expect(definitions).toHaveLength(1);
			expect([...(definitions[0]?.keys() ?? [])].filter((one) => one === type)).toEqual([type]);
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
			const [script = ''] = scriptsOf(html, 'text/javascript');
			expect(script.trim()).toMatch(/^("use strict";\s*)?\(\(\) => \{[\s\S]*\}\)\(\);$/);
			expect(script).not.toMatch(/url: ["'`]\//);
		});

		it('takes its colours from the theme', () => {
			const [script = ''] = scriptsOf(html, 'text/javascript');
			const rest = script.replace(/"?color"?: "#[0-9A-F]{6}"/g, '') + scriptsOf(html, 'text/html').join('');
			expect(rest).not.toMatch(/#[0-9a-f]{6}\b|#[0-9a-f]{3}\b(?=[;"'\s])|rgba?\(|hsla?\(/i);
		});

		it('has every text in its catalog', () => {
			const template = scriptOf(html, 'template', type);
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
			const help = scriptOf(html, 'help', type);
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
		const help = scriptOf(read(setOf(type, 'html')), 'help', type);
		const line = help.split('\n').find((one) => new RegExp(`^: \\*?${field}\\*? `).test(one)) ?? '';
		expect(line).toMatch(new RegExp(`<li>\\*${choice}\\* – [^<]*${meaning}`));
	});

	it.each(actionNodes)('$type: every text of every operation is in its catalog', ({ type, operations }) => {
		const catalog = JSON.parse(read(setOf(type, 'json'))) as Catalog;
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
