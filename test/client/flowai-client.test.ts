import { FlowAiClient, type ConvoflowError, type JsonValue } from '@convoflow/client';
import { answer, fakePorts, hang, pagesOf, rejection, text, type FakePorts } from '../support/fake-ports';

const OK = answer({ status: 'ok' });

function client(ports: FakePorts): FlowAiClient {
	return new FlowAiClient(ports, { baseUrl: 'https://api.flow.ai', retries: 0 });
}

/** What went over the wire, without what only the host needs. */
function wire(ports: FakePorts): unknown[] {
	return ports.requests.map(({ method, url, headers, body }) => ({
		method,
		url,
		headers,
		...(body === undefined ? {} : { body: JSON.parse(body) as JsonValue }),
	}));
}

const NO_BODY = { accept: 'application/json' };
const JSON_BODY = { accept: 'application/json', 'content-type': 'application/json' };

describe('sendText (001, Sending a text message)', () => {
	it('sends the documented minimum and nothing else', async () => {
		const ports = fakePorts([OK]);
		await client(ports).sendText({
			threadId: '6ecfd199-853a-448f-9f91-ef397588ff87',
			speech: 'Hello',
			originator: { name: 'John Doe', role: 'external' },
		});
		expect(wire(ports)).toEqual([
			{
				method: 'POST',
				url: 'https://api.flow.ai/rest/v1/messages/6ecfd199-853a-448f-9f91-ef397588ff87',
				headers: JSON_BODY,
				body: {
					payload: { type: 'text', speech: 'Hello', originator: { name: 'John Doe', role: 'external' } },
				},
			},
		]);
	});

	it('sends every optional field in the flat form (Flow.ai reference §2.3)', async () => {
		const ports = fakePorts([OK]);
		await client(ports).sendText({
			threadId: 't-100|w_c51f0e2a',
			speech: 'Is table six free?',
			traceId: 90210,
			language: 'en',
			timezone: 2,
			params: { table: [{ value: 't-6', match: 'table six' }] },
			originator: {
				name: 'Mara Lind',
				role: 'external',
				metadata: { loyalty: 'silver' },
				profile: { fullName: 'Mara Lind', locale: 'sv-SE' },
			},
		});
		expect(wire(ports)).toEqual([
			{
				method: 'POST',
				url: 'https://api.flow.ai/rest/v1/messages/t-100%7Cw_c51f0e2a',
				headers: JSON_BODY,
				body: {
					payload: {
						type: 'text',
						traceId: 90210,
						speech: 'Is table six free?',
						lang: 'en',
						timezone: 2,
						params: { table: [{ value: 't-6', match: 'table six' }] },
						originator: {
							name: 'Mara Lind',
							role: 'external',
							metadata: { loyalty: 'silver' },
							profile: { fullName: 'Mara Lind', locale: 'sv-SE' },
						},
					},
				},
			},
		]);
	});

	it('keeps a trace ID and a time zone of 0', async () => {
		const ports = fakePorts([OK]);
		const originator = { name: 'a', role: 'external' };
		await client(ports).sendText({ threadId: 't', speech: 'x', originator, traceId: 0, timezone: 0 });
		expect(JSON.parse(ports.requests[0]?.body ?? '')).toMatchObject({ payload: { traceId: 0, timezone: 0 } });
	});

	it('HTTP-02 is never repeated when its fate is unknown', async () => {
		const ports = fakePorts([text('', 500)]);
		const http = new FlowAiClient(ports, { baseUrl: 'https://api.flow.ai' });
		const originator = { name: 'a', role: 'external' };
		const work = http.sendText({ threadId: 't', speech: 'x', originator, traceId: 0 });
		expect(await rejection(ports.clock.run(work))).toMatchObject({
			code: 'CONVOFLOW_OUTCOME_UNKNOWN',
			traceId: 0,
		});
		expect(ports.requests).toHaveLength(1);
	});

	it('refuses a thread that a URL would fold away, before any request', async () => {
		const ports = fakePorts([OK]);
		const originator = { name: 'a', role: 'external' };
		const work = client(ports).sendText({ threadId: '..', speech: 'x', originator });
		expect(await rejection(work)).toMatchObject({ code: 'CONVOFLOW_INVALID_INPUT', field: 'threadId' });
		expect(ports.requests).toHaveLength(0);
	});
});

describe('bot control (001, Pause, Resume, Bot status)', () => {
	it('pauses with an empty body, resumes without one, asks with and without sync', async () => {
		const ports = fakePorts([OK, OK, answer({ status: 'ok', isPaued: true, threadId: 't-100' }), OK]);
		const http = client(ports);
		await http.pause('t/1');
		await http.resume('t/1');
		await http.status('t/1');
		await http.requestStatus('t/1');
		const url = 'https://api.flow.ai/rest/v1/pause/t%2F1';
		expect(wire(ports)).toEqual([
			{ method: 'POST', url, headers: JSON_BODY, body: {} },
			{ method: 'DELETE', url, headers: NO_BODY },
			{ method: 'GET', url: `${url}?sync=true`, headers: NO_BODY },
			{ method: 'GET', url, headers: NO_BODY },
		]);
	});

	it.each([
		[{ isPaued: true }, true],
		[{ isPaused: false }, false],
		[{ isPaused: true, isPaued: false }, true],
	])('reads %j in both spellings (Flow.ai reference §9)', async (fields, isPaused) => {
		const ports = fakePorts([answer({ status: 'ok', ...fields })]);
		expect(await client(ports).status('t-1')).toEqual({ threadId: 't-1', isPaused });
	});

	it('says so when the answer does not tell', async () => {
		const ports = fakePorts([OK]);
		expect(await rejection(client(ports).status('t-1'))).toMatchObject({ code: 'FLOWAI_REJECTED' });
	});

	it('pause and resume are repeated, since twice is as good as once', async () => {
		for (const act of ['pause', 'resume'] as const) {
			const ports = fakePorts([text('', 500), OK]);
			const http = new FlowAiClient(ports, { baseUrl: 'https://api.flow.ai' });
			expect(await ports.clock.run(http[act]('t'))).toEqual({ status: 'ok' });
		}
	});
});

describe('history (001, Thread messages)', () => {
	const page = (number: number, pages: unknown): ReturnType<typeof answer> =>
		answer({
			status: 'ok',
			result: { threadId: 't', page: number, pages: pages as JsonValue, history: [{ messages: [], number }] },
		});

	it('reads page after page with sync, whether their number is a number or text', async () => {
		const ports = fakePorts([page(1, '2'), page(2, 2)]);
		expect(await pagesOf(client(ports).history('t'))).toEqual([
			[{ messages: [], number: 1 }],
			[{ messages: [], number: 2 }],
		]);
		expect(wire(ports)).toEqual(
			[1, 2].map((number) => ({
				method: 'GET',
				url: `https://api.flow.ai/rest/v1/messages/t?sync=true&page=${number}`,
				headers: NO_BODY,
			})),
		);
	});

	it('reads a result without its wrapper, and takes a missing list for an empty one', async () => {
		const bare = fakePorts([answer({ status: 'ok', history: [{ a: 1 }], pages: 1 })]);
		expect(await pagesOf(client(bare).history('t'))).toEqual([[{ a: 1 }]]);
		expect(await pagesOf(client(fakePorts([OK])).history('t'))).toEqual([]);
	});

	it('only asks when the answer goes to the webhook', async () => {
		const ports = fakePorts([OK]);
		expect(await client(ports).requestHistory('t')).toEqual({ status: 'ok' });
		expect(ports.requests[0]?.url).toBe('https://api.flow.ai/rest/v1/messages/t');
	});

	it('HTTP-16 stops with its signal', async () => {
		const ports = fakePorts([hang]);
		const stop = new AbortController();
		const work = rejection(pagesOf(client(ports).history('t', undefined, { signal: stop.signal })));
		await ports.clock.advance(0);
		stop.abort();
		expect(await work).toMatchObject({ code: 'CONVOFLOW_ABORTED' });
	});
});

describe('answers that are no success', () => {
	it.each([
		[{ status: 'error', message: 'no such thread' }, 'no such thread'],
		[{ status: 'error', error: 'bad' }, 'bad'],
		[{ status: 'fail', payload: { message: 'deep' } }, 'deep'],
	])('HTTP-12 %j with status 200 is an error with the words of the service', async (body, words) => {
		const error = (await rejection(client(fakePorts([answer(body)])).pause('t'))) as ConvoflowError;
		expect(error).toMatchObject({ code: 'FLOWAI_REJECTED' });
		expect(error.message).toContain(words);
		expect(error.body).toContain(words);
	});

	it.each([text(''), answer(null), answer(5), answer([]), answer('ok'), answer({})])(
		'HTTP-11 $text is a typed error',
		async (step) => {
			const error = await rejection(client(fakePorts([step])).pause('t'));
			expect(error).toMatchObject({ name: 'ConvoflowError', code: 'FLOWAI_REJECTED' });
		},
	);

	it.each([text(''), answer(null), answer('OK', 202), answer({}), answer({ success: true })])(
		'HTTP-02 a send answered with $text may have arrived, and says so',
		async (step) => {
			const sent = client(fakePorts([step])).sendText({
				threadId: 't',
				speech: 'x',
				originator: { name: 'Mara', role: 'external' },
				traceId: 7,
			});
			expect(await rejection(sent)).toMatchObject({ code: 'CONVOFLOW_OUTCOME_UNKNOWN', traceId: 7 });
		},
	);
});
