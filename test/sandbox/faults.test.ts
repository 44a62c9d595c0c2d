/* eslint-disable @typescript-eslint/no-explicit-any, @typescript-eslint/no-unsafe-assignment, @typescript-eslint/no-unsafe-call, @typescript-eslint/no-unsafe-member-access, @typescript-eslint/no-unsafe-return -- answers are foreign JSON, and what they hold is asserted */
import { connect } from 'node:net';
import { Client, call, closeAll, rest, socketInfo, start, textMessage } from './helpers';

afterEach(closeAll);

it('HTTP-01 HTTP-03 HTTP-04 HTTP-06 HTTP-15 PAGE-05 NODE-04 NODE-20 NODE-28 NODE-34 answers with a status for the calls it is told to, then goes on', async () => {
	const sandbox = await start();
	const api = rest(sandbox);
	sandbox.faults.add({
		match: { surface: 'flowai-rest', method: 'GET', path: '/businesshours' },
		after: 1,
		times: 2,
		action: { type: 'status', status: 429, retryAfter: 2 },
	});
	const seen = [];
	for (let n = 0; n < 4; n += 1) {
		const { status, headers } = await api('GET', 'businesshours?sync=true');
		seen.push([status, headers.get('retry-after')]);
	}
	expect(seen).toEqual([
		[200, null],
		[429, '2'],
		[429, '2'],
		[200, null],
	]);
	expect((await api('GET', 'pause/t-100?sync=true')).status).toBe(200);
});

it('HTTP-02 keeps a refused message out of the thread, and one whose answer was lost in it', async () => {
	const sandbox = await start();
	const api = rest(sandbox);
	const send = (text: string): Promise<unknown> =>
		api('POST', 'messages/f-1', textMessage(text)).catch(() => 'lost');
	const count = (): number => sandbox.world.thread('f-1')?.messages ?? 0;
	const surface = 'flowai-rest';
	sandbox.faults.add({ match: { surface }, times: 1, action: { type: 'reset', when: 'before' } });
	expect(await send('echo 1')).toBe('lost');
	expect(count()).toBe(0);
	sandbox.faults.add({ match: { surface }, times: 1, action: { type: 'status', status: 500 } });
	expect(await send('echo 2')).toMatchObject({ status: 500 });
	expect(count()).toBe(0);
	sandbox.faults.add({ match: { surface }, times: 1, action: { type: 'reset', when: 'after' } });
	expect(await send('echo 3')).toBe('lost');
	sandbox.faults.add({
		match: { surface },
		times: 1,
		action: { type: 'status', status: 500, applied: true },
	});
	expect(await send('echo 4')).toMatchObject({ status: 500 });
	expect(sandbox.world.messages('f-1').filter((entry) => entry.originator.role === 'external')).toHaveLength(
		2,
	);
	expect(sandbox.requests().map((record) => record.status)).toEqual([0, 500, 0, 500]);
});

it('HTTP-08 HTTP-09 HTTP-10 HTTP-11 HTTP-12 HTTP-20 HTTP-23 PAGE-12 NODE-14 answers with a page instead of JSON, late, or cut short', async () => {
	const sandbox = await start();
	const url = `${sandbox.baseUrls.flowXo}/conversations?limit=5`;
	const key = `Bearer ${sandbox.keys.flowXo}`;
	const add = (action: Parameters<typeof sandbox.faults.add>[0]['action']): string =>
		sandbox.faults.add({ match: { surface: 'flowxo' }, times: 1, action });
	add({ type: 'html' });
	const page = await call(url, { key });
	expect([page.status, page.headers.get('content-type'), page.body.slice(0, 15)]).toEqual([
		200,
		'text/html; charset=utf-8',
		'<!doctype html>',
	]);
	for (const body of ['null', '7', '', '{"status":"error","message":"no"}']) {
		add({ type: 'body', body, contentType: 'text/plain' });
		expect((await call(url, { key })).body).toBe(body);
	}
	add({ type: 'latency', ms: 80 });
	const before = performance.now();
	expect((await call(url, { key })).status).toBe(200);
	expect(performance.now() - before).toBeGreaterThan(75);
	add({ type: 'truncate' });
	await expect(call(url, { key })).rejects.toThrow();
	add({ type: 'drip', bytes: 2000, everyMs: 1 });
	expect((await call(url, { key })).body.conversations).toHaveLength(5);
	add({ type: 'redirect', location: 'http://127.0.0.1:1/elsewhere' });
	const redirected = await fetch(url, { headers: { authorization: key }, redirect: 'manual' });
	expect([redirected.status, redirected.headers.get('location')]).toEqual([
		302,
		'http://127.0.0.1:1/elsewhere',
	]);
	for (const action of [{ type: 'hang' as const }, { type: 'stall' as const }]) {
		add(action);
		const stopped = fetch(url, { headers: { authorization: key }, signal: AbortSignal.timeout(150) }).then(
			(r) => r.text(),
		);
		await expect(stopped).rejects.toThrow();
	}
});

it('PAGE-04 PAGE-10 PAGE-11 PAGE-13 PAGE-14 moves lists while they are paged', async () => {
	const sandbox = await start();
	const key = `Bearer ${sandbox.keys.flowXo}`;
	const get = async (query: string): Promise<any> =>
		(await call(`${sandbox.baseUrls.flowXo}/conversations?${query}`, { key })).body;
	const add = (action: object): string =>
		sandbox.faults.add({ match: { surface: 'flowxo' }, times: 1, action: { type: 'list', ...action } });
	const head = (await get('limit=2')).conversations;
	add({ insert: 1 });
	expect((await get('limit=2&skip=1')).conversations[0].id).toBe(head[0].id);
	add({ remove: 1 });
	expect((await get('limit=1')).conversations[0].id).toBe(head[0].id);
	const tail = (await get('limit=1&skip=133')).conversations[0];
	add({ activate: 1 });
	expect((await get('limit=1')).conversations[0].id).toBe(tail.id);
	add({ maxLimit: 3, total: 'omit' });
	const lowered = await get('limit=50');
	expect([lowered.conversations.length, 'total' in lowered]).toEqual([3, false]);
	add({ wrap: 'array' });
	expect(Array.isArray(await get('limit=2'))).toBe(true);
});

it('WS-17 WS-19 WS-20 WS-24 WS-26 NODE-10 cuts sockets with and without a close frame', async () => {
	const sandbox = await start();
	const clean = await Client.open(sandbox);
	sandbox.faults.add({ match: { surface: 'flowai-socket' }, action: { type: 'cut', code: 1012 } });
	expect((await clean.untilClosed()).code).toBe(1012);
	const rough = await Client.open(sandbox);
	sandbox.faults.add({ match: { surface: 'flowai-socket' }, action: { type: 'cut', closeFrame: false } });
	expect((await rough.untilClosed()).code).toBe(1006);
	expect(sandbox.faults.all()).toEqual([]);
});

it('WS-25 can cut the line between taking a message and confirming it', async () => {
	const sandbox = await start();
	const client = await Client.open(sandbox, 'f-2');
	sandbox.faults.add({
		match: { surface: 'flowai-socket', event: 'message.delivered' },
		times: 1,
		action: { type: 'cut', on: 'out', closeFrame: false },
	});
	client.send({ type: 'message.send', payload: { threadId: 'f-2', speech: 'echo 1' } });
	await client.untilClosed();
	expect(client.frames).toEqual([]);
	expect(sandbox.world.messages('f-2').length).toBeGreaterThan(0);
});

it('WS-07 WS-08 WS-09 WS-21 NODE-06 NODE-12 NODE-23 NODE-25 NODE-27 can fall silent, go half-open, or talk nonsense', async () => {
	const sandbox = await start();
	const mute = await Client.open(sandbox);
	sandbox.faults.add({ match: { surface: 'flowai-socket' }, action: { type: 'mute' } });
	mute.send({ type: 'ping' });
	const lively = await Client.open(sandbox);
	await lively.roundTrip();
	expect(mute.frames).toEqual([]);
	sandbox.faults.add({ match: { surface: 'flowai-socket' }, action: { type: 'garbage' } });
	expect((await lively.frame((frame) => 'unreadable' in frame)).unreadable).toContain('{"type"');
	sandbox.faults.add({ match: { surface: 'flowai-socket' }, action: { type: 'halfOpen' } });
	lively.send({ type: 'ping' });
	lively.ws.close();
	const third = await Client.open(sandbox);
	await third.roundTrip();
	expect(lively.frames.filter((frame) => frame.type === 'pong')).toHaveLength(1);
	expect(lively.closed).toBeUndefined();
	expect(sandbox.sockets()).toBe(3);
});

it('WS-06 can take the connection and never answer the upgrade', async () => {
	const sandbox = await start();
	sandbox.faults.add({ match: { surface: 'flowai-socket' }, times: 1, action: { type: 'hang' } });
	const { hostname, port } = new URL(sandbox.url);
	const socket = connect(Number(port), hostname);
	let said = '';
	socket.on('data', (bytes: Buffer) => (said += bytes.toString()));
	socket.write('GET /flowai/ws/x HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n');
	await call(`${sandbox.url}/sandbox/api/faults`);
	expect([said, socket.destroyed]).toEqual(['', false]);
	socket.destroy();
});

it('WS-01 WS-02 WS-03 can refuse the upgrade', async () => {
	const sandbox = await start();
	sandbox.faults.add({
		match: { surface: 'flowai-socket' },
		times: 1,
		action: { type: 'status', status: 503 },
	});
	expect((await Client.open(sandbox)).closed?.code).toBe(1006);
	sandbox.faults.add({
		match: { surface: 'flowai-socket-info', path: '/socket.info' },
		times: 1,
		action: { type: 'status', status: 402 },
	});
	await expect(socketInfo(sandbox)).rejects.toThrow();
	expect((await Client.open(sandbox)).closed).toBeUndefined();
});

it('repeats, delays, swaps and drops frames', async () => {
	const sandbox = await start();
	const client = await Client.open(sandbox, 'f-3');
	const add = (action: object): string =>
		sandbox.faults.add({
			match: { surface: 'flowai-socket', event: 'message.received' },
			times: 1,
			action: action as never,
		});
	const said = (): string[] =>
		client.frames.filter((f) => f.type === 'message.received').map((f) => f.payload.messages[0].fallback);
	const write = (text: string): void =>
		client.send({ type: 'message.send', payload: { threadId: 'f-3', speech: text } });
	add({ type: 'duplicate' });
	write('echo 1');
	await client.frame(() => said().length === 2);
	add({ type: 'reorder' });
	write('echo 2');
	write('echo 3');
	await client.frame(() => said().length === 4);
	add({ type: 'drop' });
	write('echo 4');
	write('echo 5');
	await client.frame(() => said().includes('Echo 5'));
	expect(said()).toEqual(['Echo 1', 'Echo 1', 'Echo 3', 'Echo 2', 'Echo 5']);
});

it('refuses a fault it does not know, naming the field', async () => {
	const sandbox = await start();
	expect(() => sandbox.faults.add({ action: { type: 'boom' } as never })).toThrow('action.type');
	expect(() => sandbox.faults.add({ match: { surface: 'moon' as never }, action: { type: 'hang' } })).toThrow(
		'match.surface',
	);
	const answer = await call(`${sandbox.url}/sandbox/api/faults`, {
		method: 'POST',
		body: { times: -1, action: { type: 'hang' } },
	});
	expect([answer.status, answer.body]).toEqual([400, { error: 'times must be a whole number from 0' }]);
});

it('PAGE-02 PAGE-03 PAGE-04 gives an empty page with a token to go on, or the same token again', async () => {
	const sandbox = await start();
	const pair = `${sandbox.keys.chatlayerTokenId}:${sandbox.keys.chatlayerTokenSecret}`;
	const key = `Basic ${Buffer.from(pair).toString('base64')}`;
	const read = async (token = ''): Promise<{ events: unknown[]; next_page_token: string }> => {
		const query = `version=LIVE&start_time=2026-03-01&end_time=2026-03-04&page_size=50&page_token=${token}`;
		const { body } = await call(`${sandbox.baseUrls.chatlayer}/v1/bots/k3v9x2ab/events/stream?${query}`, {
			key,
		});
		return body;
	};
	const add = (action: object): string =>
		sandbox.faults.add({ match: { surface: 'chatlayer' }, times: 1, action: { type: 'list', ...action } });
	const first = await read();
	add({ empty: true });
	const empty = await read(first.next_page_token);
	expect(empty.events).toEqual([]);
	expect(empty.next_page_token).not.toBe(first.next_page_token);
	expect((await read(empty.next_page_token)).events).toEqual((await read(first.next_page_token)).events);
	add({ repeatToken: true });
	expect((await read(first.next_page_token)).next_page_token).toBe(first.next_page_token);
});
