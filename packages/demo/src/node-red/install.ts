import { existsSync } from 'node:fs';
import { cp, readFile } from 'node:fs/promises';
import { join } from 'node:path';

interface Manifest {
	readonly name: string;
	readonly dependencies?: Readonly<Record<string, string>>;
	readonly optionalDependencies?: Readonly<Record<string, string>>;
}

async function readManifest(dir: string): Promise<Manifest> {
	return JSON.parse(await readFile(join(dir, 'package.json'), 'utf8')) as Manifest;
}

async function copyDependencies(
	{ dependencies = {}, optionalDependencies = {} }: Manifest,
	modules: string,
	root: string,
): Promise<void> {
	for (const name of Object.keys({ ...dependencies, ...optionalDependencies })) {
		const source = join(root, 'node_modules', name);
		if (name in optionalDependencies && !existsSync(source)) continue;
		await cp(source, join(modules, name), { recursive: true, dereference: true });
		await copyDependencies(await readManifest(source), modules, root);
	}
}

/**
 * Puts a package, and exactly what its manifest asks for, where a user's install would put them. No registry
 * is asked.
 * @param dir folder of the package as it is published; sources and modules in it are left out
 * @param userDir user directory of Node-RED, outside the repository: Node-RED looks for nodes in every
 * node_modules above it
 * @param root folder whose node_modules hold the dependencies
 */
export async function installPackage(dir: string, userDir: string, root: string): Promise<void> {
	const manifest = await readManifest(dir);
	const modules = join(userDir, 'node_modules');
	await cp(dir, join(modules, manifest.name), {
		recursive: true,
		filter: (source) => !/^[\\/](src|node_modules)([\\/]|$)/.test(source.slice(dir.length)),
	});
	await copyDependencies(manifest, modules, root);
}
