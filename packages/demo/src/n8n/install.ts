import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { N8nSetupError } from './error';
import { InstallProgress } from './install-progress';
import { missingTools, npm, ToolError } from './npm';
import type { Print } from './printer';
import { projectRoot } from './project-root';

/** Where n8n is installed. */
export interface N8nInstall {
	/** The server's program, to be run by Node. */
	readonly bin: string;
	/** The folder that holds its `node_modules`. */
	readonly dir: string;
}

/** A running install marks its folder at this pace; one that was not marked for much longer is dead. In ms. */
const SIGN_OF_LIFE_MS = 1_000;
const DEAD_MS = 20_000;

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
	const cache = process.env['CONVOFLOW_CACHE'] ?? path.join(os.homedir(), '.cache', 'convoflow');
	const dir = path.join(cache, `n8n-${await keyOf(source)}`);
	if (!existsSync(dir)) await installOnce(source, dir, print, signal);
	return { bin: binOf(dir), dir };
}

async function keyOf(source: string): Promise<string> {
	const hash = createHash('sha256');
	for (const name of ['package.json', 'package-lock.json'])
		hash.update(await fs.readFile(path.join(source, name)));
	return hash.update(`${process.platform}-${process.arch}`).digest('hex').slice(0, 12);
}

/** Installs into a folder of its own and renames it when it is whole. */
async function installOnce(source: string, dir: string, print: Print, signal?: AbortSignal): Promise<void> {
	const part = `${dir}.part-${Date.now()}-${randomUUID().slice(0, 8)}`;
	await fs.mkdir(part, { recursive: true });
	const sign = setInterval(() => {
		const now = new Date();
		void fs.utimes(part, now, now).catch(() => undefined);
	}, SIGN_OF_LIFE_MS);
	try {
		await waitForOthers(part, dir, print, signal);
		if (existsSync(dir)) return;
		await install(source, part, print, signal);
		await fs.rename(part, dir).catch((error: unknown) => {
			// Someone else was quicker: theirs is as good.
			if (!existsSync(dir)) throw error;
		});
	} finally {
		clearInterval(sign);
		await fs.rm(part, { recursive: true, force: true });
	}
}

/** Waits while an install that began earlier is alive; what dead ones left behind is removed. */
async function waitForOthers(part: string, dir: string, print: Print, signal?: AbortSignal): Promise<void> {
	const folder = path.dirname(dir);
	for (;;) {
		const parts = (await fs.readdir(folder)).filter((name) => name.startsWith(`${path.basename(dir)}.part-`));
		let isSomeoneFirst = false;
		for (const name of parts.filter((one) => one < path.basename(part))) {
			const other = path.join(folder, name);
			const stat = await fs.stat(other).catch(() => undefined);
			if (!stat) continue;
			if (Date.now() - stat.mtimeMs < DEAD_MS) isSomeoneFirst = true;
			else await bury(other);
		}
		if (!isSomeoneFirst || existsSync(dir)) return;
		print('n8n is being installed by another process; waiting for it', true);
		await wait(SIGN_OF_LIFE_MS, undefined, signal ? { signal } : {});
	}
}

/** Removes what a dead install left behind. It is renamed first, so that of two who find it only one removes it. */
async function bury(folder: string): Promise<void> {
	const grave = folder.replace('.part-', '.dead-');
	const isMine = await fs.rename(folder, grave).then(
		() => true,
		() => false,
	);
	if (isMine) await fs.rm(grave, { recursive: true, force: true });
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
