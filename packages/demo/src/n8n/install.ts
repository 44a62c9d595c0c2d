import { existsSync } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';
import { cacheFolder, installOnce, keyOfLock } from '../install-once';
import { N8nSetupError } from './error';
import { InstallProgress } from './install-progress';
import { missingTools, npm, ToolError } from '../npm';
import type { Print } from '../printer';
import { projectRoot } from '../project-root';

/** Where n8n is installed. */
export interface N8nInstall {
	/** The server's program, to be run by Node. */
	readonly bin: string;
	/** The folder that holds its `node_modules`. */
	readonly dir: string;
}

const binOf = (dir: string): string => path.join(dir, 'node_modules', 'n8n', 'bin', 'n8n');

/**
 * Makes sure that the pinned n8n server is installed, outside the workspace, in a cache folder that is named by a
 * hash of its lock file. The first time takes minutes; after that it costs nothing. An install that was broken off
 * is never taken for a whole one, and of two that start at once the second waits for the first.
 * The cache is `~/.cache/convoflow`, or what `CONVOFLOW_CACHE` names.
 * @param signal ends the install; nothing of it is left behind
 * @throws N8nSetupError `N8N_NODE_TOO_OLD`, `N8N_COMPILER_MISSING` (names the packages to install) or
 * `N8N_INSTALL_FAILED`
 */
export async function ensureN8n(print: Print, signal?: AbortSignal): Promise<N8nInstall> {
	const major = Number(process.versions.node.split('.')[0]);
	if (major < 24) {
		throw new N8nSetupError(
			'N8N_NODE_TOO_OLD',
			`n8n needs Node 24, this is ${process.versions.node}. Start it through npm (npm run demo:n8n): npm ci brings Node 24 for Linux and for Windows on x64; elsewhere install Node 24.`,
		);
	}
	const source = path.join(projectRoot(), 'packages', 'demo', 'n8n-server');
	const dir = path.join(cacheFolder(), `n8n-${await keyOfLock(source)}`);
	await installOnce(dir, (part) => install(source, part, print, signal), { what: 'n8n', print, signal });
	return { bin: binOf(dir), dir };
}

async function install(source: string, part: string, print: Print, signal?: AbortSignal): Promise<void> {
	for (const name of ['package.json', 'package-lock.json']) {
		await fs.copyFile(path.join(source, name), path.join(part, name));
	}
	const progress = await InstallProgress.start(part, print);
	try {
		await npm(part, ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { signal });
		progress.compiling();
		await buildDatabaseDriver(part, signal);
		if (!existsSync(binOf(part))) throw new ToolError('npm ci', 'n8n is not among what was installed');
		progress.done();
	} catch (error) {
		signal?.throwIfAborted();
		if (error instanceof N8nSetupError) throw error;
		const why = error instanceof Error ? error.message : String(error);
		throw new N8nSetupError(
			'N8N_INSTALL_FAILED',
			`n8n could not be installed. It needs the npm registry and 3 GB in ${path.dirname(part)}.\n${why}`,
		);
	} finally {
		progress.stop();
	}
}

/** Scripts are off for the whole install; the one native module without ready-made code gets its own. */
async function buildDatabaseDriver(part: string, signal?: AbortSignal): Promise<void> {
	const node = path.dirname(path.dirname(process.execPath));
	// The headers of this very Node, where it brings them, so that none have to be downloaded.
	const headers = existsSync(path.join(node, 'include', 'node', 'node.h'))
		? { npm_config_nodedir: node }
		: {};
	try {
		await npm(part, ['rebuild', 'sqlite3', '--ignore-scripts=false'], { env: headers, signal });
	} catch (error) {
		signal?.throwIfAborted();
		const missing = await missingTools(['g++', 'make', 'python3']);
		if (missing.length === 0) throw error;
		throw new N8nSetupError(
			'N8N_COMPILER_MISSING',
			`n8n keeps its data in SQLite, which has to be compiled here, and ${missing.join(', ')} cannot be found. On Debian and Ubuntu: sudo apt-get install ${missing.join(' ')}`,
		);
	}
}
