import { spawn } from 'node:child_process';
import { mkdtemp, readFile, readdir, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Store } from '../../../packages/node-red/src/store/store';

let folder: string;
let file: string;
beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), 'store-'));
	file = join(folder, 'below', 'node.log');
});
afterEach(async () => await rm(folder, { recursive: true, force: true }));

async function contentOf(path: string): Promise<Record<string, unknown>> {
	const store = await Store.open(path);
	const content = Object.fromEntries(store.entries());
	await store.close();
	return content;
}

describe('a store', () => {
	it('keeps values over a restart, in their order', async () => {
		const store = await Store.open(file);
		await store.set('a', { text: 'ä\n"' });
		await store.set('b', [1, null]);
		await store.set('c', 'gone');
		await store.set('a', 2);
		await store.delete('c');
		await store.close();
		expect(JSON.stringify(await contentOf(file))).toBe('{"a":2,"b":[1,null]}');
	});

	it('makes no file before there is something to keep, and one that others cannot read', async () => {
		const store = await Store.open(file);
		expect(await readdir(folder)).toEqual([]);
		await store.set('a', 1);
		expect((await stat(file)).mode & 0o077).toBe(0);
		await store.close();
	});

	it('shows only what is on disk', async () => {
		const store = await Store.open(file);
		const written = store.set('a', 1);
		expect(store.get('a')).toBeUndefined();
		await written;
		expect(store.get('a')).toBe(1);
		await store.close();
	});

	it('writes together what comes together', async () => {
		const store = await Store.open(file);
		await store.set('first', 0);
		const before = await stat(file);
		await Promise.all(Array.from({ length: 500 }, (_one, index) => store.set(`k${index}`, index)));
		expect(store.size).toBe(501);
		expect((await stat(file)).ino).toBe(before.ino);
		await store.close();
	});

	it('rewrites the file when most of it is outdated', async () => {
		const store = await Store.open(file);
		for (let index = 0; index < 300; index += 1) await store.set('cursor', `${index} ${'x'.repeat(1_000)}`);
		expect((await stat(file)).size).toBeLessThan(80_000);
		expect(await readdir(join(folder, 'below'))).toEqual(['node.log']);
		await store.close();
		expect(await contentOf(file)).toEqual({ cursor: `299 ${'x'.repeat(1_000)}` });
	});

	it('refuses changes when it is closed', async () => {
		const store = await Store.open(file);
		await store.set('a', 1);
		await store.close();
		await expect(store.set('b', 2)).rejects.toMatchObject({ code: 'CONVOFLOW_STORE_FAILED' });
		expect(await contentOf(file)).toEqual({ a: 1 });
	});

	it('says what is wrong when it cannot write, and goes on when it can again', async () => {
		await writeFile(join(folder, 'below'), 'a file where the folder should be');
		const store = await Store.open(join(folder, 'below2', 'node.log'));
		await writeFile(join(folder, 'below2'), '');
		await expect(store.set('a', 1)).rejects.toMatchObject({
			code: 'CONVOFLOW_STORE_FAILED',
			advice: 'Make room on the disk, and let Node-RED read and write there (userDir)',
		});
		expect(store.get('a')).toBeUndefined();
		await rm(join(folder, 'below2'));
		await store.set('b', 2);
		await store.close();
		expect(await contentOf(join(folder, 'below2', 'node.log'))).toEqual({ b: 2 });
	});
});

describe('after a crash', () => {
	it('at every byte of the file, what is left is what was written until then', async () => {
		const store = await Store.open(file);
		const states = new Map<number, Record<string, unknown>>([[0, {}]]);
		for (const [key, value] of [
			['a', 1],
			['ü', { of: 'two bytes each: äöü' }],
			['a', undefined],
			['b', 'x\ny'],
			['a', 3],
		] as const) {
			await (value === undefined ? store.delete(key) : store.set(key, value));
			states.set((await stat(file)).size, Object.fromEntries(store.entries()));
		}
		await store.close();
		const whole = await readFile(file);
		let expected: Record<string, unknown> = {};
		for (let bytes = 0; bytes <= whole.length; bytes += 1) {
			expected = states.get(bytes) ?? expected;
			await writeFile(file, whole.subarray(0, bytes));
			expect(await contentOf(file)).toEqual(expected);
			const again = await Store.open(file);
			await again.set('later', bytes);
			await again.close();
			expect(await contentOf(file)).toEqual({ ...expected, later: bytes });
		}
	});

	it('passes over damage in the middle and says how much', async () => {
		const store = await Store.open(file);
		for (const key of ['a', 'b', 'c']) await store.set(key, 1);
		await store.close();
		const text = await readFile(file, 'utf8');
		await writeFile(file, text.replace('["b"', '["x"'));
		await truncate(file, text.length - 1);
		const after = await Store.open(file);
		expect(after.damaged).toBe(2);
		expect(Object.fromEntries(after.entries())).toEqual({ a: 1 });
		await after.close();
	});

	it('keeps whatever it said was kept, killed at any moment', async () => {
		const kept = new Set<string>();
		const left = new Set<string>();
		let isFirst = true;
		for (let round = 0; round < 8; round += 1) {
			const child = spawn(
				process.execPath,
				[
					'-r',
					join(__dirname, '../../sandbox/register.cjs'),
					join(__dirname, 'count-into-store.ts'),
					file,
					`${round * 100_000}`,
				],
				{ stdio: ['ignore', 'pipe', 'inherit'] },
			);
			const ended = new Promise((resolve) => child.once('close', resolve));
			const goal = 150 + Math.floor(Math.random() * 700);
			let count = 0;
			for await (const line of createInterface({ input: child.stdout })) {
				const [word, detail = ''] = line.split(' ');
				if (word === 'found') {
					const found = new Set(detail.split(','));
					expect([...kept].filter((key) => !found.has(key) && !left.has(key))).toEqual([]);
					if (!isFirst) expect(found.size).toBeGreaterThan(100);
					isFirst = false;
				}
				if (word === 'leaving') left.add(detail);
				if (word === 'kept') {
					kept.add(detail);
					count += 1;
				}
				if (count === goal) child.kill('SIGKILL');
			}
			await ended;
		}
		expect(kept.size).toBeGreaterThan(8 * 150);
	}, 60_000);
});
