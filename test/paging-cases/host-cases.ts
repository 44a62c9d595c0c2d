import { startSandbox, type Fault, type Sandbox } from '@convoflow/sandbox';

/** The conversations of a fresh sandbox. */
export const ALL = 134;

/** What a host made of a list. */
export interface Listed {
	/** The rows' ids, in order. */
	readonly ids: readonly string[];
	/** What the user is told beside the rows. */
	readonly notices: readonly string[];
	/** Why there are no rows. */
	readonly error?: string;
}

/** A host with our package in it: lists the conversations of a sandbox with fields as a form has them. */
export type ReadList = (sandbox: Sandbox, input: Readonly<Record<string, unknown>>) => Promise<Listed>;

/** Everything, in pages small enough that a list has several. */
const WHOLE = { returnAll: true, pageSize: 20, pagesAtOnce: 2 };

/** The cases about pages that a host can show, with the sandbox's switches. */
export function pagingCases(read: ReadList): void {
	let sandbox: Sandbox;
	beforeEach(async () => {
		sandbox = await startSandbox({ port: 0 });
	});
	afterEach(async () => {
		await sandbox.close();
	});

	function fault(action: Fault['action'], more: Omit<Fault, 'action' | 'match'> = {}): void {
		sandbox.faults.add({ match: { surface: 'flowxo', path: '/conversations' }, action, ...more });
	}

	/** The ids as the sandbox has them, the newest first. */
	async function known(): Promise<string[]> {
		const url = `${sandbox.baseUrls.flowXo}/conversations`;
		const ids: string[] = [];
		for (let skip = 0; skip < ALL; skip += 100) {
			const answer = await fetch(`${url}?limit=100&skip=${skip}`, {
				headers: { authorization: `Bearer ${sandbox.keys.flowXo}` },
			});
			const { conversations } = (await answer.json()) as { conversations: { id: string }[] };
			ids.push(...conversations.map(({ id }) => id));
		}
		return ids;
	}

	it.each([
		['full', 67, 4],
		['short', 100, 3],
	])('PAGE-01 the last page is %s: every row, and no request too many', async (_page, pageSize, most) => {
		const expected = await known();
		const before = sandbox.requests().length;
		const { ids } = await read(sandbox, { returnAll: true, pageSize, pagesAtOnce: 1 });
		expect(ids).toEqual(expected);
		// The pages, and the head of the list once more.
		expect(sandbox.requests().length - before).toBeLessThanOrEqual(most);
	});

	it('PAGE-02 an empty list is an empty result', async () => {
		const { ids, error } = await read(sandbox, { ...WHOLE, start: '2001-01-01', end: '2001-01-02' });
		expect([ids, error]).toEqual([[], undefined]);
	});

	it('PAGE-02 an answer without a body is an empty result', async () => {
		fault({ type: 'status', status: 204 });
		const { ids, error } = await read(sandbox, WHOLE);
		expect([ids, error]).toEqual([[], undefined]);
	});

	it('PAGE-04 a service that ignores skip is noticed', async () => {
		fault({ type: 'list', ignoreSkip: true });
		const { error } = await read(sandbox, WHOLE);
		expect(error).toContain('The service keeps sending the same page');
		expect(sandbox.requests().length).toBeLessThan(10);
	});

	it('PAGE-08 a limit below the page size brings as many', async () => {
		expect((await read(sandbox, { limit: 7 })).ids).toEqual((await known()).slice(0, 7));
	});

	it.each<[string, Fault['action']]>([
		['lowered, total missing', { type: 'list', maxLimit: 10, total: 'omit' }],
		['lowered', { type: 'list', maxLimit: 10 }],
		['as asked, total too small', { type: 'list', total: 5 }],
	])('PAGE-10 the limit is %s: nothing is skipped', async (_how, action) => {
		const expected = await known();
		fault(action);
		expect((await read(sandbox, WHOLE)).ids).toEqual(expected);
	});

	it('PAGE-12 pages that come back in another order leave in the right one', async () => {
		const expected = await known();
		fault({ type: 'latency', ms: 1, jitterMs: 60 });
		expect((await read(sandbox, { ...WHOLE, pagesAtOnce: 8 })).ids).toEqual(expected);
	});

	it.each<[string, Fault['action'], number]>([
		['PAGE-11 rows come in at the head', { type: 'list', insert: 3 }, ALL + 3],
		['PAGE-13 rows of an unread page become active', { type: 'list', activate: 2 }, ALL],
		['PAGE-14 rows are removed before the place', { type: 'list', remove: 4 }, ALL],
	])('%s: each conversation comes once', async (_name, action, count) => {
		fault(action, { after: 3, times: 1 });
		const { ids } = await read(sandbox, WHOLE);
		expect(new Set(ids).size).toBe(ids.length);
		expect(ids).toHaveLength(count);
	});

	it('a scan that stops at its page cap says so beside the rows', async () => {
		const input = { returnAll: true, pageSize: 10, pageCap: 2, agentMode: 'on' };
		const { ids, notices } = await read(sandbox, input);
		expect(ids).toEqual([]);
		expect(notices).toEqual([expect.stringContaining('Looked at 19 conversations')]);
	});
}
