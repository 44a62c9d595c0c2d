import type { JsonValue } from '@convoflow/client';
import { answer } from '../support/fake-ports';
import { NO_BODY, REST, run } from './flowai-harness';

describe('Get Many messages', () => {
	const entry = (name: string, createdAt?: unknown): JsonValue => ({
		originator: { name, role: 'user' },
		messages: [{ fallback: name, ...(createdAt === undefined ? {} : { createdAt: createdAt as JsonValue }) }],
	});
	const page = (number: number, history: JsonValue[]): ReturnType<typeof answer> =>
		answer({ status: 'ok', result: { threadId: 't', page: number, pages: 2, history } });
	const names = async (order: string, ...pages: JsonValue[][]): Promise<unknown[]> => {
		const script = pages.map((rows, index) => page(index + 1, rows));
		const { rows } = await run('message.getMany', { threadId: 't', returnAll: true, order }, script);
		return rows.map(({ name }) => name);
	};

	it('asks for events where wanted, in both ways to answer', async () => {
		const input = { threadId: 't|1', includeEvents: true, limit: 1 };
		const { sent } = await run('message.getMany', input, [page(1, [entry('a')])]);
		expect(sent).toEqual([
			{ method: 'GET', url: `${REST}/messages/t%7C1?sync=true&page=1&event=true`, headers: NO_BODY },
		]);
		const { sent: asked, rows } = await run('message.getMany', { ...input, answer: 'webhook' });
		expect(asked).toEqual([{ method: 'GET', url: `${REST}/messages/t%7C1?event=true`, headers: NO_BODY }]);
		expect(rows).toEqual([{ status: 'ok', threadId: 't|1' }]);
	});

	it.each([
		[
			'the newest first',
			[entry('d', 4000), entry('c', '1970-01-01T00:00:03Z')],
			[entry('b', 2000), entry('a', 1000)],
		],
		['the oldest first', [entry('a', 1000), entry('b', 2000)], [entry('c', 3000), entry('d', 4000)]],
		['no order at all', [entry('c', 3000), entry('a', 1000)], [entry('d', 4000), entry('b', 2000)]],
	])('sorts a history that comes with %s', async (_how, ...pages) => {
		expect(await names('oldest', ...pages)).toEqual(['a', 'b', 'c', 'd']);
		expect(await names('newest', ...pages)).toEqual(['d', 'c', 'b', 'a']);
	});

	it('keeps an entry without a date beside the one before it, and the order of equal dates', async () => {
		const told = [entry('a', 1000), entry('b'), entry('c', 1000), entry('d', 2000), entry('e')];
		expect(await names('oldest', told, [entry('f', 2000)])).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
		const newestFirst = [entry('f', 2000), entry('e'), entry('d', 2000), entry('c', 1000), entry('b')];
		expect(await names('oldest', newestFirst, [entry('a', 1000)])).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
		expect(await names('newest', [entry('b'), entry('a')], [entry('c')])).toEqual(['b', 'a', 'c']);
	});

	it('takes the newest of the whole thread, not of its first page', async () => {
		const script = [page(1, [entry('a', 1000), entry('b', 2000)]), page(2, [entry('c', 3000)])];
		const { rows, sent } = await run('message.getMany', { threadId: 't', limit: 1, order: 'newest' }, script);
		expect(rows.map(({ name }) => name)).toEqual(['c']);
		expect(sent).toHaveLength(2);
	});
});
