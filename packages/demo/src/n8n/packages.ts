import { execFile } from 'node:child_process';
import fs from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { N8nSetupError } from './error';
import { projectRoot } from '../project-root';

const run = promisify(execFile);

/** The n8n packages of this project. */
export const N8N_PACKAGES = ['n8n-nodes-flowai', 'n8n-nodes-flowxo', 'n8n-nodes-chatlayer'] as const;

/**
 * The packed n8n packages of this project.
 * @throws N8nSetupError `N8N_PACKAGE_MISSING` when one was not packed
 */
export async function packedPackages(): Promise<string[]> {
	const folder = path.join(projectRoot(), 'build', 'packages');
	const files = await fs.readdir(folder).catch(() => [] as string[]);
	return N8N_PACKAGES.map((name) => {
		const file = files.find((one) => new RegExp(`^${name}-\\d.*\\.tgz$`).test(one));
		if (file === undefined) {
			throw new N8nSetupError('N8N_PACKAGE_MISSING', `${name} is not packed: run npx gulp build pack`);
		}
		return path.join(folder, file);
	});
}

/**
 * Unpacks packages where n8n puts those that a user installs: `.n8n/nodes/node_modules/<name>`.
 * @param tarballs paths of packed packages
 * @param userFolder the folder that holds `.n8n`
 * @returns the types of the nodes they bring, as workflows name them
 */
export async function installPackages(tarballs: readonly string[], userFolder: string): Promise<string[]> {
	const modules = path.join(userFolder, '.n8n', 'nodes', 'node_modules');
	const types: string[] = [];
	for (const tarball of tarballs) {
		const unpacked = await fs.mkdtemp(path.join(userFolder, 'unpack-'));
		await run('tar', ['-xzf', path.basename(tarball), '-C', unpacked], { cwd: path.dirname(tarball) });
		const manifest = JSON.parse(
			await fs.readFile(path.join(unpacked, 'package', 'package.json'), 'utf8'),
		) as {
			name: string;
			n8n?: { nodes?: string[] };
		};
		const target = path.join(modules, manifest.name);
		await fs.rm(target, { recursive: true, force: true });
		await fs.mkdir(path.dirname(target), { recursive: true });
		await fs.rename(path.join(unpacked, 'package'), target);
		await fs.rm(unpacked, { recursive: true });
		for (const file of manifest.n8n?.nodes ?? []) {
			const className = path.basename(file).split('.')[0] ?? '';
			types.push(`${manifest.name}.${className.charAt(0).toLowerCase()}${className.slice(1)}`);
		}
	}
	return types;
}
