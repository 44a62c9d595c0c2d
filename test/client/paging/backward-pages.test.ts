import { backwardPages } from '@convoflow/client';
import fc from 'fast-check';
import { pagesOf } from '../../support/fake-ports';
import { List, rowsOf, type Row } from './list';

/** Reads a list from its oldest row on; the newest stands first in it. */
async function readBackward(list: List, pageSize: number): Promise<string[]> {
	const fetchRows = async (skip: number, limit: number): Promise<Row[]> =>
		(await list.fetchPage(skip, limit)).rows;
	const head = await fetchRows(0, pageSize);
	const warn = (message: string): void => void list.warnings.push(message);
	const pages = backwardPages({ fetchRows, idOf: (row: Row) => row.id, pageSize, head, warn });
	return (await pagesOf(pages)).flat().map(({ id }) => id);
}

const ids = (rows: readonly Row[]): string[] => rows.map(({ id }) => id);

describe('backwardPages', () => {
	it.each([
		[0, 10, 1],
		[1, 10, 2],
		[10, 10, 2],
		[11, 10, 7],
		[99, 10, 23],
		[1_000, 100, 26],
	])('reads %i rows by %i from the oldest one on, in at most %i requests', async (count, pageSize, most) => {
		const list = new List(rowsOf(count));
		expect(await readBackward(list, pageSize)).toEqual(ids(list.rows).reverse());
		expect(list.asked.length).toBeLessThanOrEqual(most);
	});

	it('needs few requests more than pages: 100,000 rows by 100', async () => {
		const list = new List(rowsOf(100_000));
		expect(await readBackward(list, 100)).toHaveLength(100_000);
		expect(list.asked.length).toBeLessThan(1_050);
		expect(Math.max(...list.asked.map(({ limit }) => limit))).toBe(100);
	});

	it('PAGE-11 PAGE-14 brings every lasting row once and in order while the list grows and shrinks', async () => {
		const run = fc.record({
			count: fc.nat(150),
			pageSize: fc.integer({ min: 4, max: 20 }),
			cap: fc.integer({ min: 4, max: 20 }),
			// Rows that come in (or go, below zero) before a request.
			changes: fc.array(fc.integer({ min: -2, max: 3 }), { maxLength: 40 }),
			places: fc.array(fc.double({ min: 0, max: 0.999, noNaN: true }), { minLength: 1, maxLength: 10 }),
		});
		await fc.assert(
			fc.asyncProperty(run, async ({ count, pageSize, cap, changes, places }) => {
				const list = new List(rowsOf(count));
				list.maxLimit = cap;
				const removed = new Set<string>();
				list.before = (request) => {
					const change = request > 1 ? (changes[request - 2] ?? 0) : 0;
					for (let n = 0; n < change; n += 1) list.rows.unshift({ id: `new${request}.${n}` });
					for (let n = 0; n > change; n -= 1) {
						const place = Math.floor((places[(request + n * -1) % places.length] ?? 0) * list.rows.length);
						for (const row of list.rows.splice(place, 1)) removed.add(row.id);
					}
				};
				const read = await readBackward(list, pageSize);
				expect(new Set(read).size).toBe(read.length);
				const lasting = ids(rowsOf(count)).filter((id) => !removed.has(id));
				expect(read.filter((id) => lasting.includes(id))).toEqual(lasting.reverse());
			}),
			{ numRuns: Number(process.env['PAGING_RUNS'] ?? 200) },
		);
	});
});
