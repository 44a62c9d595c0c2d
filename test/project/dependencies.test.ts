import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');

interface Manifest {
	readonly name: string;
	readonly private?: boolean;
	readonly scripts?: Readonly<Record<string, string>>;
	readonly dependencies?: Readonly<Record<string, string>>;
}

const read = (path: string): Manifest => JSON.parse(readFileSync(join(ROOT, path), 'utf8')) as Manifest;
const published = readdirSync(join(ROOT, 'packages'))
	.map((folder) => read(`packages/${folder}/package.json`))
	// The n8n packages are published from the trees that are generated from them.
	.filter(({ name, private: isPrivate }) => isPrivate !== true || name.startsWith('n8n-nodes-'));

/** What each published package may bring along. Everything more is something more to trust. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
	'n8n-nodes-flowai': [],
	'n8n-nodes-flowxo': [],
	'n8n-nodes-chatlayer': [],
	'@convoflow/node-red-chatbots': ['undici', 'ws'],
	'@convoflow/sandbox': ['@fastify/multipart', 'fastify', 'ws'],
};

describe('what is published', () => {
	it('is known, package by package', () => {
		expect(published.map(({ name }) => name).sort()).toEqual(Object.keys(ALLOWED).sort());
	});

	it.each(published.map((manifest) => [manifest.name, manifest] as const))(
		'%s brings along nothing but what it may, and runs nothing when it is installed',
		(name, { dependencies = {}, scripts = {} }) => {
			expect(Object.keys(dependencies).sort()).toEqual(ALLOWED[name]);
			const hooks = Object.keys(scripts).filter((one) => /^(pre|post)?install$|^prepare$/.test(one));
			expect(hooks).toEqual([]);
		},
	);

	it('is locked with a checksum for every package of a registry', () => {
		const { packages } = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as {
			packages: Record<string, { resolved?: string; integrity?: string; link?: boolean }>;
		};
		const loose = Object.entries(packages).filter(
			([path, { resolved, integrity, link }]) =>
				path.startsWith('node_modules/') && !link && resolved !== undefined && !integrity,
		);
		expect(loose.map(([path]) => path)).toEqual([]);
	});
});
