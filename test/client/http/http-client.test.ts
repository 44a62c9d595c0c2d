import { ConvoflowError, FLOW_AI, HttpClient, type Call, type HttpClientOptions } from '@convoflow/client';
import { answer, fakePorts, fault, rejection, text, type FakePorts } from '../../support/fake-ports';

const READ: Call = { method: 'GET', path: '/things', effect: 'read' };
const SEND: Call = { method: 'POST', path: '/things', effect: 'send', body: { text: 'hej' }, traceId: 7 };

function client(ports: FakePorts, options: Partial<HttpClientOptions> = {}): HttpClient {
	return new HttpClient(ports, FLOW_AI, { baseUrl: 'https://api.example.test', ...options });
}

/** Gaps between the requests, in virtual ms. */
function gaps(ports: FakePorts): number[] {
	return ports.times.slice(1).map((time, index) => time - (ports.times[index] ?? 0));
}

describe('repeating', () => {
	it('HTTP-01 repeats a read after 500, 502, 503 and 504 with growing waits and gives one result', async () => {
		const ports = fakePorts([
			...[500, 502, 503, 504].map((status) => text('', status)),
			answer({ status: 'ok' }),
		]);
		const result = await ports.clock.run(client(ports, { retries: 4 }).json(READ));
		expect(result).toEqual({ status: 'ok' });
		expect(ports.requests).toHaveLength(5);
		[500, 1_000, 2_000, 4_000].forEach((ceiling, index) => {
			expect(gaps(ports)[index]).toBeGreaterThanOrEqual(ceiling / 2);
			expect(gaps(ports)[index]).toBeLessThanOrEqual(ceiling);
		});
		expect(ports.logs.filter(({ message }) => message.includes('did not succeed'))).toHaveLength(4);
	});

	it.each([
		['status 500', text('', 500)],
		['a reset connection', fault('ECONNRESET')],
		['a time-out', fault('ETIMEDOUT')],
		['a closed socket', fault('UND_ERR_SOCKET')],
		['an answer that breaks off', fault('ERR_STREAM_PREMATURE_CLOSE')],
		['an answer that is no HTTP', fault('HPE_INVALID_CONSTANT')],
	])('HTTP-02 never repeats a send after %s; its fate is told with the trace ID', async (_name, step) => {
		const ports = fakePorts([step]);
		const error = await rejection(ports.clock.run(client(ports).json(SEND)));
		expect(error).toMatchObject({
			code: 'CONVOFLOW_OUTCOME_UNKNOWN',
			traceId: 7,
			method: 'POST',
			path: '/things',
		});
		expect((error as ConvoflowError).advice).toContain('not repeated');
		expect(ports.requests).toHaveLength(1);
	});

	it('HTTP-02 keeps a trace ID of 0', async () => {
		const ports = fakePorts([text('', 502)]);
		const error = await rejection(client(ports).json({ ...SEND, traceId: 0 }));
		expect(error).toMatchObject({ code: 'CONVOFLOW_OUTCOME_UNKNOWN', traceId: 0, status: 502 });
	});

	it('HTTP-02 has no trace ID where none was given', async () => {
		const ports = fakePorts([text('', 502)]);
		const error = await rejection(client(ports).json({ method: 'POST', path: '/things', effect: 'send' }));
		expect(Object.keys(error as object)).not.toContain('traceId');
	});

	it.each([
		[400, 'FLOWAI_BAD_REQUEST'],
		[401, 'FLOWAI_UNAUTHORIZED'],
		[402, 'FLOWAI_FORBIDDEN'],
		[403, 'FLOWAI_FORBIDDEN'],
		[404, 'FLOWAI_NOT_FOUND'],
		[409, 'FLOWAI_CONFLICT'],
		[410, 'FLOWAI_NOT_FOUND'],
		[413, 'FLOWAI_TOO_LARGE'],
		[418, 'FLOWAI_BAD_REQUEST'],
		[422, 'FLOWAI_BAD_REQUEST'],
		[501, 'FLOWAI_UNAVAILABLE'],
	])('HTTP-03 status %i is tried once and becomes %s with the words of the service', async (status, code) => {
		const ports = fakePorts([answer({ error: { message: 'no such luck' } }, status)]);
		const error = (await rejection(client(ports).json(READ))) as ConvoflowError;
		expect(error).toBeInstanceOf(ConvoflowError);
		expect(error).toMatchObject({ code, status, method: 'GET', path: '/things' });
		expect(error.message).toContain(`(status ${status}): no such luck`);
		expect(error.body).toContain('no such luck');
		expect(error.advice).not.toBe('');
		expect(ports.requests).toHaveLength(1);
	});

	it('HTTP-07 fails at once when the service asks for a day, and says for how long', async () => {
		const ports = fakePorts([text('', 429, { 'retry-after': '86400' }), answer({})]);
		const http = client(ports);
		expect(await rejection(http.json(READ))).toMatchObject({
			code: 'FLOWAI_RATE_LIMITED',
			retryAfterMs: 86_400_000,
		});
		await http.json(READ);
		expect(ports.clock.slept).toEqual([]);
	});

	it.each([
		['a refused connection', fault('ECONNREFUSED')],
		['an unknown host name', fault('ENOTFOUND')],
		['status 429', text('', 429)],
		['status 503 with Retry-After', text('', 503, { 'retry-after': '1' })],
	])('HTTP-15 repeats a send after %s: it surely did not arrive', async (_name, step) => {
		const ports = fakePorts([step, answer({ status: 'ok' })]);
		expect(await ports.clock.run(client(ports).json(SEND))).toEqual({ status: 'ok' });
		expect(ports.requests.map(({ body }) => body)).toEqual(['{"text":"hej"}', '{"text":"hej"}']);
	});

	it('HTTP-15 fails at once on a certificate that is not accepted', async () => {
		const ports = fakePorts([fault('DEPTH_ZERO_SELF_SIGNED_CERT')]);
		expect(await rejection(client(ports).json(SEND))).toMatchObject({ code: 'FLOWAI_TLS' });
		expect(ports.requests).toHaveLength(1);
	});

	it('HTTP-18 neither repeats nor disguises a fault of our own, whatever its words', async () => {
		const ports = fakePorts([new TypeError("Cannot read properties of undefined (reading 'timeout')")]);
		const error = (await rejection(client(ports).json(READ))) as ConvoflowError;
		expect(error.code).toBe('CONVOFLOW_BUG');
		expect(error.message).toContain("reading 'timeout'");
		expect(ports.requests).toHaveLength(1);
	});

	it('lets an error pass that the host explains itself', async () => {
		const own = new ConvoflowError('CONVOFLOW_NO_CREDENTIAL', 'No credential is chosen');
		const ports = fakePorts([own]);
		expect(await rejection(client(ports).json(READ))).toBe(own);
	});

	it('HTTP-21 makes exactly one attempt with 0 repeats, and keeps the default when undefined', async () => {
		const once = fakePorts([text('', 500)]);
		await rejection(once.clock.run(client(once, { retries: 0 }).json(READ)));
		expect(once.requests).toHaveLength(1);
		const usual = fakePorts([text('', 500)]);
		await rejection(usual.clock.run(client(usual, { retries: undefined }).json(READ)));
		expect(usual.requests).toHaveLength(3);
	});
});

describe('a request', () => {
	it('is built from base URL, path, query, headers and body', async () => {
		const ports = fakePorts([answer({})]);
		await client(ports, { timeoutMs: 1_234 }).json({
			...SEND,
			query: { sync: true, tag: ['a b', 'c'], page: 2, none: undefined },
			headers: { 'x-one': '1' },
		});
		expect(ports.requests[0]).toMatchObject({
			method: 'POST',
			url: 'https://api.example.test/things?sync=true&tag=a%20b&tag=c&page=2',
			headers: { accept: 'application/json', 'content-type': 'application/json', 'x-one': '1' },
			body: '{"text":"hej"}',
			timeoutMs: 1_234,
		});
	});

	it('without a body names no content type', async () => {
		const ports = fakePorts([answer({})]);
		await client(ports).json(READ);
		expect(ports.requests[0]?.headers).toEqual({ accept: 'application/json' });
		expect(ports.requests[0]).not.toHaveProperty('body');
	});
});
