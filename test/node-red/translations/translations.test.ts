import {
	ENGLISH,
	LANGUAGES,
	readDictionary,
	readLanguage,
	translateCatalog,
} from '../../../packages/node-red/src/build/language';
import { allTexts, englishTexts } from '../../../packages/node-red/src/build/texts';
import type { Catalog } from '../../../packages/node-red/src/build/catalog';
import type { EditorNode } from '../../../packages/node-red/src/editor/editor-api';
import { exampleText } from '../../../packages/node-red/src/editor/example-text';
import { STATUS_TEXTS } from '../../../packages/node-red/src/runtime/status';
import { readProgress, ROOT } from './check';

/** What a translation must take over: values that are filled in, and code. */
function tokens(text: string): string[] {
	return [...text.matchAll(/__\w+__|\{\w+\}|`[^`]+`/g)].map(([found]) => found).sort();
}

/** The texts of a catalog by their keys. */
function leaves(catalog: Catalog, base = ''): [string, string][] {
	return Object.entries(catalog).flatMap(([key, value]): [string, string][] =>
		typeof value === 'string' ? [[`${base}${key}`, value]] : leaves(value, `${base}${key}.`),
	);
}

const paths = (catalog: Catalog): string[] => leaves(catalog).map(([key]) => key);

/** The skeleton of a help: its headings and lists, without the words. */
function skeleton(help: string): string[] {
	return help
		.split('\n')
		.map((line) => /^(#+|- |: )/.exec(line)?.[1])
		.filter((start) => start !== undefined);
}

describe.each([...LANGUAGES])('in %s', (code) => {
	it('every translation keeps what is filled in, and is written for something', async () => {
		const dictionary = await readDictionary(ROOT, code);
		expect(dictionary.size).toBeGreaterThan(900);
		for (const [english, said] of dictionary) {
			expect(said.trim()).not.toBe('');
			expect([english, tokens(said)]).toEqual([english, tokens(english)]);
		}
	});

	it('a status has room on the canvas', async () => {
		const language = await readLanguage(ROOT, code);
		const long = Object.values(STATUS_TEXTS)
			.map((text) => language.say(text))
			.filter((text) => text.length > 20);
		expect(long).toEqual([]);
	});

	it('a catalog has no key that the English one lacks, and what is missing is left to Node-RED', async () => {
		const language = await readLanguage(ROOT, code);
		for (const { catalog } of allTexts()) {
			const english = new Set(paths(catalog));
			const translated = paths(translateCatalog(catalog, language));
			expect(translated.filter((key) => !english.has(key))).toEqual([]);
		}
	});

	it('a form shows every text that is translated, examples too, though a catalog leaves out what is in the English one', async () => {
		const language = await readLanguage(ROOT, code);
		for (const { type, catalog } of allTexts()) {
			const english = leaves(catalog);
			const shown = new Map([...english, ...leaves(translateCatalog(catalog, language))]);
			const node = { _: (key: string) => shown.get(key) } as EditorNode;
			const wrong = [...english].filter(([key, text]) => {
				const isExample = /\.(operations|options)\..*\.placeholder$/.test(key);
				const said = isExample ? exampleText(node, type, key) : shown.get(key);
				return said !== language.say(text);
			});
			expect(wrong).toEqual([]);
		}
	});

	it('help has the same parts as in English', async () => {
		const language = await readLanguage(ROOT, code);
		for (const { type, help } of allTexts()) {
			const lines = help(language).split('\n');
			expect([type, skeleton(lines.join('\n'))]).toEqual([type, skeleton(help(ENGLISH))]);
			for (const line of lines.filter((one) => one.startsWith(':')))
				expect(line).toMatch(/^: [^:]+ \([^:]+\) : [^:]+$/);
		}
	});
});

it('a text that a language lacks is said in English', async () => {
	const language = await readLanguage(ROOT, 'de');
	const unknown = 'A text that nobody has translated, of {name}';
	expect(language.find(unknown)).toBeUndefined();
	expect(language.say(unknown, { name: 'us' })).toBe('A text that nobody has translated, of us');
	expect(translateCatalog({ known: 'Test connection', unknown }, language)).toEqual({
		known: 'Verbindung testen',
	});
});

it('examples in fields begin as the language has it', async () => {
	const language = await readLanguage(ROOT, 'de');
	expect(language.find('e.g. t-100')).toBe('z. B. t-100');
});

it('the release check counts every text of every language', async () => {
	const total = englishTexts().size;
	for (const { translated, missing } of await readProgress()) expect(translated + missing.length).toBe(total);
});
