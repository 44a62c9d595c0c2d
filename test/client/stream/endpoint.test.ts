import { FlowAiSocketClient, type ConvoflowError } from '@convoflow/client';
import { answer, fakePorts, rejection, text, type FakePorts } from '../../support/fake-ports';
import { bench, connected, endpoint } from './stream-bench';

const OK = answer({ status: 'ok', payload: { endpoint: 'wss://sdk.flow.ai/ws/1' } });

function client(ports: FakePorts): FlowAiSocketClient {
	return new FlowAiSocketClient(ports, { baseUrl: 'https://sdk.flow.ai', clientId: 'client-1' });
}

describe('the address of a stream', () => {
	const asked = async (
		endpoint: string,
		baseUrl: string,
		streamHosts?: readonly string[],
	): Promise<unknown> => {
		const ports = fakePorts([answer({ status: 'ok', payload: { endpoint } })]);
		const socket = new FlowAiSocketClient(ports, { baseUrl, clientId: 'client-1', streamHosts });
		return await socket.endpoint({ sessionId: 's-1' }).catch((error: unknown) => error);
	};

	it.each([
		['wss://sdk.flow.ai/ws/1', 'https://sdk.flow.ai', []],
		['wss://sdk.flow.ai:443/ws/1', 'https://sdk.flow.ai', []],
		['wss://ws-7.flow.ai/1', 'https://sdk.flow.ai', ['*.flow.ai']],
		['wss://streams.example.com:8443/1', 'https://sdk.flow.ai', ['streams.example.com:8443']],
		['ws://127.0.0.1:4010/ws/1', 'http://127.0.0.1:4010', []],
	])('%s is dialled under %s with %j', async (endpoint, baseUrl, hosts) => {
		expect(await asked(endpoint, baseUrl, hosts)).toBe(endpoint);
	});

	it.each([
		['wss://evil.example/ws', 'https://sdk.flow.ai', ['*.flow.ai'], 'leads to evil.example'],
		['ws://sdk.flow.ai/ws', 'https://sdk.flow.ai', [], 'must begin with wss://'],
		['wss://a:b@sdk.flow.ai/ws', 'https://sdk.flow.ai', [], 'user name or password'],
		['wss://sdk.flow.ai@evil.example/ws', 'https://sdk.flow.ai', [], 'user name or password'],
		['wss://127.0.0.1/ws', 'https://sdk.flow.ai', ['127.0.0.1'], 'inside a private network'],
		['wss://[2001:0:4136:e378::1]/ws', 'https://sdk.flow.ai', ['[2001:0:4136:e378::1]'], 'inside a private'],
		['ws://169.254.169.254/ws', 'http://127.0.0.1:4010', [], 'leads to 169.254.169.254'],
		['ws://127.0.0.1:22/', 'http://127.0.0.1:4010', [], 'leads to 127.0.0.1:22'],
		['wss://', 'https://sdk.flow.ai', [], 'gave no stream address'],
	])('%s is refused under %s with %j: %s', async (endpoint, baseUrl, hosts, words) => {
		expect(await asked(endpoint, baseUrl, hosts)).toMatchObject({
			code: 'FLOWAI_STREAM_REFUSED',
			message: expect.stringContaining(words) as unknown,
		});
	});
});

describe('endpoint (001, Request an endpoint)', () => {
	it('names session and thread in both documented forms (Flow.ai reference §5.2)', async () => {
		const ports = fakePorts([OK]);
		expect(await client(ports).endpoint({ threadId: 't-1|c9', sessionId: 's-1' })).toBe(
			'wss://sdk.flow.ai/ws/1',
		);
		expect(ports.requests[0]).toMatchObject({
			method: 'GET',
			url: 'https://sdk.flow.ai/socket.info?sessionId=s-1&threadId=t-1%7Cc9',
			headers: { accept: 'application/json', 'x-flowai-sessionid': 's-1', 'x-flowai-threadid': 't-1|c9' },
		});
	});

	it.each(['tråd', 'a b', 'line\nbreak', '\ud800'])(
		'leaves a thread %j, which no header can carry, to the query',
		async (threadId) => {
			const ports = fakePorts([OK]);
			await client(ports).endpoint({ threadId, sessionId: 's-1' });
			expect(ports.requests[0]?.headers).not.toHaveProperty('x-flowai-threadid');
			expect(new URL(ports.requests[0]?.url ?? '').searchParams.get('threadId')).toBe(
				Buffer.from(threadId).toString(),
			);
		},
	);

	it('without a thread names none', async () => {
		const ports = fakePorts([OK]);
		await client(ports).endpoint({ sessionId: 's-1' });
		expect(ports.requests[0]?.url).toBe('https://sdk.flow.ai/socket.info?sessionId=s-1');
		expect(Object.keys(ports.requests[0]?.headers ?? {})).toEqual(['accept', 'x-flowai-sessionid']);
	});

	it('carries the secret of a thread from the second call on, for that thread only', async () => {
		const first = answer({ status: 'ok', payload: { endpoint: 'wss://sdk.flow.ai/ws/1' }, secret: 'n-fake' });
		const ports = fakePorts([first, OK]);
		const socket = client(ports);
		for (const threadId of ['t-1', 't-1', 't-2']) await socket.endpoint({ threadId, sessionId: 's' });
		expect(ports.requests.map(({ headers }) => headers['x-flowai-secret'])).toEqual([
			undefined,
			'n-fake',
			undefined,
		]);
		expect(JSON.stringify(ports.logs)).not.toContain('n-fake');
	});

	it('keeps a secret that arrives by frame, and hands it to nobody', async () => {
		const made = await connected();
		made.sockets.last.receive({ type: 'secret.generated', message: { secret: 'n-fake' } });
		made.sockets.last.drop();
		await made.ports.clock.advance(2_000);
		expect(made.ports.requests.at(-1)?.headers['x-flowai-secret']).toBe('n-fake');
		expect(made.events).toEqual([]);
		expect(JSON.stringify([made.ports.logs, made.statuses])).not.toContain('n-fake');
		await made.stream.stop();
	});

	it.each([
		answer({ status: 'error', payload: { message: 'Unknown client' } }),
		answer({ status: 'ok', payload: {} }),
		answer({ status: 'ok', payload: { endpoint: 'https://not.a.socket' } }),
		answer([]),
		answer(null),
		text(''),
	])('WS-03 $text is a refusal', async (step) => {
		expect(await rejection(client(fakePorts([step])).endpoint({ sessionId: 's' }))).toMatchObject({
			code: 'FLOWAI_STREAM_REFUSED',
		});
	});

	it('WS-03 shows the words of the service, without secrets', async () => {
		const step = answer({ status: 'error', payload: { message: 'Unknown client fake-client-id' } });
		const ports = fakePorts([step], { secrets: ['fake-client-id'] });
		const error = (await rejection(client(ports).endpoint({ sessionId: 's' }))) as ConvoflowError;
		expect(error.message).toBe('Flow.ai gave no stream address: Unknown client [secret]');
	});
});

describe('a stream whose endpoint request fails', () => {
	it('WS-01 three times waits longer each time, one wait at once, then connects', async () => {
		const made = bench([text('', 503), text('', 502), text('', 504), endpoint()]);
		const started = made.stream.start();
		for (let failures = 1; failures <= 3; failures += 1) {
			await made.ports.clock.advance(0);
			expect(made.ports.clock.pending).toBe(1);
			await made.ports.clock.advance(made.ports.clock.slept.at(-1) ?? 0);
		}
		made.sockets.last.open();
		await made.ports.clock.advance(60);
		made.sockets.last.receive({ type: 'pong' });
		await started;
		expect(made.stream.status).toEqual({ state: 'connected' });
		const waits = made.statuses.flatMap((status) => (status.state === 'waiting' ? [status.retryInMs] : []));
		expect(waits).toHaveLength(3);
		[1_000, 2_000, 4_000].forEach((ceiling, index) => {
			expect(waits[index]).toBeGreaterThanOrEqual(ceiling / 2);
			expect(waits[index]).toBeLessThanOrEqual(ceiling);
		});
		await made.stream.stop();
	});

	it.each([
		[400, 'FLOWAI_BAD_REQUEST'],
		[401, 'FLOWAI_UNAUTHORIZED'],
		[402, 'FLOWAI_FORBIDDEN'],
		[403, 'FLOWAI_FORBIDDEN'],
		[500, 'FLOWAI_UNAVAILABLE'],
	])('WS-02 WS-03 with status %i ends for good and names the setting', async (status, code) => {
		const made = bench([answer({ payload: { message: 'not for you' } }, status)]);
		const error = (await rejection(made.stream.start())) as ConvoflowError;
		expect(error).toMatchObject({ code, status });
		expect(error.message).toContain('not for you');
		expect(error.advice).not.toBe('');
		expect(made.stream.status).toEqual({ state: 'failed', error });
		await made.ports.clock.advance(600_000);
		expect(made.ports.requests).toHaveLength(1);
		expect(made.ports.clock.pending).toBe(0);
		await made.stream.stop();
		expect(made.stream.status.state).toBe('failed');
	});

	it('WS-03 with a refusal in a 200 ends for good', async () => {
		const made = bench([answer({ status: 'error', payload: { message: 'Unknown client' } })]);
		expect(await rejection(made.stream.start())).toMatchObject({ code: 'FLOWAI_STREAM_REFUSED' });
		expect(made.stream.status.state).toBe('failed');
	});

	it.each([404, 408, 409, 429, 501, 502, 503, 504])('WS-03 with status %i tries again', async (status) => {
		const made = bench([text('', status), endpoint()]);
		const started = rejection(made.stream.start());
		await made.ports.clock.advance(1_000);
		expect(made.sockets.all).toHaveLength(1);
		await made.stream.stop();
		expect(await started).toMatchObject({ code: 'CONVOFLOW_ABORTED' });
	});

	it('waits as long as the service asks, within a bound', async () => {
		for (const [header, atLeastMs, atMostMs] of [
			['20', 20_000, 21_000],
			['86400', 600_000, 600_000],
		] as const) {
			const made = bench([text('', 429, { 'retry-after': header }), endpoint()]);
			const started = rejection(made.stream.start());
			await made.ports.clock.advance(0);
			const { status } = made.stream;
			expect(status.state === 'waiting' ? status.retryInMs : 0).toBeGreaterThanOrEqual(atLeastMs);
			expect(status.state === 'waiting' ? status.retryInMs : Infinity).toBeLessThanOrEqual(atMostMs);
			await made.stream.stop();
			await started;
		}
	});
});

it('WS-05 dials each address once, right after it was fetched', async () => {
	const made = await connected();
	for (let round = 0; round < 3; round += 1) {
		made.sockets.last.drop();
		await made.ports.clock.advance(30_000);
	}
	const urls = made.sockets.all.map(({ url }) => url);
	expect(new Set(urls).size).toBe(urls.length);
	expect(made.ports.requests).toHaveLength(urls.length);
	const sessions = made.ports.requests.map(({ headers }) => headers['x-flowai-sessionid']);
	expect(new Set(sessions).size).toBe(sessions.length);
	await made.stream.stop();
});

it('drops a secret that is refused, and asks once more without it', async () => {
	const ok = answer({ status: 'ok', payload: { endpoint: 'wss://sdk.flow.ai/ws/1' }, secret: 'new' });
	const ports = fakePorts([answer({ status: 'error' }, 401), ok]);
	const made = client(ports);
	made.keepSecret('t-1', 'old');
	await made.endpoint({ threadId: 't-1', sessionId: 's-1' });
	expect(ports.requests.map(({ headers }) => headers['x-flowai-secret'])).toEqual(['old', undefined]);
	expect(made.nonceOf('t-1')).toBe('new');
});

it('asks once when a client is not allowed that has no secret', async () => {
	const ports = fakePorts([answer({ status: 'error' }, 403)]);
	const made = client(ports);
	await expect(made.endpoint({ threadId: 't-1', sessionId: 's-1' })).rejects.toMatchObject({ status: 403 });
	expect(ports.requests).toHaveLength(1);
});

describe('a one-time token (Flow.ai reference §5.2)', () => {
	const ok = answer({ status: 'ok', payload: { endpoint: 'wss://sdk.flow.ai/ws/1' } });
	const refused = answer({ status: 'error' }, 401);
	const made = (ports: FakePorts): FlowAiSocketClient =>
		new FlowAiSocketClient(ports, {
			baseUrl: 'https://sdk.flow.ai',
			clientId: 'client-1',
			oneTimeToken: 'ott-fake',
		});
	const tokens = ({ requests }: FakePorts): (string | undefined)[] =>
		requests.map(({ headers }) => headers['x-flowai-ott']);

	it('goes along with each request for an endpoint, and with no other', async () => {
		const ports = fakePorts([ok, ok, answer({ status: 'ok', payload: [] })]);
		const socket = made(ports);
		for (const threadId of ['t-1', 't-2']) await socket.endpoint({ threadId, sessionId: 's' });
		await socket.history('t-1');
		expect(tokens(ports)).toEqual(['ott-fake', 'ott-fake', undefined]);
		expect(JSON.stringify(ports.logs)).not.toContain('ott-fake');
	});

	it('is left out for a thread once it has let it in and is refused', async () => {
		const ports = fakePorts([ok, refused, ok, ok, ok]);
		const socket = made(ports);
		for (const threadId of ['t-1', 't-1', 't-1', 't-2']) await socket.endpoint({ threadId, sessionId: 's' });
		expect(tokens(ports)).toEqual(['ott-fake', 'ott-fake', undefined, undefined, 'ott-fake']);
	});

	it('that was never taken is not left out: the refusal is final', async () => {
		const ports = fakePorts([refused]);
		const asked = made(ports).endpoint({ threadId: 't-1', sessionId: 's' });
		await expect(asked).rejects.toMatchObject({ status: 401 });
		expect(ports.requests).toHaveLength(1);
	});

	it('with characters that no header carries is refused with the name of its field', () => {
		const wrong = { baseUrl: 'https://sdk.flow.ai', clientId: 'client-1', oneTimeToken: 'a\nb' };
		expect(() => new FlowAiSocketClient(fakePorts([]), wrong)).toThrow(/One-Time Token/);
	});
});
