import { FlowXoClient, type ConvoflowError } from '@convoflow/client';
import { answer, fakePorts, pagesOf, rejection, text, type FakePorts } from '../support/fake-ports';

function client(ports: FakePorts): FlowXoClient {
	return new FlowXoClient(ports, { baseUrl: 'https://flowxo.com/api', retries: 0 });
}

const rows = (...ids: string[]): { id: string }[] => ids.map((id) => ({ id }));
const NO_LIST = [5, true, 'words', {}, { total: 3 }, { status: 'error', message: 'bad key' }];

describe('listConversations (000, Listing Conversations)', () => {
	it('asks with skip, limit, start and end, and nothing that is unset', async () => {
		const ports = fakePorts([answer({ total: 1, skip: 0, limit: 100, conversations: rows('a') })]);
		await pagesOf(client(ports).listConversations({ start: '2026-02-01', end: '2026-03-01T00:00:00.000Z' }));
		await pagesOf(client(ports).listConversations());
		expect(ports.requests.map(({ method, url, headers }) => ({ method, url, headers }))).toEqual([
			{
				method: 'GET',
				url: 'https://flowxo.com/api/conversations?skip=0&limit=100&start=2026-02-01&end=2026-03-01T00%3A00%3A00.000Z',
				headers: { accept: 'application/json' },
			},
			{
				method: 'GET',
				url: 'https://flowxo.com/api/conversations?skip=0&limit=100',
				headers: { accept: 'application/json' },
			},
		]);
	});

	it('pages by skip and limit (000, Pagination), each page from the last row of the one before', async () => {
		const ports = fakePorts([
			answer({ total: 5, conversations: rows('a', 'b', 'c') }),
			answer({ total: 5, conversations: rows('c', 'd', 'e') }),
			answer({ total: 5, conversations: rows('a', 'b', 'c') }),
		]);
		const read = await pagesOf(client(ports).listConversations({ pageSize: 3 }));
		expect(read.flat()).toEqual(rows('a', 'b', 'c', 'd', 'e'));
		expect(ports.requests.map(({ url }) => new URL(url).search)).toEqual([
			'?skip=0&limit=3',
			'?skip=2&limit=3',
			// What came in meanwhile would stand at the head.
			'?skip=0&limit=3',
		]);
	});

	it('asks for no more rows than are wanted', async () => {
		const ports = fakePorts([answer({ total: 9, conversations: rows('a', 'b', 'c') })]);
		expect((await pagesOf(client(ports).listConversations({ limit: 3 }))).flat()).toHaveLength(3);
		expect(new URL(ports.requests[0]?.url ?? '').searchParams.get('limit')).toBe('3');
	});

	it('reads a bare array and a total written as text (Flow XO reference §4)', async () => {
		const bare = fakePorts([answer(rows('a')), answer([])]);
		expect((await pagesOf(client(bare).listConversations())).flat()).toEqual(rows('a'));
		const texts = fakePorts([answer({ total: '1', conversations: rows('a') })]);
		expect((await pagesOf(client(texts).listConversations())).flat()).toEqual(rows('a'));
		expect(texts.requests).toHaveLength(1);
	});

	it.each([text('', 204), text(''), answer(null), answer([]), answer({ total: 0 })])(
		'PAGE-02 takes $text for an empty list',
		async (step) => {
			expect(await pagesOf(client(fakePorts([step])).listConversations())).toEqual([]);
		},
	);

	it.each(NO_LIST)('HTTP-11 refuses %j instead of showing an empty list', async (body) => {
		const error = await rejection(pagesOf(client(fakePorts([answer(body)])).listConversations()));
		expect(error).toMatchObject({ code: 'FLOWXO_REJECTED', body: JSON.stringify(body) });
	});

	it('HTTP-12 tells the words of a refusal with status 200', async () => {
		const ports = fakePorts([answer({ error: 'account is closed' })]);
		const error = (await rejection(pagesOf(client(ports).listConversations()))) as ConvoflowError;
		expect(error.message).toBe('Flow XO refused this: account is closed');
	});
});

describe('getConversation (000, Listing a single conversation)', () => {
	const RAW = '5f3a/c/490150001122';
	it.each([
		RAW,
		` ${RAW} `,
		'5f3a%2Fc%2F490150001122',
		'5f3a%2fc%2f490150001122',
		'5f3a%252Fc%252F490150001122',
	])('takes the ID %j in any form and encodes it once', async (id) => {
		const ports = fakePorts([answer({ id: RAW })]);
		expect(await client(ports).getConversation(id)).toEqual({ id: RAW });
		expect(ports.requests[0]?.url).toBe('https://flowxo.com/api/conversations/5f3a%2Fc%2F490150001122');
	});

	it.each(['', ' ', '.', '..'])('refuses the ID %j before any request', async (id) => {
		const ports = fakePorts([answer({})]);
		expect(await rejection(client(ports).getConversation(id))).toMatchObject({
			code: 'CONVOFLOW_INVALID_INPUT',
			field: 'conversationId',
		});
		expect(ports.requests).toHaveLength(0);
	});

	it.each([text(''), answer(null), answer([])])('HTTP-11 refuses $text', async (step) => {
		expect(await rejection(client(fakePorts([step])).getConversation(RAW))).toMatchObject({
			code: 'FLOWXO_REJECTED',
		});
	});
});

describe('listMessages (000, Listing messages of a conversation)', () => {
	it('reads the bare array until no further row comes, since nothing tells the total', async () => {
		const ports = fakePorts([answer(rows('a', 'b')), answer(rows('b', 'c')), answer(rows('c'))]);
		const messages = client(ports).listMessages('b/c/u', { pageSize: 2, limit: 4 });
		expect((await pagesOf(messages)).flat()).toEqual(rows('a', 'b', 'c'));
		expect(ports.requests.slice(0, 3).map(({ url }) => url)).toEqual(
			[0, 1, 2].map((skip) => `https://flowxo.com/api/conversations/b%2Fc%2Fu/messages?skip=${skip}&limit=2`),
		);
	});

	it('reads a wrapped list as well (Flow XO reference §4)', async () => {
		const ports = fakePorts([answer({ messages: rows('a') }), answer({ messages: [] })]);
		expect((await pagesOf(client(ports).listMessages('b/c/u'))).flat()).toEqual(rows('a'));
	});

	it.each(NO_LIST)('HTTP-11 refuses %j', async (body) => {
		const error = await rejection(pagesOf(client(fakePorts([answer(body)])).listMessages('b/c/u')));
		expect(error).toMatchObject({ code: 'FLOWXO_REJECTED' });
	});
});

describe('countConversations (000, Pagination)', () => {
	it('asks for one row and takes the total', async () => {
		const ports = fakePorts([answer({ total: 415, skip: 0, limit: 1, conversations: rows('a') })]);
		expect(await client(ports).countConversations({ start: '2026-02-01' })).toBe(415);
		expect(ports.requests.map(({ url }) => url)).toEqual([
			'https://flowxo.com/api/conversations?skip=0&limit=1&start=2026-02-01',
		]);
	});

	it('says so when the answer holds no total', async () => {
		const ports = fakePorts([answer(rows('a'))]);
		expect(await rejection(client(ports).countConversations({}))).toMatchObject({ code: 'FLOWXO_REJECTED' });
	});
});
