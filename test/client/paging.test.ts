import { numberedPages, offsetPages, type ConvoflowError } from '@convoflow/client';
import fc from 'fast-check';
import { pagesOf, rejection } from '../support/fake-ports';

interface Row {
	readonly id: string;
}

const rowsOf = (count: number, from = 0): Row[] =>
	Array.from({ length: count }, (_, index) => ({ id: `r${from + index}` }));

/** A list behind `skip` and `limit`, as a service keeps it. */
class List {
	readonly asked: { skip: number; limit: number }[] = [];
	rows: Row[];
	maxLimit = Infinity;
	total: number | 'right' | undefined = 'right';
	/** Called before each page is read, with its number from 1. */
	before: (page: number) => void = () => undefined;

	constructor(rows: Row[]) {
		this.rows = rows;
	}

	readonly fetchPage = (skip: number, limit: number): Promise<{ rows: Row[]; total?: number }> => {
		this.asked.push({ skip, limit });
		this.before(this.asked.length);
		const total = this.total === 'right' ? this.rows.length : this.total;
		const rows = this.rows.slice(skip, skip + Math.min(limit, this.maxLimit));
		return Promise.resolve({ rows, ...(total === undefined ? {} : { total }) });
	};

	pages(pageSize: number, limit?: number): AsyncGenerator<Row[], void, void> {
		return offsetPages({ fetchPage: this.fetchPage, idOf: (row) => row.id, pageSize, limit });
	}
}

describe('offsetPages', () => {
	it.each([
		[10, 5, 2],
		[12, 5, 3],
		[3, 5, 1],
	])('PAGE-01 reads %i rows by %i in %i requests with a total', async (count, size, requests) => {
		const list = new List(rowsOf(count));
		expect((await pagesOf(list.pages(size))).flat()).toEqual(list.rows);
		expect(list.asked).toHaveLength(requests);
	});

	it('PAGE-01 reads a full last page with one more request where there is no total', async () => {
		const list = new List(rowsOf(10));
		list.total = undefined;
		expect((await pagesOf(list.pages(5))).flat()).toEqual(list.rows);
		expect(list.asked).toEqual([0, 5, 10].map((skip) => ({ skip, limit: 5 })));
	});

	it.each([0, undefined])('PAGE-02 an empty list with total %p brings no page', async (total) => {
		const list = new List([]);
		list.total = total;
		expect(await pagesOf(list.pages(5))).toEqual([]);
		expect(list.asked).toHaveLength(1);
	});

	it.each([undefined, 100, 10])(
		'PAGE-04 a service that ignores skip, total %p, is noticed; what was read stays',
		async (total) => {
			const list = new List(rowsOf(5));
			list.total = total;
			const pages = offsetPages({
				fetchPage: (_skip, limit) => list.fetchPage(0, limit),
				idOf: (row: Row) => row.id,
				pageSize: 5,
			});
			expect((await pages.next()).value).toEqual(list.rows);
			expect(await rejection(pages.next())).toMatchObject({ code: 'CONVOFLOW_PAGE_LOOP' });
			expect(list.asked).toHaveLength(3);
		},
	);

	it('PAGE-05 a page that fails ends the list with its error, never as if it were complete', async () => {
		const list = new List(rowsOf(10));
		list.before = (page) => {
			if (page === 2) throw new Error('broke off');
		};
		const pages = list.pages(5);
		expect((await pages.next()).value).toHaveLength(5);
		expect((await rejection(pages.next())) as Error).toMatchObject({ message: 'broke off' });
	});

	it('PAGE-06 parallel next() ask once for each page', async () => {
		const list = new List(rowsOf(10));
		const pages = list.pages(5);
		const results = await Promise.all(Array.from({ length: 10 }, () => pages.next()));
		expect(results.flatMap((result) => result.value ?? [])).toEqual(list.rows);
		expect(list.asked).toHaveLength(2);
	});

	it('PAGE-07 break ends the requests', async () => {
		const list = new List(rowsOf(100));
		for await (const _page of list.pages(5)) break;
		expect(list.asked).toHaveLength(1);
	});

	it.each([
		[0, []],
		[3, [3]],
		[5, [5]],
		[7, [5, 2]],
	])('PAGE-08 a limit of %i asks for %j rows', async (limit, sizes) => {
		const list = new List(rowsOf(100));
		expect((await pagesOf(list.pages(5, limit))).flat()).toEqual(list.rows.slice(0, limit));
		expect(list.asked.map((one) => one.limit)).toEqual(sizes);
	});

	it('PAGE-10 goes on from the rows received when the limit is lowered silently', async () => {
		const list = new List(rowsOf(10));
		list.maxLimit = 4;
		expect((await pagesOf(list.pages(100))).flat()).toEqual(list.rows);
		expect(list.asked.map(({ skip }) => skip)).toEqual([0, 4, 8]);
	});

	it.each([0, 3, 7, 1_000, undefined])(
		'PAGE-10 skips nothing with a total of %p for 12 rows',
		async (total) => {
			const list = new List(rowsOf(12));
			list.total = total;
			expect((await pagesOf(list.pages(5))).flat()).toEqual(list.rows);
		},
	);

	it.each([1, 3, 5, 8])('PAGE-11 %i rows that come in at the head double nothing', async (count) => {
		const list = new List(rowsOf(12));
		const old = list.rows;
		list.before = (page) => {
			if (page === 2) list.rows = [...rowsOf(count, 100), ...list.rows];
		};
		const read = (await pagesOf(list.pages(5))).flat();
		expect(read.filter((row) => old.includes(row))).toEqual(old);
		expect(new Set(read).size).toBe(read.length);
	});

	it('PAGE-11 a small rest is found although several rows came in at the head', async () => {
		const list = new List(rowsOf(30));
		list.before = (page) => {
			if (page === 2) list.rows = [...rowsOf(4, 100), ...list.rows];
		};
		expect((await pagesOf(list.pages(5, 6))).flat()).toEqual(rowsOf(6));
	});

	it('brings every lasting row once and in order, whatever the page size, limit, cap and growth', async () => {
		const run = fc.record({
			count: fc.nat(60),
			// A list that grows by whole pages, or before every request, looks like one that ignores skip.
			pageSize: fc.integer({ min: 5, max: 20 }),
			cap: fc.integer({ min: 5, max: 20 }),
			limit: fc.option(fc.nat(70), { nil: undefined }),
			total: fc.constantFrom<'right' | undefined>('right', undefined),
			growth: fc.array(fc.nat(2), { maxLength: 5 }),
		});
		await fc.assert(
			fc.asyncProperty(run, async ({ count, pageSize, cap, limit, total, growth }) => {
				const list = new List(rowsOf(count));
				const lasting = list.rows;
				list.maxLimit = cap;
				list.total = total;
				let fresh = 1_000;
				list.before = (page) => {
					const added = page > 1 ? (growth[(page - 2) / 3] ?? 0) : 0;
					list.rows = [...rowsOf(added, fresh), ...list.rows];
					fresh += added;
				};
				const read = (await pagesOf(list.pages(pageSize, limit))).flat();
				// Rows that came in meanwhile may be met as well, but never twice.
				const old = read.filter((row) => lasting.includes(row));
				expect(old).toEqual(lasting.slice(0, old.length));
				expect(new Set(read).size).toBe(read.length);
				if (limit === undefined) expect(old).toHaveLength(count);
				else expect(read.length).toBe(Math.min(limit, Math.max(read.length, count)));
				expect(list.asked.length).toBeLessThanOrEqual(count + 12);
			}),
		);
	});
});

describe('numberedPages', () => {
	const pagesFrom =
		(all: readonly Row[][], asked: number[], pages?: number) =>
		(page: number): Promise<{ rows: readonly Row[]; pages?: number }> => {
			asked.push(page);
			return Promise.resolve({ rows: all[page - 1] ?? [], ...(pages === undefined ? {} : { pages }) });
		};
	const THREE = [rowsOf(2), rowsOf(2, 2), rowsOf(1, 4)];

	it.each([
		[3, undefined, [1, 2, 3]],
		[undefined, undefined, [1, 2, 3, 4]],
		[3, 3, [1, 2]],
		[3, 0, []],
		[9, undefined, [1, 2, 3, 4]],
	])('PAGE-01 PAGE-08 with %p pages told and limit %p asks for %j', async (told, limit, expected) => {
		const asked: number[] = [];
		const rows = (await pagesOf(numberedPages(pagesFrom(THREE, asked, told), limit))).flat();
		expect(rows).toEqual(rowsOf(5).slice(0, limit));
		expect(asked).toEqual(expected);
	});

	it('PAGE-02 ends at an empty first page', async () => {
		expect(await pagesOf(numberedPages(pagesFrom([], [])))).toEqual([]);
	});

	it('PAGE-04 a service that ignores the page is noticed; what was read stays', async () => {
		const pages = numberedPages(() => Promise.resolve({ rows: rowsOf(2) }));
		expect((await pages.next()).value).toEqual(rowsOf(2));
		const error = (await rejection(pages.next())) as ConvoflowError;
		expect(error.code).toBe('CONVOFLOW_PAGE_LOOP');
		// n8n hands nothing on from a list that failed, so nothing may be promised of its rows.
		expect(error.advice).toBe('Use a limit, or narrow the time range.');
	});

	it('PAGE-07 break ends the requests', async () => {
		const asked: number[] = [];
		for await (const _page of numberedPages(pagesFrom(THREE, asked))) break;
		expect(asked).toEqual([1]);
	});
});
