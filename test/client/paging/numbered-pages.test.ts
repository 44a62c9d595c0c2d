import { numberedPages, type ConvoflowError } from '@convoflow/client';
import { pagesOf, rejection } from '../../support/fake-ports';
import { rowsOf, type Row } from './list';

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
