/* eslint-disable @typescript-eslint/no-explicit-any, @typescript-eslint/no-unsafe-argument, @typescript-eslint/no-unsafe-assignment, @typescript-eslint/no-unsafe-call, @typescript-eslint/no-unsafe-member-access, @typescript-eslint/no-unsafe-return -- answers are foreign JSON, and what they hold is asserted */
import { closeAll, rest, start, textMessage } from './helpers';

afterEach(closeAll);

it('takes the key bare and as Bearer, and only the form it is told to take', async () => {
	const sandbox = await start();
	const get = (authorization: string): Promise<Response> =>
		fetch(`${sandbox.baseUrls.flowAi}/rest/v1/businesshours?sync=true`, { headers: { authorization } });
	expect((await get(sandbox.keys.flowAiRest)).status).toBe(200);
	expect((await get(`Bearer ${sandbox.keys.flowAiRest}`)).status).toBe(200);
	sandbox.settings.authForm = 'bare';
	expect((await get(`Bearer ${sandbox.keys.flowAiRest}`)).status).toBe(401);
	sandbox.settings.authForm = 'bearer';
	const refused = await get(sandbox.keys.flowAiRest);
	expect(refused.status).toBe(401);
	expect(await refused.json()).toEqual({ status: 'error', message: 'Send the key as Bearer' });
	expect((await get('Bearer wrong')).status).toBe(401);
});

it('keeps a message and the bot answer in the history of the thread', async () => {
	const sandbox = await start();
	const api = rest(sandbox);
	expect((await api('POST', 'messages/t-1', textMessage('echo 17'))).body).toEqual({ status: 'ok' });
	await api('POST', 'messages/t-1?writeConcern=true', textMessage('echo 18'));
	const { body } = await api('GET', 'messages/t-1?sync=true&page=1');
	expect(body.result.history.map((entry: any) => entry.messages[0].fallback).sort()).toEqual([
		'Echo 17',
		'Echo 18',
		'echo 17',
		'echo 18',
	]);
	expect(body.result.threadId).toBe('t-1');
});

it('reads the built-in thread in three pages without a repeat', async () => {
	const api = rest(await start());
	const ids: string[] = [];
	for (const page of [1, 2, 3]) {
		const { body } = await api('GET', `messages/t-100?sync=true&page=${page}`);
		expect(body.result).toMatchObject({ page, pages: 3, threadId: 't-100' });
		ids.push(...body.result.history.map((entry: any) => entry.messages[0].meta.msgId));
	}
	expect(ids).toHaveLength(45);
	expect(new Set(ids).size).toBe(45);
});

it('answers in place when asked to', async () => {
	const api = rest(await start());
	const { body } = await api('POST', 'messages/t-2%7Cw_c51f0e2a?sync=true', textMessage('Hello'));
	expect(body).toMatchObject({ status: 'ok', threadId: 't-2|w_c51f0e2a', replyTo: 'Hello' });
	expect(body.messages[0].responses[0].payload.quickReplies).toHaveLength(3);
});

it('is silent while paused, also after a moderator wrote, until resumed or resolved', async () => {
	const api = rest(await start());
	const answers = async (): Promise<number> =>
		(await api('POST', 'messages/t-3?sync=true', textMessage('Hello'))).body.messages.length;
	expect(await answers()).toBe(1);
	await api('POST', 'messages/t-3', textMessage('I am here', 'moderator'));
	expect((await api('GET', 'pause/t-3?sync=true')).body).toEqual({
		status: 'ok',
		isPaued: true,
		threadId: 't-3',
	});
	expect(await answers()).toBe(0);
	await api('DELETE', 'pause/t-3');
	expect(await answers()).toBe(1);
	await api('POST', 'handover/t-3', { secondsToPause: 900 });
	expect(await answers()).toBe(0);
	await api('POST', 'resolve/t-3');
	expect(await answers()).toBe(1);
	await api('POST', 'messages/t-3?sync=true', textMessage('I want a human'));
	expect(await answers()).toBe(0);
});

it.each([
	['no payload', {}, 'payload'],
	['a long text', textMessage('x'.repeat(256)), '255'],
	['no originator', { payload: { type: 'text', speech: 'x' } }, 'originator'],
	[
		'an unknown type',
		{ payload: { type: 'poem', originator: { name: 'a', role: 'external' } } },
		'payload.type',
	],
	[
		'a number as latitude',
		{ payload: { type: 'location', lat: 1, long: '2', originator: { name: 'a', role: 'external' } } },
		'payload.lat',
	],
])('refuses %s and says what is wrong', async (_name, body, word) => {
	const api = rest(await start());
	const answer = await api('POST', 'messages/t-4', body);
	expect(answer.status).toBe(400);
	expect(answer.body.status).toBe('error');
	expect(answer.body.message).toContain(word);
	expect((await api('GET', 'messages/t-4?sync=true')).status).toBe(404);
});

it('logs requests without the key', async () => {
	const sandbox = await start();
	await rest(sandbox)('POST', 'messages/t-5', {
		...(textMessage(`my key is ${sandbox.keys.flowAiRest}`) as object),
		verifyToken: 'vt',
	});
	const record = sandbox.requests().at(-1);
	expect(record).toMatchObject({
		surface: 'flowai-rest',
		method: 'POST',
		path: '/flowai/rest/v1/messages/t-5',
		status: 200,
		auth: 'bare',
	});
	expect(JSON.stringify(record)).toContain('my key is [redacted]');
	expect(JSON.stringify(record)).not.toContain('"vt"');
});
