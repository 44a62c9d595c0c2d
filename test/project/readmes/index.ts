import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { credentialsTable } from './credentials';
import { operationsTable, triggerPictures, triggersTable } from './operations';
import { READERS, type Reader } from './reader';
import { asATool, compared, errors, install, run, TRADEMARKS, verified } from './words';

/** What several READMEs say, or what the definitions know, by the name in its markers. */
const PARTS: Readonly<Record<string, (root: string, reader: Reader) => string>> = {
	run: (_root, reader) => run(reader),
	install: (_root, reader) => install(reader),
	operations: (_root, reader) => operationsTable(reader),
	triggers: (_root, reader) => triggersTable(reader),
	'pictures of the triggers': (_root, reader) => triggerPictures(reader),
	credentials: credentialsTable,
	tool: (_root, reader) => asATool(reader),
	errors: (_root, reader) => errors(reader),
	verified: (_root, reader) => verified(reader),
	compared,
	trademarks: () => TRADEMARKS,
};

/** Parts that every README has; those of n8n packages have all. */
const ALWAYS = ['operations', 'credentials', 'verified', 'compared', 'trademarks'];

const MARKED = /(<!-- ([\w ]+): npm run samples writes this -->\n)[^]*?(\n<!-- \/\2 -->)/g;

/** A README and what it should hold. */
export interface Readme {
	/** Path from the root. */
	readonly path: string;
	readonly text: string;
}

function written(root: string, reader: Reader): Readme {
	const places = new Set<string>();
	const text = readFileSync(join(root, reader.path), 'utf8').replace(
		MARKED,
		(_all, begin: string, name: string, end: string) => {
			const part = PARTS[name];
			if (!part) throw new TypeError(`${reader.path} has a place for ${name}, which nobody writes`);
			places.add(name);
			return `${begin}\n${part(root, reader)}\n${end}`;
		},
	);
	const missing = (reader.plan ? Object.keys(PARTS) : ALWAYS).filter((name) => !places.has(name));
	if (missing.length > 0) throw new TypeError(`${reader.path} has no place for ${missing.join(', ')}`);
	return { path: reader.path, text };
}

/**
 * The READMEs with what comes from the definitions, the figures and the docs; all else stays as it is.
 * @param root folder of the project
 * @throws TypeError when a place for a part is missing
 */
export function readmes(root: string): Readme[] {
	return READERS.map((reader) => written(root, reader));
}
