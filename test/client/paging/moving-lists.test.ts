import { offsetPages } from '@convoflow/client';
import fc from 'fast-check';
import { settle } from '../../support/virtual-clock';
import { List, rowsOf, type Row } from './list';

/** What happens to a list between two answers, at a place given as a share of its length. */
type Change = readonly ['insert' | 'activate' | 'remove' | 'none', number];

const change = fc.tuple(
	fc.constantFrom<Change[0]>('insert', 'activate', 'remove', 'none'),
	fc.double({ min: 0, max: 0.999, noNaN: true }),
);

const run = fc.record({
	count: fc.nat(120),
	pageSize: fc.integer({ min: 5, max: 20 }),
	cap: fc.integer({ min: 5, max: 20 }),
	pagesAtOnce: fc.integer({ min: 1, max: 8 }),
	total: fc.constantFrom<'right' | undefined>('right', undefined),
	/** Before each answer, as long as there are some. */
	changes: fc.array(change, { maxLength: 12 }),
	/** Which of the waiting requests is answered next, as a share of their number. */
	order: fc.array(fc.double({ min: 0, max: 0.999, noNaN: true }), { maxLength: 40 }),
});

function apply(list: List, [what, where]: Change, removed: Set<string>, name: string): void {
	const place = Math.floor(where * list.rows.length);
	if (what === 'insert') list.rows.unshift({ id: name });
	if (what === 'activate') list.rows.unshift(...list.rows.splice(place, 1));
	if (what === 'remove') for (const row of list.rows.splice(place, 1)) removed.add(row.id);
}

/** Reads the list while it changes, and answers the requests in the order given. */
async function readAll(list: List, pages: AsyncIterable<Row[]>, order: readonly number[]): Promise<Row[]> {
	const read: Row[] = [];
	let isDone = false;
	const work = (async () => {
		for await (const page of pages) read.push(...page);
	})().finally(() => {
		isDone = true;
	});
	work.catch(() => undefined);
	for (let turn = 0; !isDone; turn += 1) {
		await settle();
		const place = Math.floor((order[turn % order.length] ?? 0) * list.waiting.length);
		list.waiting.splice(place, 1)[0]?.answer();
	}
	await work;
	return read;
}

describe('a list that moves while it is read', () => {
	it('PAGE-11 PAGE-13 PAGE-14 every row that lasts comes once, whatever is inserted, activated or removed', async () => {
		await fc.assert(
			fc.asyncProperty(run, async ({ count, pageSize, cap, pagesAtOnce, total, changes, order }) => {
				const list = new List(rowsOf(count));
				const lasting = rowsOf(count).map(({ id }) => id);
				const removed = new Set<string>();
				list.isHeld = true;
				list.maxLimit = cap;
				list.total = total;
				let turn = 0;
				list.before = () => {
					const next = changes[turn];
					turn += 1;
					if (next && turn > 1) apply(list, next, removed, `new${turn}`);
				};
				const read = await readAll(list, list.pages(pageSize, undefined, { pagesAtOnce }), order);
				const ids = read.map(({ id }) => id);
				expect(new Set(ids).size).toBe(ids.length);
				expect(lasting.filter((id) => !removed.has(id) && !ids.includes(id))).toEqual([]);
			}),
			{ numRuns: Number(process.env['PAGING_RUNS'] ?? 200) },
		);
	});

	it('knows a row again after 65,000 others, and needs 10 MB at most for a million', async () => {
		const count = 1_000_000;
		const before = process.memoryUsage().arrayBuffers;
		let read = 0;
		let most = 0;
		let again = 0;
		const pages = offsetPages({
			fetchPage: (skip, limit) => {
				const rows = rowsOf(Math.min(limit, count - skip), skip);
				// Where 66,000 are read, one comes back that was met 65,000 rows ago.
				if (skip <= 66_000 && skip + limit > 66_001) rows[66_001 - skip] = { id: 'r1001' };
				return Promise.resolve({ rows, total: count });
			},
			idOf: (row: Row) => row.id,
			pageSize: 1_000,
		});
		for await (const page of pages) {
			read += page.length;
			again += page.filter(({ id }) => id === 'r1001').length;
			most = Math.max(most, process.memoryUsage().arrayBuffers - before);
		}
		expect(again).toBe(1);
		expect(read).toBe(count - 1);
		expect(most).toBeLessThan(10 * 1024 * 1024);
	});
});
