import { RecentKeys } from '@convoflow/client';

const HOUR_MS = 3_600_000;

describe('HOOK-20 keys of recent events', () => {
	it('are known for four hours', () => {
		const keys = new RecentKeys();
		expect(keys.add('a', 0)).toBe(true);
		expect(keys.add('a', 4 * HOUR_MS - 1)).toBe(false);
		expect(keys.add('a', 4 * HOUR_MS)).toBe(true);
	});

	it('are bounded: the oldest goes first, and only for a key that is new', () => {
		const forgotten: string[] = [];
		const keys = new RecentKeys([], { onForget: (key) => forgotten.push(key) });
		for (let index = 0; index < 10_000; index += 1) keys.add(String(index), 0);
		expect(keys.add('0', 0)).toBe(false);
		expect(forgotten).toEqual([]);
		expect(keys.add('10000', 0)).toBe(true);
		expect(forgotten).toEqual(['0']);
		expect(keys.add('5000', 0)).toBe(false);
		expect(keys.entries()).toHaveLength(10_000);
	});

	it('come over a restart in the order in which they came', () => {
		const before = new RecentKeys();
		before.add('a', 1);
		before.add('b', 2);
		const after = new RecentKeys([...before.entries()].reverse(), { maxKeys: 2 });
		expect(after.add('c', 3)).toBe(true);
		expect(after.entries()).toEqual([
			['b', 2],
			['c', 3],
		]);
	});

	it('can be taken back, so that the next delivery is the first', () => {
		const keys = new RecentKeys();
		keys.add('a', 0);
		keys.delete('a');
		expect(keys.add('a', 0)).toBe(true);
	});
	it('count from the last time they came, however often they were taken back', () => {
		const forgotten: string[] = [];
		const keys = new RecentKeys([], { maxKeys: 3, onForget: (key) => forgotten.push(key) });
		keys.add('a', 0);
		keys.add('b', 1);
		for (let at = 2; at < 5_000; at += 1) {
			keys.delete('a');
			expect(keys.add('a', at)).toBe(true);
		}
		keys.add('c', 5_000);
		expect(forgotten).toEqual([]);
		keys.add('d', 5_001);
		expect(forgotten).toEqual(['b']);
		expect(keys.entries()).toEqual([
			['a', 4_999],
			['c', 5_000],
			['d', 5_001],
		]);
	});
});
