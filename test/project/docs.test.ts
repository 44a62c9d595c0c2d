import { existsSync, globSync } from 'node:fs';
import { join } from 'node:path';
import { credentials, secretSets } from '@convoflow/credentials';
import ts from 'typescript';
import { anchorsOf, blocksOf, brokenLinks, documents, read } from './documents';
import { errorCodes } from './error-codes';
import { nodePages } from './node-pages';
import { operationsPage } from './operations-page';
import { readmes } from './readmes';
import { typeTroubles } from './type-troubles';

const root = join(__dirname, '../..');
const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
const withBlocks = (language: RegExp) =>
	documents.flatMap((file) =>
		blocksOf(file)
			.filter((block) => language.test(block.language))
			.map(({ text }, index) => ({ file, text, index })),
	);

describe('the documentation', () => {
	it.each([...credentials, ...secretSets].map(({ name, documentationUrl }) => ({ name, documentationUrl })))(
		'has the section that $name leads to',
		({ documentationUrl }) => {
			const [, file = '', fragment = ''] = /\/blob\/main\/(.+)#(.+)$/.exec(documentationUrl) ?? [];
			expect(anchorsOf(file)).toContain(fragment);
		},
	);

	it('links to files and headings that exist', () => {
		const broken = Object.fromEntries(documents.map((file) => [file, brokenLinks(file)]));
		expect(Object.entries(broken).filter(([, links]) => links.length > 0)).toEqual([]);
	});

	it('holds JSON that parses', () => {
		const blocks = withBlocks(/^json$/);
		expect(blocks.length).toBeGreaterThan(90);
		for (const { file, text } of blocks) {
			expect({ file, value: JSON.parse(text) as unknown }).toHaveProperty('value');
		}
	});

	it('names commands of the project that exist', () => {
		const unknown = documents.flatMap((file) =>
			[...read(file).matchAll(/npm run ([a-z][\w:-]*)/g)]
				.map(([, name = '']) => name)
				.filter((name) => !(name in scripts))
				.map((name) => `${file}: npm run ${name}`),
		);
		expect(unknown).toEqual([]);
	});

	it('holds TypeScript that parses, as a whole or as the members of an object', () => {
		const blocks = withBlocks(/^(ts|typescript)$/);
		expect(blocks.length).toBeGreaterThan(3);
		const troubles = (text: string) =>
			ts.transpileModule(text, { reportDiagnostics: true }).diagnostics?.map((one) => one.messageText) ?? [];
		for (const { file, text } of blocks) {
			const trouble = troubles(text);
			const isFine = trouble.length === 0 || troubles(`export default {\n${text}\n};`).length === 0;
			expect({ file, trouble: isFine ? [] : trouble }).toEqual({ file, trouble: [] });
		}
	});

	it('holds a worked example of an operation that type-checks where it belongs', () => {
		const page = read('docs/adding-an-operation.md');
		const [, path = ''] = /Write `(nodes\/[\w/.-]+\.ts)`/.exec(page) ?? [];
		const [text = ''] = blocksOf('docs/adding-an-operation.md')
			.filter((block) => block.text.includes('export const get = operation('))
			.map((block) => block.text);
		expect(text).not.toBe('');
		expect(typeTroubles(join(root, path), text)).toEqual([]);
		expect(typeTroubles(join(root, path), text.replace('client.account', 'client.acount'))).not.toEqual([]);
	});

	it('has every page of its own in the menu of the site', () => {
		const menu = read('docs/site/navigation.mjs');
		const folders = [...menu.matchAll(/folder: '([\w/]+)'/g)].map(([, folder = '']) => `docs/${folder}`);
		const pages = documents.filter(
			(file) => file.startsWith('docs/') && !folders.some((one) => file.startsWith(one)),
		);
		expect(pages.filter((file) => !menu.includes(`'${file.slice('docs/'.length, -'.md'.length)}'`))).toEqual(
			[],
		);
	});

	it('names only tests in its page on security that exist', () => {
		const files = [...read('docs/security.md').matchAll(/`(test\/[\w./-]+)`/g)].map(([, file = '']) => file);
		expect(files.filter((file) => !existsSync(join(root, file)))).toEqual([]);
	});
});

describe('troubleshooting', () => {
	const page = 'docs/troubleshooting.md';
	const codes = errorCodes(root);
	/** Codes that have a heading, or stand in the line of those that services share. */
	const described = [
		...read(page).matchAll(/^### ((?:CONVOFLOW|FLOWAI|FLOWXO|CHATLAYER)_\w+)$/gm),
		...read(page)
			.split('\n')
			.filter((line) => /^(`[A-Z_]+`(, )?)+$/.test(line))
			.flatMap((line) => [...line.matchAll(/`([A-Z_]+)`/g)]),
	].map(([, code = '']) => code);

	it('has an entry for every code in the source', () => {
		expect(codes.length).toBeGreaterThan(80);
		expect(codes.filter((code) => !described.includes(code))).toEqual([]);
	});

	it('has no entry for a code that is gone', () => {
		expect(described.filter((code) => !codes.includes(code))).toEqual([]);
	});

	it('says in every entry what to do', () => {
		const entries = read(page).split(/^### /m).slice(1);
		expect(entries.filter((entry) => !entry.includes('**What to do:**'))).toEqual([]);
	});
});

describe('what is written from the definitions (npm run samples writes it)', () => {
	it('has today’s operations on their page', () => {
		expect(read('docs/operations.md')).toBe(operationsPage());
	});

	it('has today’s operations, credentials, figures and common words in every README', () => {
		for (const { path, text } of readmes(root)) expect({ path, text: read(path) }).toEqual({ path, text });
	});

	it('has a page for each node of today, and no other', () => {
		const pages = nodePages(root);
		expect(globSync('docs/nodes/*', { cwd: root }).sort()).toEqual(
			pages.map(({ path }) => `docs/${path}`).sort(),
		);
		for (const { path, text } of pages) expect({ path, text: read(`docs/${path}`) }).toEqual({ path, text });
	});
});
