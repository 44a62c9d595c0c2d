import { ChatlayerClient, ChatlayerCoreClient, type JsonValue } from '@convoflow/client';
import { answer, fakePorts, hang, pagesOf, rejection, type FakePorts } from '../support/fake-ports';

const RANGE = { startTime: '2026-03-01T00:00:00.000Z', endTime: '2026-03-08T00:00:00.000Z' };
const BOT = { ...RANGE, botId: 'k3v9x2ab', version: 'LIVE' };
const OPTIONS = { baseUrl: 'https://chatlayer.test', retries: 0 };

const page = (ids: number[], next?: JsonValue) =>
	answer({
		events: ids.map((id) => ({ id: `ev-${id}` })),
		...(next === undefined ? {} : { next_page_token: next }),
	});

function asked(ports: FakePorts, name: string): (string | null)[] {
	return ports.requests.map(({ url }) => new URL(url).searchParams.get(name));
}

describe('lists by token (Chatlayer reference §7)', () => {
	it('PAGE-03 walks through short and empty pages until no token comes, all else unchanged', async () => {
		const ports = fakePorts([page([1, 2], 'a'), page([], 'b'), page([3], '')]);
		const pages = await pagesOf(new ChatlayerClient(ports, OPTIONS).events.list(BOT));
		expect(pages).toEqual([[{ id: 'ev-1' }, { id: 'ev-2' }], [{ id: 'ev-3' }]]);
		expect(asked(ports, 'page_token')).toEqual([null, 'a', 'b']);
		expect(asked(ports, 'page_size')).toEqual(['100', '100', '100']);
	});

	it('sends the token of a filtered list in the body', async () => {
		const ports = fakePorts([page([1], 'a'), page([2])]);
		await pagesOf(new ChatlayerClient(ports, OPTIONS).events.search({ ...BOT, filters: [] }));
		expect(
			ports.requests.map(({ body }) => (JSON.parse(body ?? '') as Record<string, unknown>)['page_token']),
		).toEqual([undefined, 'a']);
	});

	it('PAGE-05 asks again for a page that failed', async () => {
		const ports = fakePorts([page([1], 'a'), answer({}, 404), page([2])]);
		const pages = new ChatlayerClient(ports, OPTIONS).events.list(BOT);
		await pages.next();
		expect(await rejection(pages.next())).toMatchObject({ code: 'CHATLAYER_NOT_FOUND' });
		expect(await pages.next()).toEqual({ done: false, value: [{ id: 'ev-2' }] });
		expect(asked(ports, 'page_token')).toEqual([null, 'a', 'a']);
	});

	it('PAGE-07 ends the request under way when the loop is left', async () => {
		const ports = fakePorts([page([1], 'a'), hang]);
		const pages = new ChatlayerClient(ports, OPTIONS).events.list(BOT);
		await pages.next();
		const next = pages.next();
		await ports.clock.advance(0);
		expect(ports.requests).toHaveLength(2);
		await pages.return();
		expect(await next).toEqual({ done: true, value: undefined });
		expect(ports.requests.at(-1)?.signal.aborted).toBe(true);
	});

	it('PAGE-04 stops at a token that comes again, after the rows of its page', async () => {
		const ports = fakePorts([page([1], 'a'), page([2], 'a')]);
		const rows: unknown[] = [];
		const work = async (): Promise<void> => {
			for await (const some of new ChatlayerClient(ports, OPTIONS).events.list(BOT)) rows.push(...some);
		};
		expect(await rejection(work())).toMatchObject({ code: 'CONVOFLOW_PAGE_LOOP' });
		expect(rows).toHaveLength(2);
		expect(ports.requests).toHaveLength(2);
	});

	it.each([
		[3, [3], 2],
		[2, [2], 1],
		[0, [], 0],
	])('PAGE-08 brings at most %i rows and asks for no page beyond them', async (limit, _count, requests) => {
		const ports = fakePorts([page([1, 2], 'a'), page([3, 4], 'b')]);
		const pages = await pagesOf(new ChatlayerClient(ports, OPTIONS).events.list({ ...BOT, limit }));
		expect(pages.flat()).toHaveLength(limit);
		expect(ports.requests).toHaveLength(requests);
	});
});

describe('intents, by cursor (Chatlayer reference §7)', () => {
	const intents = (id: string, pagination: JsonValue) => answer({ data: [{ intent_id: id }], pagination });

	it('goes on behind the end cursor while there are more', async () => {
		const ports = fakePorts([
			intents('one', { has_more: true, end_cursor: 'c1' }),
			intents('two', { has_more: false, end_cursor: 'c2' }),
		]);
		const pages = await pagesOf(new ChatlayerClient(ports, OPTIONS).analytics.intents(BOT));
		expect(pages.flat().map(({ intent_id }) => intent_id)).toEqual(['one', 'two']);
		expect(asked(ports, 'after')).toEqual([null, 'c1']);
	});

	it.each([[{ has_more: true }], [undefined], [{ has_more: true, end_cursor: '' }]])(
		'ends at %j, which names no next page',
		async (pagination) => {
			const ports = fakePorts([intents('one', pagination ?? null)]);
			expect(await pagesOf(new ChatlayerClient(ports, OPTIONS).analytics.intents(BOT))).toHaveLength(1);
			expect(ports.requests).toHaveLength(1);
		},
	);

	it('ends at a cursor that does not move', async () => {
		const stuck = { has_more: true, end_cursor: 'c1' };
		const ports = fakePorts([intents('one', stuck), intents('two', stuck)]);
		expect(await pagesOf(new ChatlayerClient(ports, OPTIONS).analytics.intents(BOT))).toHaveLength(2);
		expect(ports.requests).toHaveLength(2);
	});
});

describe('conversations of the core API (Chatlayer reference §10)', () => {
	it('asks page by page until one is empty', async () => {
		const ports = fakePorts([
			answer({ data: [{ user: { id: 'u1' } }] }),
			answer({ data: [{ user: { id: 'u2' } }] }),
			answer({ data: [] }),
		]);
		const core = new ChatlayerCoreClient(ports, OPTIONS);
		expect(await pagesOf(core.conversations({ botId: 'b', version: 'LIVE' }))).toHaveLength(2);
		expect(asked(ports, 'page')).toEqual(['1', '2', '3']);
	});

	it.each([[{ data: [{ id: 'b' }] }], [[{ id: 'b' }]]])('reads the list in %j', async (body) => {
		expect(await new ChatlayerCoreClient(fakePorts([answer(body)]), OPTIONS).bots()).toEqual([{ id: 'b' }]);
	});

	it.each([['words'], [5], [{ data: 'words' }]])('HTTP-11 refuses %j', async (body) => {
		const core = new ChatlayerCoreClient(fakePorts([answer(body)]), OPTIONS);
		expect(await rejection(core.bots())).toMatchObject({ code: 'CHATLAYER_REJECTED' });
	});
});

describe('what changes something is not blindly repeated (Chatlayer reference §8)', () => {
	it.each<[string, (client: ChatlayerClient) => Promise<unknown>]>([
		['track', (client) => client.events.track({ botId: 'b', event: 'paid', id: 'ev-9' })],
		[
			'create',
			(client) =>
				client.subscriptions.create({
					botId: 'b',
					botVersion: 'LIVE',
					target: 'https://x.test',
					secret: 's',
					eventType: 'FLOW_EVENT',
				}),
		],
	])('HTTP-02 %s says that its fate is unknown after a 500', async (_name, call) => {
		const ports = fakePorts([answer({}, 500)]);
		const error = await rejection(call(new ChatlayerClient(ports, { ...OPTIONS, retries: 2 })));
		expect(error).toMatchObject({ code: 'CONVOFLOW_OUTCOME_UNKNOWN' });
		expect(ports.requests).toHaveLength(1);
	});

	it.each<[string, (client: ChatlayerClient) => Promise<unknown>]>([
		['a funnel', (client) => client.flows.funnel({ ...BOT, steps: [] })],
		['attribute values', (client) => client.events.attributeValues({ botId: 'b', attributeKey: 'k' })],
	])('but %s, which only reads, is', async (_name, call) => {
		const ports = fakePorts([answer({}, 503), answer({})]);
		const work = call(new ChatlayerClient(ports, { ...OPTIONS, retries: 2 }));
		await ports.clock.run(work);
		expect(ports.requests).toHaveLength(2);
	});
});
