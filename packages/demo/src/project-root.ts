import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/**
 * The folder of the project, found from this file upwards, so that it is the same from source and from a bundle.
 * @throws Error when the file was taken out of the project
 */
export function projectRoot(): string {
	for (let folder = __dirname; ; folder = path.dirname(folder)) {
		const manifest = path.join(folder, 'package.json');
		if (existsSync(manifest)) {
			const { name } = JSON.parse(readFileSync(manifest, 'utf8')) as { name?: string };
			if (name === 'convoflow') return folder;
		}
		if (folder === path.dirname(folder)) throw new Error('Run this inside the Convoflow project.');
	}
}
