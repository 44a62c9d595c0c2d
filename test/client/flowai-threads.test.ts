import { FlowAiClient, type JsonValue } from '@convoflow/client';
import { answer, fakePorts, pagesOf, rejection, text } from '../support/fake-ports';
import { client, JSON_BODY, NO_BODY, OK, REST, run, wire } from './flowai-harness';

const list = (threads: JsonValue, page: JsonValue, pages: JsonValue): ReturnType<typeof answer> =>
	answer({ status: 'ok', result: { threads, page, pages } });

describe('threads (Flow.ai reference §2.2, rows 7 to 11)', () => {
	it('makes the ID of a new thread without a body', async () => {
		const ports = fakePorts([answer({ status: 'ok', threadId: '0b7e5f3a|w_c51f0e2a' })]);
		expect(await client(ports).threads.generateId()).toBe('0b7e5f3a|w_c51f0e2a');
		expect(wire(ports)).toEqual([{ method: 'POST', url: `${REST}/messages`, headers: NO_BODY }]);
		const { rows, sent } = await run('thread.generateId', {}, [answer({ status: 'ok', threadId: 't|w_c' })]);
		expect(rows).toEqual([{ threadId: 't|w_c' }]);
		expect(sent).toEqual(wire(ports));
		expect(await rejection(client(fakePorts([OK])).threads.generateId())).toMatchObject({
			code: 'FLOWAI_REJECTED',
		});
	});

	it('lists threads page by page and always sends the page', async () => {
		const script = [list(['t-100|o_c', 't-101|o_c'], '1', 2), list(['t-102', 7], '2', 2)];
		const { rows, sent } = await run('thread.getMany', { returnAll: true }, script);
		expect(rows).toEqual([{ threadId: 't-100|o_c' }, { threadId: 't-101|o_c' }, { threadId: 't-102' }]);
		expect(sent).toEqual(
			[1, 2].map((page) => ({
				method: 'GET',
				url: `${REST}/threads?sync=true&page=${page}`,
				headers: NO_BODY,
			})),
		);
	});

	it('stops asking at the limit', async () => {
		const { rows, sent } = await run('thread.getMany', { limit: 1 }, [list(['a', 'b'], '1', 9)]);
		expect(rows).toEqual([{ threadId: 'a' }]);
		expect(sent).toHaveLength(1);
	});

	it('only asks when the answer goes to the webhook', async () => {
		const { rows, sent } = await run('thread.getMany', { answer: 'webhook', page: 3 });
		expect(rows).toEqual([{ status: 'ok' }]);
		expect(sent).toEqual([{ method: 'GET', url: `${REST}/threads?page=3`, headers: NO_BODY }]);
	});

	it('takes an answer without its wrapper, and one without a list for an empty one', async () => {
		const bare = fakePorts([answer({ status: 'ok', threads: ['a'], pages: '1' })]);
		expect(await pagesOf(client(bare).threads.list())).toEqual([['a']]);
		expect(await pagesOf(client(fakePorts([OK])).threads.list())).toEqual([]);
	});

	it.each([
		['thread.handover', {}, '/handover', { headers: JSON_BODY, body: {} }],
		[
			'thread.handover',
			{ secondsToPause: 900 },
			'/handover',
			{ headers: JSON_BODY, body: { secondsToPause: 900 } },
		],
		['thread.takeover', {}, '/takeover', { headers: JSON_BODY, body: {} }],
		['thread.resolve', {}, '/resolve', { headers: NO_BODY }],
	])('%s with %j', async (path, input, call, rest) => {
		const { rows, sent } = await run(path, { threadId: 't-100|o_c/1', ...input });
		expect(sent).toEqual([{ method: 'POST', url: `${REST}${call}/t-100%7Co_c%2F1`, ...rest }]);
		expect(rows).toEqual([{ status: 'ok', threadId: 't-100|o_c/1' }]);
		expect(await rejection(run(path, { threadId: '%2e%2e' }))).toMatchObject({ field: 'threadId' });
		expect(await rejection(run(path, { threadId: 't' }, [answer({}, 404)]))).toMatchObject({
			code: 'FLOWAI_THREAD_NOT_FOUND',
		});
	});

	it.each([0, -1, 1.5, 'soon'])('refuses %j seconds to pause', async (secondsToPause) => {
		const error = await rejection(run('thread.handover', { threadId: 't', secondsToPause }));
		expect(error).toMatchObject({ code: 'CONVOFLOW_INVALID_INPUT', field: 'secondsToPause' });
	});

	it('repeats handing over, but never resolving, which cannot be undone', async () => {
		const again = (): ReturnType<typeof fakePorts> => fakePorts([text('', 500), OK]);
		const calm = { baseUrl: 'https://api.flow.ai', policy: { baseDelayMs: 1 } };
		const ports = again();
		const work = new FlowAiClient(ports, calm).threads.handover('t', undefined);
		expect(await ports.clock.run(work)).toEqual({ status: 'ok' });
		const other = again();
		const resolving = rejection(new FlowAiClient(other, calm).threads.resolve('t'));
		expect(await other.clock.run(resolving)).toMatchObject({ code: 'CONVOFLOW_OUTCOME_UNKNOWN' });
		expect(other.requests).toHaveLength(1);
	});
});

describe('events (Flow.ai reference §2.2, rows 12 and 13)', () => {
	it('lists the events with a manual trigger, one a row', async () => {
		const items = answer({ status: 'ok', result: { items: ['WELCOME', 'CART_LEFT'] } });
		const { rows, sent } = await run('event.getMany', {}, [items]);
		expect(rows).toEqual([{ eventName: 'WELCOME' }, { eventName: 'CART_LEFT' }]);
		expect(sent).toEqual([{ method: 'GET', url: `${REST}/trigger/event?sync=true`, headers: NO_BODY }]);
		const asked = await run('event.getMany', { answer: 'webhook' });
		expect(asked.rows).toEqual([{ status: 'ok' }]);
		expect(asked.sent).toEqual([{ method: 'GET', url: `${REST}/trigger/event`, headers: NO_BODY }]);
	});

	it('triggers an event by a name in the query, with an empty body', async () => {
		const input = { threadId: 't|1', eventName: 'CART LEFT&go' };
		const { rows, sent } = await run('event.trigger', input);
		const url = `${REST}/trigger/event/t%7C1?eventName=CART%20LEFT%26go`;
		expect(sent).toEqual([{ method: 'POST', url, headers: JSON_BODY, body: {} }]);
		expect(rows).toEqual([{ status: 'ok', ...input }]);
		const waiting = await run('event.trigger', { ...input, waitForProcessing: true });
		expect(waiting.sent).toMatchObject([{ url: `${url}&writeConcern=true` }]);
	});

	it('is triggered once only, and says what an unknown event means', async () => {
		const input = { threadId: 't', eventName: 'E' };
		expect(await rejection(run('event.trigger', input, [text('', 500)]))).toMatchObject({
			code: 'CONVOFLOW_OUTCOME_UNKNOWN',
		});
		expect(await rejection(run('event.trigger', input, [answer({}, 404)]))).toMatchObject({
			code: 'FLOWAI_EVENT_NOT_FOUND',
		});
	});
});
