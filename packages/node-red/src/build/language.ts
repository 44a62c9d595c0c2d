import fs from 'node:fs/promises';
import path from 'node:path';
import { EXAMPLE, FOR_EXAMPLE } from '../editor/example-text';
import type { Catalog } from './catalog';

/** Languages beside English, by the names of Node-RED's folders: a base serves its regions, such as es-ES. */
export const LANGUAGES = ['de', 'nl', 'es', 'pt-BR', 'ja'] as const;
export type LanguageCode = (typeof LANGUAGES)[number];

/** An example in a field, as a language has it; undefined where the text is none. */
function exampleIn(find: Language['find'], english: string): string | undefined {
	if (!english.startsWith(FOR_EXAMPLE)) return undefined;
	return find(EXAMPLE)?.replace('…', () => english.slice(FOR_EXAMPLE.length));
}

/** How a text is said in a language. */
export interface Language {
	/** As the folder of its catalogs is named. */
	readonly code: string;
	/** Ends a sentence. */
	readonly stop: string;
	/** The text in this language, undefined where it is not translated yet. */
	find(english: string): string | undefined;
	/**
	 * The text in this language, or in English, with its `{names}` replaced.
	 * @param values by name
	 */
	say(english: string, values?: Readonly<Record<string, string>>): string;
}

/** Replaces the `{names}` that have a value; braces that mean something else stay. */
function fill(text: string, values: Readonly<Record<string, string>>): string {
	return text.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}

/** Makes a language from what finds its texts. */
export function languageOf(
	code: string,
	stop: string,
	find: (english: string) => string | undefined,
): Language {
	return { code, stop, find, say: (english, values = {}) => fill(find(english) ?? english, values) };
}

/** The language that everything is written in first. */
export const ENGLISH: Language = languageOf('en-US', '.', (text) => text);

type Dictionary = Readonly<Record<string, string>>;

/** Folder of the dictionaries, in the package. */
const FOLDER = 'packages/node-red/translations';

async function readJson<T>(file: string): Promise<T> {
	return JSON.parse(await fs.readFile(file, 'utf8')) as T;
}

/** Everything a language's dictionaries hold, by the English text. */
export async function readDictionary(root: string, code: LanguageCode): Promise<Map<string, string>> {
	const folder = path.join(root, FOLDER, code);
	const files = (await fs.readdir(folder)).sort();
	const all = await Promise.all(files.map((file) => readJson<Dictionary>(path.join(folder, file))));
	return new Map(all.flatMap((one) => Object.entries(one)));
}

/** Names and signs that are the same in every language. */
export async function readUnchanged(root: string): Promise<ReadonlySet<string>> {
	return new Set(await readJson<string[]>(path.join(root, FOLDER, 'unchanged.json')));
}

/** Reads a language from its dictionaries. */
export async function readLanguage(root: string, code: LanguageCode): Promise<Language> {
	const [dictionary, unchanged] = await Promise.all([readDictionary(root, code), readUnchanged(root)]);
	const find = (english: string): string | undefined => {
		if (unchanged.has(english)) return english;
		return dictionary.get(english) ?? exampleIn((text) => dictionary.get(text), english);
	};
	return languageOf(code, code === 'ja' ? '。' : '.', find);
}

/**
 * A catalog in a language without what Node-RED finds in English all the same: texts that are not translated or the
 * same. Examples in the fields of an operation are left to the form, which begins them in the user's language.
 */
export function translateCatalog(catalog: Catalog, language: Language, isOperation = false): Catalog {
	if (language === ENGLISH) return catalog;
	const entries = Object.entries(catalog).flatMap(([key, value]): [string, string | Catalog][] => {
		if (typeof value !== 'string') {
			const rest = translateCatalog(
				value,
				language,
				isOperation || key === 'operations' || key === 'options',
			);
			return Object.keys(rest).length === 0 ? [] : [[key, rest]];
		}
		const said = language.find(value);
		const isLeft =
			isOperation && key === 'placeholder' && said === exampleIn((text) => language.find(text), value);
		return said === undefined || said === value || isLeft ? [] : [[key, said]];
	});
	return Object.fromEntries(entries);
}
