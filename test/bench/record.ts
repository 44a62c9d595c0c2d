import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { readmes } from '../project/readmes';
import type { Figure } from './figure';
import { machine } from './machine';
import { performancePage } from './report';

const ROOT = path.resolve(__dirname, '../..');
const DOCS = path.join(ROOT, 'docs');
const FIGURES = path.join(DOCS, 'performance.json');
const SCALE = path.join(DOCS, 'pictures', 'scale.svg');
const PAGE = path.join(DOCS, 'performance.md');

/** The newest figures of every line, all of one machine. */
interface Recorded {
	readonly machine: string;
	readonly lines: Readonly<Record<string, readonly Figure[]>>;
}

async function recorded(): Promise<Recorded> {
	const none: Recorded = { machine: machine(), lines: {} };
	if (!existsSync(FIGURES)) return none;
	const known = JSON.parse(await readFile(FIGURES, 'utf8')) as Recorded;
	// Figures of two machines make no table.
	return known.machine === none.machine ? known : none;
}

/**
 * Keeps the figures of some lines beside those of the others, and writes the page of all of them and what the READMEs
 * tell of them.
 * @param names every line there is, in the order of the page
 */
export async function record(found: ReadonlyMap<string, readonly Figure[]>, names: string[]): Promise<void> {
	const before = await recorded();
	const lines = { ...before.lines, ...Object.fromEntries(found) };
	await writeFile(FIGURES, `${JSON.stringify({ machine: before.machine, lines }, null, '\t')}\n`);
	const figures = names.flatMap((name) => lines[name] ?? []);
	await writeFile(PAGE, performancePage(before.machine, figures, existsSync(SCALE)));
	for (const { path: file, text } of readmes(ROOT)) await writeFile(path.join(ROOT, file), text);
}
