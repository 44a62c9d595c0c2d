import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Print } from './printer';

/** A running install marks its folder at this pace; one that was not marked for much longer is dead. In ms. */
const SIGN_OF_LIFE_MS = 1_000;
const DEAD_MS = 20_000;

/** Where large tools are installed, outside the workspace: `~/.cache/convoflow`, or what `CONVOFLOW_CACHE` names. */
export function cacheFolder(): string {
	return process.env['CONVOFLOW_CACHE'] ?? path.join(os.homedir(), '.cache', 'convoflow');
}

/** Names what a lock file installs on this machine, by a hash. */
export async function keyOfLock(source: string): Promise<string> {
	const hash = createHash('sha256');
	for (const name of ['package.json', 'package-lock.json'])
		hash.update(await fs.readFile(path.join(source, name)));
	return hash.update(`${process.platform}-${process.arch}`).digest('hex').slice(0, 12);
}

/** How an install tells of itself, and what ends it. */
export interface InstallOptions {
	/** What is installed, for messages. */
	readonly what: string;
	readonly print: Print;
	/** Ends it; nothing of it is left behind. */
	readonly signal?: AbortSignal | undefined;
}

/**
 * Installs something into a folder, unless it is there. It goes into a folder of its own, which is renamed when it
 * is whole: an install that was broken off is never taken for a whole one, and of two that start at once the second
 * waits for the first.
 * @param install fills the folder that it is given
 */
export async function installOnce(
	dir: string,
	install: (part: string) => Promise<void>,
	options: InstallOptions,
): Promise<void> {
	if (existsSync(dir)) return;
	const part = `${dir}.part-${Date.now()}-${randomUUID().slice(0, 8)}`;
	await fs.mkdir(part, { recursive: true });
	const sign = setInterval(() => {
		const now = new Date();
		void fs.utimes(part, now, now).catch(() => undefined);
	}, SIGN_OF_LIFE_MS);
	try {
		await waitForOthers(part, dir, options);
		if (existsSync(dir)) return;
		await install(part);
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
async function waitForOthers(
	part: string,
	dir: string,
	{ what, print, signal }: InstallOptions,
): Promise<void> {
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
		print(`${what} is being installed by another process; waiting for it`, true);
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
