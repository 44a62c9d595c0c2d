/* eslint-disable @typescript-eslint/no-unsafe-member-access -- answers are foreign JSON, and what they hold is asserted */
import { createHmac } from 'node:crypto';
import { closeAll, Receiver, rest, start, textMessage } from './helpers';

afterEach(closeAll);

it('delivers the bot answer and async results by webhook', async () => {
	const receiver = await Receiver.open();
	const api = rest(await start({ webhook: { url: receiver.url } }));
	await api('POST', 'messages/t-1', textMessage('echo 5'));
	await receiver.until((calls) => calls.length === 1);
	expect(receiver.received[0]?.body).toMatchObject({
		type: 'message',
		threadId: 't-1',
		originator: { role: 'bot' },
	});
	expect(receiver.received[0]?.body.messages[0].responses[0].payload.text).toBe('Echo 5');
	for (const path of ['messages/t-1', 'businesshours', 'pause/t-1']) {
		expect((await api('GET', path)).body).toEqual({ status: 'ok' });
	}
	await receiver.until((calls) => calls.length === 4);
	const byType = new Map(receiver.received.map((call) => [call.body.type, call.body.result]));
	expect(byType.get('history').history).toHaveLength(2);
	expect(byType.get('isPaused')).toEqual({ isPaued: false, threadId: 't-1' });
	expect(byType.get('businessHours').businessHours[0].label).toBe('Front desk');
});

it('HOOK-26 speaks the vocabulary of 2019 when told to', async () => {
	const receiver = await Receiver.open();
	const api = rest(await start({ webhook: { url: receiver.url }, vocabulary: '2019' }));
	await api('POST', 'messages/t-1?writeConcern=true', textMessage('human please', 'external', 0));
	await api('DELETE', 'pause/t-1');
	await api('POST', 'pause/t-1');
	await receiver.until((calls) => calls.length === 6);
	expect(receiver.events).toEqual([
		'message.delivered',
		'message.reply',
		'message.reply',
		'control.handover',
		'control.resume',
		'control.pause',
	]);
	expect(receiver.received[0]?.body).toEqual({ type: 'message.delivered', threadId: 't-1', traceId: 0 });
});

it('HOOK-22 retries what is not acknowledged with growing waits, redirects included', async () => {
	const receiver = await Receiver.open();
	receiver.statuses = [500, 302, 404];
	const sandbox = await start({ webhook: { url: receiver.url }, speed: 500 });
	sandbox.world.fire('paused', 't-100');
	await receiver.until((calls) => calls.length === 4);
	await rest(sandbox)('GET', 'businesshours?sync=true');
	const [delivery] = sandbox.deliveries();
	expect(delivery?.status).toBe('delivered');
	expect(delivery?.attempts.map((attempt) => attempt.status)).toEqual([500, 302, 404, 200]);
	const times = delivery?.attempts.map((attempt) => Date.parse(attempt.at)) ?? [];
	const waits = times.slice(1).map((at, n) => at - (times[n] ?? 0));
	// 5, 10 and 20 seconds at this speed; a busy machine may wait longer, never shorter.
	for (const [n, least] of [9, 19, 39].entries()) expect(waits[n]).toBeGreaterThanOrEqual(least);
});

it('gives up after the span is over', async () => {
	const receiver = await Receiver.open();
	receiver.statuses = Array<number>(50).fill(500);
	const sandbox = await start({ webhook: { url: receiver.url }, speed: 100_000 });
	sandbox.world.fire('paused', 't-100');
	await receiver.until((calls) => calls.length === 12);
	await rest(sandbox)('GET', 'businesshours?sync=true');
	expect(sandbox.deliveries()[0]?.status).toBe('failed');
});

it('HOOK-01 HOOK-12 proves itself with a token or a signed JWT', async () => {
	const receiver = await Receiver.open();
	const sandbox = await start();
	const fire = async (count: number): Promise<void> => {
		sandbox.world.fire('paused', 't-100');
		await receiver.until((calls) => calls.length === count);
	};
	sandbox.setWebhook({
		url: receiver.url,
		auth: { type: 'token', in: 'header', name: 'X-Secret', value: 'hush-hush' },
	});
	await fire(1);
	expect(receiver.received[0]?.headers['x-secret']).toBe('hush-hush');
	sandbox.setWebhook({
		url: receiver.url,
		auth: { type: 'token', in: 'query', name: 'key', value: 'hush-hush' },
	});
	await fire(2);
	expect(receiver.received[1]?.path).toBe('/hook?key=hush-hush');
	sandbox.setWebhook({ url: receiver.url, auth: { type: 'jwt', secret: 'shared', header: 'authorization' } });
	await fire(3);
	const [head, claims, signature] = String(receiver.received[2]?.headers.authorization)
		.replace('Bearer ', '')
		.split('.');
	expect(JSON.parse(Buffer.from(head ?? '', 'base64url').toString())).toEqual({ alg: 'HS256', typ: 'JWT' });
	expect(signature).toBe(createHmac('sha256', 'shared').update(`${head}.${claims}`).digest('base64url'));
	expect(JSON.stringify(sandbox.deliveries())).not.toContain('hush-hush');
});

it('sends only the events that are wanted', async () => {
	const receiver = await Receiver.open();
	const sandbox = await start({ webhook: { url: receiver.url, events: ['resumed'] } });
	sandbox.world.pause('t-100');
	sandbox.world.resume('t-100');
	await receiver.until((calls) => calls.length === 1);
	expect(receiver.events).toEqual(['resumed']);
});

it.each([
	['duplicate', { type: 'duplicate' as const }, ['paused', 'paused', 'last']],
	['drop', { type: 'drop' as const }, ['last']],
	['reorder', { type: 'reorder' as const }, ['last', 'paused']],
])('HOOK-18 HOOK-19 can %s a webhook call', async (_name, action, expected) => {
	const receiver = await Receiver.open();
	const sandbox = await start({ webhook: { url: receiver.url } });
	sandbox.faults.add({ match: { surface: 'webhook', event: 'paused' }, times: 1, action });
	sandbox.world.fire('paused', 't-100');
	sandbox.world.fire('last', 't-100');
	await receiver.until((calls) => calls.length === expected.length);
	expect(receiver.events).toEqual(expected);
});

it('HOOK-14 HOOK-21 can send a body that is not JSON, or one without ids', async () => {
	const receiver = await Receiver.open();
	const sandbox = await start({ webhook: { url: receiver.url } });
	sandbox.faults.add({ match: { surface: 'webhook' }, times: 1, action: { type: 'garbage' } });
	sandbox.world.fire('message', 't-100');
	await receiver.until((calls) => calls.length === 1);
	expect(receiver.received[0]?.body).toBeUndefined();
	sandbox.faults.add({ match: { surface: 'webhook' }, times: 1, action: { type: 'stripIds' } });
	sandbox.world.fire('message', 't-100');
	await receiver.until((calls) => calls.length === 2);
	expect(receiver.received[1]?.body.messages).toHaveLength(1);
	expect(receiver.received[1]?.raw).not.toMatch(/msgId|activityId/);
});
