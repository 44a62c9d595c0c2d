import { ConvoflowError } from '@convoflow/client';
import {
	cutList,
	modesOf,
	runSearch,
	scanPages,
	searchesFor,
	searchesOfService,
	type Found,
	type FoundPage,
	type LocatorField,
	type SearchRequest,
} from '@convoflow/kit';
import { services } from '@convoflow/nodes';

const request = (more: Partial<SearchRequest> = {}): SearchRequest => ({
	values: {},
	signal: new AbortController().signal,
	...more,
});
const things = (from: number, to: number): Found[] =>
	Array.from({ length: to - from }, (_, index) => ({
		name: `Thing ${from + index}`,
		value: `id-${from + index}`,
	}));

/** Reads a search to its end. */
async function readAll(page: (cursor: string | undefined) => Promise<FoundPage>): Promise<Found[][]> {
	const pages: Found[][] = [];
	let cursor: string | undefined;
	do {
		const { results, next } = await page(cursor);
		pages.push([...results]);
		cursor = next;
	} while (cursor !== undefined);
	return pages;
}

describe('a list that the service gives whole', () => {
	const all = things(0, 10_000);

	it('comes in pages, each thing once', async () => {
		const pages = await readAll((cursor) => Promise.resolve(cutList(all, request(cursor ? { cursor } : {}))));
		expect(pages.flat()).toEqual(all);
		expect(Math.max(...pages.map((page) => page.length))).toBe(100);
	});

	it('is searched by name and by id, small or capital', () => {
		expect(cutList(all, request({ filter: ' tHING 9999 ' })).results).toEqual(things(9999, 10_000));
		expect(cutList(all, request({ filter: 'ID-77' })).results).toHaveLength(100);
		expect(cutList(all, request({ filter: 'nothing like this' }))).toEqual({ results: [] });
	});
});

describe('a list that the service gives in pages', () => {
	const PAGES = 500;
	const asked: string[] = [];
	const fetchPage = (cursor: string | undefined): Promise<FoundPage> => {
		const page = Number(cursor ?? 1);
		asked.push(String(page));
		const results = things((page - 1) * 20, page * 20);
		return Promise.resolve({ results, ...(page < PAGES ? { next: String(page + 1) } : {}) });
	};
	beforeEach(() => asked.splice(0));

	it('is read no further than a screen needs', async () => {
		const { results, next } = await scanPages(fetchPage, request());
		expect(results).toEqual(things(0, 40));
		expect([asked, next]).toEqual([['1', '2'], '3']);
	});

	it('is searched ten pages at a time, up to its end', async () => {
		const first = await scanPages(fetchPage, request({ filter: 'thing 9999' }));
		expect(first).toEqual({ results: [], next: '11' });
		const pages = await readAll((cursor) =>
			scanPages(fetchPage, request({ filter: 'thing 9999', ...(cursor ? { cursor } : {}) })),
		);
		expect(pages.flat()).toEqual(things(9999, 10_000));
	});

	it('is read no further once the user has typed on', async () => {
		const stop = new AbortController();
		const reading = scanPages(
			async (cursor) => {
				if (asked.length === 2) stop.abort();
				return await fetchPage(cursor);
			},
			request({ filter: 'thing 9999', signal: stop.signal }),
		);
		await expect(reading).rejects.toThrow();
		expect(asked).toHaveLength(3);
	});
});

describe('a search', () => {
	const define = searchesFor<{ readonly list: () => Promise<FoundPage> }>('fakeApi');
	const search = define({ name: 'searchBots', things: 'bots', run: async (client) => await client.list() });

	it.each([403, 404, 405, 501])('says in plain words that an account cannot list (%d)', async (status) => {
		const fault = new ConvoflowError('FAKE_FAULT', 'No', { status, path: '/bots' });
		const failing = { list: () => Promise.reject(fault) };
		await expect(runSearch(search, failing, request())).rejects.toMatchObject({
			code: 'CONVOFLOW_CANNOT_LIST',
			message: `This account cannot list bots (the service answered ${status})`,
			advice: 'Enter the ID instead: the list is only a help.',
		});
	});

	it('passes every other fault on', async () => {
		const fault = new ConvoflowError('FAKE_UNAUTHORIZED', 'Key refused', {
			status: 401,
			advice: 'Check it.',
		});
		const failing = { list: () => Promise.reject(fault) };
		await expect(runSearch(search, failing, request())).rejects.toMatchObject({
			code: 'FAKE_UNAUTHORIZED',
			message: 'Key refused',
			advice: 'Check it.',
		});
	});

	it('puts the list before the other ways to enter a thing, unless told otherwise', () => {
		const field: LocatorField = {
			kind: 'locator',
			thing: 'bot',
			label: 'L',
			description: 'D',
			modes: ['id'],
		};
		expect(modesOf(field)).toEqual(['id']);
		expect(modesOf({ ...field, search })).toEqual(['list', 'id']);
		expect(modesOf({ ...field, search, modes: ['id', 'list'] })).toEqual(['id', 'list']);
	});
});

describe.each(services.map((service) => [service.name, service] as const))(
	'the lists of %s',
	(_name, service) => {
		it('have names of their own and depend on fields that stand in the same form', () => {
			const searches = searchesOfService(service);
			expect(new Set(searches.map(({ name }) => name)).size).toBe(searches.length);
			for (const { name, things: plural } of searches) {
				expect(name).toMatch(/^search[A-Z][A-Za-z]*$/);
				expect(plural).toMatch(/^[a-z ]+s$/);
			}
			for (const { operations } of service.resources)
				for (const { fields, optional, credential } of operations)
					for (const field of Object.values({ ...fields, ...optional })) {
						if (field.kind !== 'locator' || !field.search) continue;
						expect(field.search.credential).toBe(credential);
						for (const other of field.search.dependsOn)
							expect({ ...fields, ...optional }).toHaveProperty(other);
					}
		});
	},
);
