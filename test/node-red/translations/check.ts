import path from 'node:path';
import { englishTexts } from '../../../packages/node-red/src/build/texts';
import { LANGUAGES, readDictionary, readLanguage } from '../../../packages/node-red/src/build/language';

/** Folder of the repository. */
export const ROOT = path.resolve(__dirname, '../../..');

/** How far a language is. */
export interface Progress {
	readonly code: string;
	readonly translated: number;
	/** English texts that are not translated: they are shown in English. */
	readonly missing: readonly string[];
	/** Texts of the dictionary that nothing shows any more. */
	readonly unused: readonly string[];
}

/** Reads how far every language is. */
export async function readProgress(): Promise<Progress[]> {
	const english = [...englishTexts().keys()];
	return await Promise.all(
		LANGUAGES.map(async (code) => {
			const language = await readLanguage(ROOT, code);
			const dictionary = await readDictionary(ROOT, code);
			const missing = english.filter((text) => language.find(text) === undefined);
			const known = new Set(english);
			const unused = [...dictionary.keys()].filter((text) => !known.has(text) && text !== 'e.g. …');
			return { code, translated: english.length - missing.length, missing, unused };
		}),
	);
}
