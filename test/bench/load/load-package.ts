/**
 * Loads the nodes and credentials of an unpacked package, as its host does when it starts, and prints how long that
 * took as one line of JSON: `load-package.ts <folder>`. What the host has loaded already is loaded before.
 */
import fs from 'node:fs';
import Module, { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';

/** How long loading took. */
export interface LoadTime {
	readonly ms: number;
	/** The same for a package of one node that does nothing. */
	readonly emptyMs: number;
}

interface Manifest {
	readonly n8n?: { readonly nodes?: readonly string[]; readonly credentials?: readonly string[] };
	readonly 'node-red'?: { readonly nodes?: Readonly<Record<string, string>> };
}

function filesOf({ n8n, 'node-red': nodeRed }: Manifest): string[] {
	return [...(n8n?.nodes ?? []), ...(n8n?.credentials ?? []), ...Object.values(nodeRed?.nodes ?? {})];
}

function timed(work: () => void): number {
	const started = performance.now();
	work();
	return performance.now() - started;
}

/** A package of one node, as small as there can be. */
function emptyPackage(): { readonly file: string; readonly folder: string } {
	const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'convoflow-empty-'));
	const file = path.join(folder, 'empty.node.js');
	fs.writeFileSync(file, 'module.exports = function () {};\n');
	return { file, folder };
}

const [folder = ''] = process.argv.slice(2);
const manifest = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8')) as Manifest;
// Dependencies are found where the host would have put them.
process.env['NODE_PATH'] = path.resolve(__dirname, '../../../node_modules');
(Module as unknown as { _initPaths(): void })._initPaths();
const load = createRequire(path.join(folder, 'package.json'));
// The hosts use these themselves.
for (const name of manifest.n8n ? ['n8n-workflow'] : ['ws', 'undici']) load(name);

const empty = emptyPackage();
const emptyMs = timed(() => {
	createRequire(empty.file)(empty.file);
});
const ms = timed(() => {
	for (const file of filesOf(manifest)) load(path.join(folder, file));
});
fs.rmSync(empty.folder, { recursive: true });
console.log(JSON.stringify({ ms, emptyMs } satisfies LoadTime));
