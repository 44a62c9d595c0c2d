import { offsetPages } from '@convoflow/client';
import { pagesOf, rejection } from '../../support/fake-ports';
import { settle } from '../../support/virtual-clock';
import { List, rowsOf, type Row } from './list';

describe('offsetPages', () => {
	it.each([
		[10, 5, [0, 4, 8, 0]],
		[13, 5, [0, 4, 8, 0]],
		[14, 5, [0, 4, 8, 12, 0]],
		[5, 5, [0]],
		[3, 5, [0]],
	])('PAGE-01 reads %i rows by %i, asking from %j, with a total', async (count, size, skips) => {
		const list = new List(rowsOf(count));
		expect((await pagesOf(list.pages(size))).flat()).toEqual(list.rows);
		expect(list.skips).toEqual(skips);
	});

	it.each([
		// One page holds all; another request shows that nothing follows.
		[3, [0, 2]],
		[5, [0, 4]],
		[9, [0, 4, 8, 0]],
		[10, [0, 4, 8, 9, 0]],
	])('PAGE-01 reads %i rows by 5, asking from %j, where there is no total', async (count, skips) => {
		const list = new List(rowsOf(count));
		list.total = undefined;
		expect((await pagesOf(list.pages(5))).flat()).toEqual(list.rows);
		expect(list.skips).toEqual(skips);
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
				pagesAtOnce: 2,
			});
			expect((await pages.next()).value).toEqual(list.rows);
			expect(await rejection(pages.next())).toMatchObject({ code: 'CONVOFLOW_PAGE_LOOP' });
			expect(list.asked.length).toBeLessThanOrEqual(total === undefined ? 3 : 4);
		},
	);

	it('PAGE-05 a page that failed is asked for again from the same place', async () => {
		const list = new List(rowsOf(10));
		list.before = (page) => {
			if (page === 2) throw new Error('broke off');
		};
		const pages = list.pages(5, undefined, { pagesAtOnce: 1 });
		expect((await pages.next()).value).toHaveLength(5);
		expect((await rejection(pages.next())) as Error).toMatchObject({ message: 'broke off' });
		expect((await pagesOf(pages)).flat()).toEqual(rowsOf(5, 5));
		expect(list.skips).toEqual([0, 4, 4, 8, 0]);
	});

	it('PAGE-06 parallel next() ask once for each page, and bring each row once', async () => {
		const list = new List(rowsOf(10));
		const pages = list.pages(5);
		const results = await Promise.all(Array.from({ length: 10 }, () => pages.next()));
		expect(results.flatMap((result) => result.value ?? [])).toEqual(list.rows);
		expect(list.skips).toEqual([0, 4, 8, 0]);
	});

	it('PAGE-07 break ends the requests', async () => {
		const list = new List(rowsOf(100));
		for await (const _page of list.pages(5)) break;
		await settle();
		expect(list.asked).toHaveLength(1);
	});

	it('PAGE-07 a throw inside the loop ends the requests under way', async () => {
		const list = new List(rowsOf(100));
		const read = async (): Promise<void> => {
			let count = 0;
			for await (const _page of list.pages(5)) {
				list.isHeld = true;
				count += 1;
				if (count === 1) setImmediate(() => list.waiting[0]?.answer());
				else throw new Error('enough');
			}
		};
		expect(await rejection(read())).toMatchObject({ message: 'enough' });
		expect(list.asked).toHaveLength(9);
		// The first two were answered.
		expect(list.ended.filter((number) => number > 2)).toEqual([3, 4, 5, 6, 7, 8, 9]);
	});

	it('PAGE-07 return() while a page is under way ends it, and next() ends with it', async () => {
		const list = new List(rowsOf(100));
		list.isHeld = true;
		const pages = list.pages(5);
		const next = pages.next();
		await settle();
		await pages.return();
		expect(list.ended).toEqual([1]);
		list.waiting[0]?.answer();
		expect(await next).toEqual({ done: true, value: undefined });
		expect(await pages.next()).toEqual({ done: true, value: undefined });
		expect(list.asked).toHaveLength(1);
	});

	it.each([
		[0, []],
		[3, [3]],
		[5, [5]],
		[7, [5, 3]],
		[11, [5, 5, 3]],
	])('PAGE-08 a limit of %i asks for %j rows, the overlap included', async (limit, sizes) => {
		const list = new List(rowsOf(100));
		expect((await pagesOf(list.pages(5, limit))).flat()).toEqual(list.rows.slice(0, limit));
		expect(list.asked.map((one) => one.limit)).toEqual(sizes);
	});

	it('PAGE-08 leaves out rows at the start, and counts the limit after them', async () => {
		const list = new List(rowsOf(20));
		expect((await pagesOf(list.pages(5, 7, { skip: 3 }))).flat()).toEqual(rowsOf(7, 3));
		expect((await pagesOf(list.pages(5, undefined, { skip: 14 }))).flat()).toEqual(rowsOf(6, 14));
		expect(await pagesOf(list.pages(5, undefined, { skip: 30 }))).toEqual([]);
	});

	it("PAGE-09 the caller's options are left as they are", async () => {
		const list = new List(rowsOf(12));
		const options = Object.freeze({ fetchPage: list.fetchPage, idOf: (row: Row) => row.id, pageSize: 5 });
		expect((await pagesOf(offsetPages(options))).flat()).toEqual(list.rows);
		expect((await pagesOf(offsetPages(options))).flat()).toEqual(list.rows);
	});

	it.each([
		[4, 'right' as const],
		[4, undefined],
		[2, 'right' as const],
		[1, 'right' as const],
		[1, undefined],
	])(
		'PAGE-10 goes on from the rows received when the limit is lowered to %i, total %p',
		async (cap, total) => {
			const list = new List(rowsOf(10));
			list.maxLimit = cap;
			list.total = total;
			expect((await pagesOf(list.pages(100))).flat()).toEqual(list.rows);
		},
	);

	it('PAGE-10 a limit that is lowered for one page in the middle loses no row', async () => {
		const list = new List(rowsOf(60));
		list.before = (page) => {
			list.maxLimit = page === 4 ? 3 : Infinity;
		};
		expect((await pagesOf(list.pages(10))).flat()).toEqual(list.rows);
	});

	it.each([0, 3, 7, 9, 1_000, undefined])(
		'PAGE-10 skips nothing with a total of %p for 12 rows',
		async (total) => {
			const list = new List(rowsOf(12));
			list.total = total;
			const read = (await pagesOf(list.pages(5))).flat();
			// A total that is reached exactly cannot be told from a right one.
			expect(read).toEqual(total === 9 ? rowsOf(9) : list.rows);
		},
	);

	it.each([1, 3, 5, 8])(
		'PAGE-11 %i rows that come in at the head are met once, and double nothing',
		async (count) => {
			const list = new List(rowsOf(12));
			const old = list.rows;
			list.before = (page) => {
				if (page === 2) list.rows = [...rowsOf(count, 100), ...list.rows];
			};
			const read = (await pagesOf(list.pages(5))).flat();
			expect(read.filter((row) => old.includes(row))).toEqual(old);
			expect(read.filter((row) => !old.includes(row))).toEqual(rowsOf(count, 100));
		},
	);

	it('PAGE-11 a small rest is found although several rows came in at the head', async () => {
		const list = new List(rowsOf(30));
		list.before = (page) => {
			if (page === 2) list.rows = [...rowsOf(4, 100), ...list.rows];
		};
		expect((await pagesOf(list.pages(5, 6))).flat()).toEqual(rowsOf(6));
	});

	it('PAGE-11 warns when rows keep coming in at the head', async () => {
		const list = new List(rowsOf(12));
		list.before = (page) => {
			list.rows = [{ id: `new${page}` }, ...list.rows];
		};
		const read = (await pagesOf(list.pages(5))).flat();
		expect(new Set(read).size).toBe(read.length);
		expect(read).toEqual(expect.arrayContaining(rowsOf(12)));
		expect(list.warnings).toEqual([
			'New rows kept coming in while the list was read; the newest may be missing.',
		]);
	});

	it('PAGE-12 reads 8 pages side by side and hands them on in order, whatever comes back first', async () => {
		const list = new List(rowsOf(60));
		const pages = list.pages(5);
		const read = [...((await pages.next()).value ?? [])];
		list.isHeld = true;
		const rest = pagesOf(pages);
		await settle();
		expect(list.asked).toHaveLength(9);
		while (list.waiting.length > 0) {
			list.waiting.pop()?.answer();
			await settle();
		}
		read.push(...(await rest).flat());
		expect(read).toEqual(list.rows);
	});

	it('PAGE-12 a page that fails ends the list after the rows before it; the rest is ended', async () => {
		const list = new List(rowsOf(60));
		list.before = (page) => {
			if (page === 4) throw new Error('broke off');
			if (page > 4) throw new Error('must not be seen');
		};
		const pages = list.pages(5);
		const read: Row[] = [];
		const all = async (): Promise<void> => {
			for await (const page of pages) read.push(...page);
		};
		expect(await rejection(all())).toMatchObject({ message: 'broke off' });
		expect(read).toEqual(rowsOf(13));
		expect(list.ended).toEqual(expect.arrayContaining([5, 6, 7, 8, 9]));
	});

	it.each([1, 4, 8, 16])('PAGE-12 asks for at most %i pages at once', async (pagesAtOnce) => {
		const list = new List(rowsOf(200));
		let most = 0;
		let open = 0;
		const pages = offsetPages({
			fetchPage: async (skip, limit) => {
				open += 1;
				most = Math.max(most, open);
				await settle();
				open -= 1;
				return await list.fetchPage(skip, limit);
			},
			idOf: (row: Row) => row.id,
			pageSize: 5,
			pagesAtOnce,
		});
		expect((await pagesOf(pages)).flat()).toEqual(list.rows);
		expect(most).toBe(pagesAtOnce);
	});

	it.each([1, 8])(
		'PAGE-13 a row of an unread page that moves to the head comes once, by %i',
		async (pagesAtOnce) => {
			const list = new List(rowsOf(30));
			list.before = (page) => {
				if (page !== 2) return;
				const [moved] = list.rows.splice(20, 1);
				list.rows.unshift(moved as Row);
			};
			const read = (await pagesOf(list.pages(5, undefined, { pagesAtOnce }))).flat();
			expect(read).toEqual([...rowsOf(20), ...rowsOf(9, 21), { id: 'r20' }]);
		},
	);

	it.each([1, 8])(
		'PAGE-13 a row of a read page that moves to the head is not repeated, by %i',
		async (pagesAtOnce) => {
			const list = new List(rowsOf(2_000));
			list.before = (page) => {
				if (page !== 15) return;
				const [moved] = list.rows.splice(150, 1);
				list.rows.unshift(moved as Row);
			};
			const read = (await pagesOf(list.pages(100, undefined, { pagesAtOnce }))).flat();
			expect(read).toEqual(rowsOf(2_000));
		},
	);

	it.each([
		[1, 1],
		[1, 8],
		[3, 1],
		[12, 8],
	])('PAGE-14 the rows after %i removed ones are not lost, by %i', async (count, pagesAtOnce) => {
		const list = new List(rowsOf(60));
		list.before = (page) => {
			if (page === 5) list.rows.splice(2, count);
		};
		const read = (await pagesOf(list.pages(5, undefined, { pagesAtOnce }))).flat();
		expect(read).toEqual(rowsOf(60));
	});

	it('reads rows without an ID by their place alone', async () => {
		const list = new List(rowsOf(12));
		const pages = offsetPages({ fetchPage: list.fetchPage, idOf: () => undefined, pageSize: 5 });
		expect((await pagesOf(pages)).flat()).toEqual(list.rows);
	});
});
