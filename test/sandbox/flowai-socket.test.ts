/* eslint-disable @typescript-eslint/no-explicit-any, @typescript-eslint/no-unsafe-argument, @typescript-eslint/no-unsafe-assignment, @typescript-eslint/no-unsafe-call, @typescript-eslint/no-unsafe-member-access, @typescript-eslint/no-unsafe-return -- answers are foreign JSON, and what they hold is asserted */
import { Client, call, closeAll, Receiver, rest, socketInfo, start, textMessage } from './helpers';

afterEach(closeAll);

const message = (threadId: string, speech: string, traceId?: number): unknown => ({
	type: 'message.send',
	payload: { threadId, speech, ...(traceId !== undefined ? { traceId } : {}) },
});

it('echoes a message and brings the bot answer', async () => {
	const sandbox = await start();
	const client = await Client.open(sandbox);
	expect(sandbox.sockets()).toBe(1);
	client.send(message('s-1', 'echo 9', 0));
	expect(await client.frame((frame) => frame.type === 'message.delivered')).toEqual({
		type: 'message.delivered',
		payload: { threadId: 's-1', speech: 'echo 9', traceId: 0 },
	});
	const reply = await client.frame((frame) => frame.type === 'message.received');
	expect(reply.payload).toMatchObject({ threadId: 's-1', originator: { role: 'bot' } });
	expect(reply.payload.messages[0].responses[0].payload.text).toBe('Echo 9');
});

it('WS-05 gives out endpoints that work once and for a minute', async () => {
	const sandbox = await start({ speed: 60 });
	const endpoint = await socketInfo(sandbox);
	const first = await Client.dial(endpoint);
	expect(first.closed).toBeUndefined();
	expect((await Client.dial(endpoint)).closed).toBeDefined();
	const late = await socketInfo(sandbox);
	await new Promise((resolve) => setTimeout(resolve, 1_100));
	expect((await Client.dial(late)).closed).toBeDefined();
	expect(
		sandbox
			.requests()
			.filter((record) => record.surface === 'flowai-socket')
			.map((record) => record.status),
	).toEqual([101, 409, 410]);
});

it('hangs up on a client that says nothing for 50 seconds, and not on one that does', async () => {
	const sandbox = await start({ speed: 200 });
	const [idle, lively] = [await Client.open(sandbox), await Client.open(sandbox)];
	for (let n = 0; n < 4; n += 1) {
		await new Promise((resolve) => setTimeout(resolve, 100));
		await lively.roundTrip();
	}
	expect(await idle.untilClosed()).toEqual({ code: 1000, reason: 'idle' });
	expect(lively.closed).toBeUndefined();
});

it('WS-27 brings frames only to connections that named the thread or wrote to it', async () => {
	const sandbox = await start();
	const named = await Client.open(sandbox, 's-2');
	const other = await Client.open(sandbox, 's-3');
	const writer = await Client.open(sandbox);
	writer.send(message('s-2', 'echo 4'));
	await writer.frame((frame) => frame.type === 'message.received');
	await named.frame((frame) => frame.type === 'message.received');
	await other.roundTrip();
	expect(other.frames.map((frame) => frame.type)).toEqual(['pong']);
});

it('brings frames to every connection of the client when broadcasting', async () => {
	const sandbox = await start({ broadcast: true });
	const other = await Client.open(sandbox, 's-3');
	await rest(sandbox)('POST', 'messages/s-2', textMessage('echo 4'));
	const frame = await other.frame((frame) => frame.type === 'message.received');
	expect(frame.payload.threadId).toBe('s-2');
});

it('keeps answers to REST threads on the webhook and tells it about socket threads', async () => {
	const receiver = await Receiver.open();
	const sandbox = await start({ webhook: { url: receiver.url } });
	const client = await Client.open(sandbox, 's-4');
	client.send(message('s-4', 'echo 1'));
	await receiver.until((calls) => calls.length === 2);
	expect(receiver.events).toEqual(['inbound', 'outbound']);
	await rest(sandbox)('POST', 'messages/s-4', textMessage('Ada here', 'moderator'));
	const frame = await client.frame((frame) => frame.payload?.originator?.role === 'moderator');
	expect(frame.payload.messages[0].fallback).toBe('Ada here');
});

it('answers bad frames with an error and stays open', async () => {
	const client = await Client.open(await start());
	client.send('{"type":');
	client.send('[]');
	client.send({ type: 'dance' });
	client.send(message('s-5', ''));
	client.send({ type: 'message.send', payload: { speech: 'x' } });
	client.send(message('s-5', 'x'.repeat(256)));
	client.ws.send(Buffer.from([1, 2, 3]));
	await client.roundTrip();
	const errors = client.frames.filter((frame) => frame.type === 'error');
	expect(errors).toHaveLength(7);
	expect(errors.every((frame) => typeof frame.message === 'string' && !('payload' in frame))).toBe(true);
});

it('asks for the nonce of a thread once it has given it out', async () => {
	const sandbox = await start({ nonce: true });
	const url = `${sandbox.baseUrls.flowAiSocket}/socket.info`;
	const headers = {
		'x-flowai-clientid': sandbox.keys.flowAiClientId,
		'x-flowai-sessionid': 'one',
		'x-flowai-threadid': 's-6',
	};
	const first = await call(url, { headers });
	expect(typeof first.body.secret).toBe('string');
	expect((await call(url, { headers })).status).toBe(401);
	const again = await call(url, { headers: { ...headers, 'x-flowai-secret': first.body.secret } });
	expect(again.status).toBe(200);
	const client = await Client.dial(again.body.payload.endpoint);
	client.send(message('s-6', 'echo 1'));
	await client.frame((frame) => frame.type === 'error');
	client.send({
		type: 'message.send',
		payload: { threadId: 's-6', speech: 'echo 2', nonce: first.body.secret },
	});
	const echo = await client.frame((frame) => frame.type === 'message.delivered');
	expect(echo.payload).toEqual({ threadId: 's-6', speech: 'echo 2' });
});

it('gives the history of a thread as an array', async () => {
	const sandbox = await start();
	const client = await Client.open(sandbox, 's-7');
	client.send(message('s-7', 'echo 3'));
	await client.frame((frame) => frame.type === 'message.received');
	const { body } = await call(`${sandbox.baseUrls.flowAiSocket}/thread.history`, {
		headers: { 'x-flowai-clientid': sandbox.keys.flowAiClientId, 'x-flowai-threadid': 's-7' },
	});
	expect(body.payload.map((entry: any) => [entry.threadId, entry.originator.role])).toEqual([
		['s-7', 'user'],
		['s-7', 'bot'],
	]);
});

it('refuses unknown clients in the form of socket.info', async () => {
	const sandbox = await start();
	const answer = await call(`${sandbox.baseUrls.flowAiSocket}/socket.info?clientId=x&sessionId=y`);
	expect([answer.status, answer.body]).toEqual([
		400,
		{ status: 'error', payload: { message: 'Unknown client' } },
	]);
});
