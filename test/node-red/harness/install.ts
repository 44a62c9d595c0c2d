import { execFile } from 'node:child_process';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

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

interface Manifest {
	readonly dependencies?: Readonly<Record<string, string>>;
}

async function readManifest(folder: string): Promise<Manifest> {
	return JSON.parse(await fs.readFile(path.join(folder, 'package.json'), 'utf8')) as Manifest;
}

/** Copies the dependencies that a manifest names, and theirs, from the root: no registry is asked. */
async function copyDependencies(manifest: Manifest, target: string): Promise<void> {
	for (const name of Object.keys(manifest.dependencies ?? {})) {
		const source = path.join(ROOT, 'node_modules', name);
		await fs.cp(source, path.join(target, name), { recursive: true, dereference: true });
		await copyDependencies(await readManifest(source), target);
	}
}

/** Installs the tarball into a user directory of Node-RED. */
export async function installTarball(userDir: string): Promise<void> {
	const source = await unpackTarball(userDir);
	const modules = path.join(userDir, 'node_modules');
	const target = path.join(modules, PACKAGE_NAME);
	await fs.mkdir(path.dirname(target), { recursive: true });
	await fs.rename(source, target);
	await copyDependencies(await readManifest(target), modules);
}
