import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { PACKAGES } from './packages';
import { templates, workflowFile } from '../templates';
import { treeFiles } from './tree';

/** What to generate. */
export interface GenerateOptions {
	/** Folder of the repository. */
	readonly root: string;
	/** Folder that takes the trees, one folder a package; each is written anew. */
	readonly outDir: string;
	/** Refuses an operation without a recorded output. Default true. */
	readonly strict?: boolean;
}

/**
 * Writes the complete source tree of every n8n package: it installs, builds, lints and publishes on its own.
 * @throws Error naming operations without a recorded output, or a file that cannot be read
 */
export async function generateTrees({
	root,
	outDir,
	strict = true,
}: GenerateOptions): Promise<{ name: string; dir: string }[]> {
	const trees: { name: string; dir: string }[] = [];
	await writeTemplates(root);
	for (const plan of PACKAGES) {
		const dir = join(outDir, plan.name);
		const files = await treeFiles(root, plan, strict);
		await rm(dir, { recursive: true, force: true });
		for (const [path, text] of files) {
			await mkdir(dirname(join(dir, path)), { recursive: true });
			await writeFile(join(dir, path), text);
		}
		for (const folder of ['icons', 'pictures', 'examples', 'templates'])
			await cp(join(root, 'packages', plan.name, folder), join(dir, folder), { recursive: true });
		trees.push({ name: plan.name, dir });
	}
	return trees;
}

/** Writes the templates into the packages that they are about, formatted as the rest of the repository. */
export async function writeTemplates(root: string): Promise<void> {
	const folderOf = (name: string): string => join(root, 'packages', name, 'templates');
	for (const { name } of PACKAGES) {
		await rm(folderOf(name), { recursive: true, force: true });
		await mkdir(folderOf(name), { recursive: true });
	}
	for (const template of templates()) {
		const file = join(folderOf(template.packageName), `${template.file}.json`);
		const options = await resolveConfig(file);
		await writeFile(file, await format(workflowFile(template), { ...options, filepath: file }));
	}
}
