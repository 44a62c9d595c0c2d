import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { credentials, secretSets } from '@convoflow/credentials';
import { table } from '../markdown';
import type { Reader } from './reader';

const PAGE = 'credentials.md';

/** Names of the credentials that some services need. */
function neededBy({ services }: Reader): string[] {
	const names = services.flatMap(({ resources, triggers }) => [
		...resources.flatMap(({ operations }) => operations.map(({ credential }) => credential)),
		...triggers.flatMap(({ credential, secrets }) => [credential, secrets]),
	]);
	return [...credentials, ...secretSets]
		.filter(({ name }) => names.includes(name))
		.map(({ displayName }) => displayName);
}

/**
 * The credentials with what each is for and where its key is found, from the table of their page.
 * @throws TypeError when that table lacks one
 */
export function credentialsTable(root: string, reader: Reader): string {
	const page = readFileSync(join(root, 'docs', PAGE), 'utf8');
	const described = [...page.matchAll(/^\| \[([^\]]+)\]\((#[^)]+)\) \| (.+) \| (.+) \|$/gm)];
	const needed = neededBy(reader);
	const missing = needed.filter((name) => !described.some(([, one]) => one === name));
	if (missing.length > 0) throw new TypeError(`docs/${PAGE} has no row for ${missing.join(', ')}`);
	const rows = described
		.filter(([, name = '']) => needed.includes(name))
		.map(([, name = '', fragment = '', use = '', where = '']) => [
			`[${name}](${reader.page(PAGE)}${fragment})`,
			use,
			where,
		]);
	return table(['credential', 'for', 'where to find the key'], rows);
}
