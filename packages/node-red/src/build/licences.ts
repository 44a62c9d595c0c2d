import type { Metafile } from 'esbuild';
import fs from 'node:fs/promises';
import path from 'node:path';

/** Writes the licences of the libraries whose code went into a bundle beside it. */
export async function writeLicences(root: string, file: string, { inputs }: Metafile): Promise<void> {
	const folders = Object.keys(inputs).flatMap(
		(input) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0] ?? [],
	);
	const texts = await Promise.all(
		[...new Set(folders)].sort().map(async (folder) => {
			const name = folder.split('node_modules/').at(-1) ?? '';
			return `${name}\n\n${(await fs.readFile(path.join(root, folder, 'LICENSE'), 'utf8')).trim()}\n`;
		}),
	);
	await fs.writeFile(file, texts.join('\n'));
}
