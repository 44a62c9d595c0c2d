import fs from 'node:fs/promises';
import path from 'node:path';
import { cacheFolder, installOnce, keyOfLock } from '../../install-once';
import { npm } from '../../npm';
import type { Print } from '../../printer';
import { projectRoot } from '../../project-root';

/** The package of the dashboard, as node_modules holds it: the scope, and the folder in it. */
const SCOPE = '@flowfuse';

/**
 * Makes sure that the dashboard's nodes are installed, outside the workspace. The first time takes about a minute.
 * @param signal ends the install; nothing of it is left behind
 * @returns the folder whose node_modules hold them
 * @throws ToolError with the end of what npm printed, as without a network
 */
export async function ensureDashboard(print: Print, signal?: AbortSignal): Promise<string> {
	const source = path.join(projectRoot(), 'packages', 'demo', 'node-red-dashboard');
	const dir = path.join(cacheFolder(), `node-red-dashboard-${await keyOfLock(source)}`);
	const install = async (part: string): Promise<void> => {
		print('Installing the dashboard (135 MB, once; the following starts skip this)');
		for (const name of ['package.json', 'package-lock.json'])
			await fs.copyFile(path.join(source, name), path.join(part, name));
		await npm(part, ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { signal });
	};
	await installOnce(dir, install, { what: 'the dashboard', print, signal });
	return dir;
}

/** Lets Node-RED find the dashboard's nodes: a link, as npm makes one for a package in development. */
export async function linkDashboard(dir: string, userDir: string): Promise<void> {
	const modules = path.join(userDir, 'node_modules');
	await fs.mkdir(modules, { recursive: true });
	await fs.symlink(path.join(dir, 'node_modules', SCOPE), path.join(modules, SCOPE), 'junction');
}
