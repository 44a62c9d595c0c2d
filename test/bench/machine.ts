import { readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const ROOT = path.resolve(__dirname, '../..');

/** Version of a package as its manifest says it, below a folder of node_modules. */
function versionIn(manifest: string): string {
	return (JSON.parse(readFileSync(path.join(ROOT, manifest), 'utf8')) as { version: string }).version;
}

function n8nVersion(): string {
	const manifest = 'packages/demo/n8n-server/package.json';
	const { dependencies } = JSON.parse(readFileSync(path.join(ROOT, manifest), 'utf8')) as {
		dependencies: Record<string, string>;
	};
	return dependencies['n8n'] ?? 'unknown';
}

/** What figures were measured on, in one sentence; without anything that names the machine itself. */
export function machine(): string {
	const [cpu] = os.cpus();
	const memory = Math.round(os.totalmem() / 2 ** 30);
	return (
		`${os.cpus().length} processors (${cpu?.model.trim() ?? 'unknown'}), ${memory} GB of memory, ${os.platform()} ` +
		`${os.arch()}, Node.js ${process.versions.node}, n8n ${n8nVersion()}, ` +
		`Node-RED ${versionIn('node_modules/node-red/package.json')}.`
	);
}
