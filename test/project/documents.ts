import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { anchor } from '../../docs/site/anchor';

const root = join(__dirname, '../..');

/** Everything that people read, by path from the root. Changelogs are written by a tool. */
export const documents: readonly string[] = [
	...globSync('*.md', { cwd: root }),
	...globSync('docs/**/*.md', { cwd: root }),
	...globSync('packages/*/README.md', { cwd: root }),
].sort();

/** The text of a document. */
export function read(file: string): string {
	return readFileSync(join(root, file), 'utf8');
}

/** The text without blocks of code, in which nothing is a heading or a link. */
function prose(file: string): string {
	return read(file).replace(/^( *)```[^]*?^\1```$/gm, '');
}

/** The fragments of a document's headings; a heading that stands there twice gets a number, as on GitHub. */
export function anchorsOf(file: string): string[] {
	const seen = new Map<string, number>();
	return [...prose(file).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => {
		const base = anchor(heading);
		const count = seen.get(base) ?? 0;
		seen.set(base, count + 1);
		return count === 0 ? base : `${base}-${count}`;
	});
}

/** A link or picture that leads nowhere, in words; undefined when it is fine. */
function troubleOf(file: string, target: string): string | undefined {
	const [path = '', fragment] = target.split('#');
	const to = path === '' ? file : normalize(join(dirname(file), decodeURI(path)));
	if (!existsSync(join(root, to))) return `${target}: there is no ${to}`;
	if (fragment !== undefined && to.endsWith('.md') && !anchorsOf(to).includes(fragment))
		return `${target}: ${to} has no such heading`;
	return undefined;
}

/** Addresses on the web of what stands in this project; a package for n8n has a repository of its own. */
const OWN =
	/^https:\/\/(?:github\.com\/convoflow\/([\w-]+)\/blob|raw\.githubusercontent\.com\/convoflow\/([\w-]+))\/main\/(.+)$/;

/** The path of a link from the root, where it leads to this project on the web. */
function ownPath(target: string): string | undefined {
	const [, page, file, path = ''] = OWN.exec(target) ?? [];
	const repository = page ?? file;
	if (repository === undefined) return undefined;
	return repository === 'convoflow' ? path : `packages/${repository}/${path}`;
}

/** Links and pictures of a document that lead nowhere. Other addresses on the web are not tried. */
export function brokenLinks(file: string): string[] {
	const targets = [
		...prose(file)
			.replace(/`[^`\n]*`/g, '')
			.matchAll(/\]\(<?([^)>\s]+)>?(?: "[^"]*")?\)/g),
	];
	return targets
		.map(([, target = '']) => {
			const own = ownPath(target);
			if (own !== undefined) return troubleOf('README.md', own);
			return /^\w+:/.test(target) ? undefined : troubleOf(file, target);
		})
		.filter((trouble) => trouble !== undefined);
}

/** A block of code with its language. */
export interface Block {
	readonly language: string;
	readonly text: string;
}

/** The blocks of code of a document. */
export function blocksOf(file: string): Block[] {
	return [...read(file).matchAll(/^( *)```(\w*)\n([^]*?)^\1```$/gm)].map(
		([, , language = '', text = '']) => ({
			language,
			text,
		}),
	);
}
