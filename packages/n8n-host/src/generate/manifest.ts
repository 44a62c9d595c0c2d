import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What a package's own package.json in the repository says. */
export interface Manifest {
	readonly name: string;
	readonly version: string;
	readonly description: string;
	readonly license: string;
	readonly keywords: readonly string[];
	readonly homepage: string;
	readonly bugs: { readonly url: string };
	readonly author: { readonly name: string; readonly email: string };
	readonly repository: { readonly type: string; readonly url: string };
}

/** Reads the manifest of a package. */
export async function readManifest(root: string, name: string): Promise<Manifest> {
	return JSON.parse(await readFile(join(root, 'packages', name, 'package.json'), 'utf8')) as Manifest;
}

/**
 * The package.json of a tree. n8n verifies packages from repositories of their own, so there is no directory.
 * @param nodes class names of the nodes
 * @param credentials class names of the credentials
 */
export function packageJson(
	manifest: Manifest,
	nodes: readonly string[],
	credentials: readonly string[],
): object {
	const { name, version, description, license, keywords, homepage, bugs, author, repository } = manifest;
	return {
		name,
		version,
		description,
		license,
		keywords,
		homepage,
		bugs,
		author,
		repository,
		scripts: {
			build: 'n8n-node build',
			'build:watch': 'tsc --watch',
			dev: 'n8n-node dev',
			lint: 'n8n-node lint',
			'lint:fix': 'n8n-node lint --fix',
			test: 'node --test',
			release: 'n8n-node release',
			prepublishOnly: 'n8n-node prerelease',
		},
		// The README shows pictures from the repository, and maps of sources that are not there help nobody.
		files: ['dist', 'templates', '!dist/**/*.map', '!dist/pictures'],
		n8n: {
			n8nNodesApiVersion: 1,
			strict: true,
			credentials: credentials.map((one) => `dist/credentials/${one}.credentials.js`),
			nodes: nodes.map((one) => `dist/nodes/${one}/${one}.node.js`),
		},
		devDependencies: {
			'@n8n/node-cli': '0.48.3',
			'@types/node': '^24.0.0',
			eslint: '9.32.0',
			prettier: '3.6.2',
			'release-it': '^19.0.4',
			typescript: '5.9.2',
		},
		peerDependencies: { 'n8n-workflow': '*' },
	};
}
