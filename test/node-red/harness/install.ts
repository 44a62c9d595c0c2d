import { execFile } from 'node:child_process';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { installPackage } from '../../../packages/demo/src/node-red/install';

const run = promisify(execFile);
export const ROOT = path.resolve(__dirname, '../../..');
export const PACKAGE_FOLDER = path.join(ROOT, 'packages/node-red');
export const PACKAGE_NAME = '@convoflow/node-red-chatbots';

/** A folder that is no part of the repository: Node-RED looks for nodes in every node_modules above it. */
export async function makeTempFolder(name: string): Promise<string> {
	return await fs.realpath(await fs.mkdtemp(path.join(os.tmpdir(), `convoflow-${name}-`)));
}

/** Packs the package and unpacks it below a folder, as a user would get it. @returns where it stands */
export async function unpackTarball(folder: string): Promise<string> {
	const built = path.join(PACKAGE_FOLDER, 'dist/lib/runtime.js');
	await fs.access(built).catch(() => {
		throw new Error('The Node-RED package is not built: run "npm run build" first');
	});
	const shell = process.platform === 'win32';
	await run('npm', ['pack', '--ignore-scripts', '--pack-destination', folder], {
		cwd: PACKAGE_FOLDER,
		shell,
	});
	const tarball = (await fs.readdir(folder)).find((name) => name.endsWith('.tgz'));
	if (tarball === undefined) throw new Error('npm pack wrote no tarball');
	await run('tar', ['-xzf', tarball], { cwd: folder });
	return path.join(folder, 'package');
}

/** Installs the tarball into a user directory of Node-RED. */
export async function installTarball(userDir: string): Promise<void> {
	await installPackage(await unpackTarball(userDir), userDir, ROOT);
}
