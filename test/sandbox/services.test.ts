/* eslint-disable @typescript-eslint/no-explicit-any, @typescript-eslint/no-unsafe-argument, @typescript-eslint/no-unsafe-assignment, @typescript-eslint/no-unsafe-call, @typescript-eslint/no-unsafe-member-access, @typescript-eslint/no-unsafe-return -- answers are foreign JSON, and what they hold is asserted */
import { call, closeAll, start } from './helpers';

afterEach(closeAll);

it('PAGE-01 pages through all Flow XO conversations, newest first', async () => {
	const sandbox = await start();
	const key = `Bearer ${sandbox.keys.flowXo}`;
	const ids: string[] = [];
	let total = Infinity;
	while (ids.length < total) {
		const { body } = await call(`${sandbox.baseUrls.flowXo}/conversations?skip=${ids.length}&limit=50`, {
			key,
		});
		total = body.total;
		ids.push(...body.conversations.map((conversation: any) => conversation.id));
	}
	expect(total).toBe(134);
	expect(new Set(ids).size).toBe(134);
});

it('serves one Flow XO conversation and its messages by the encoded id', async () => {
	const sandbox = await start();
	const key = `Bearer ${sandbox.keys.flowXo}`;
	const path = `${sandbox.baseUrls.flowXo}/conversations/5f3a9c0e7d21b84a66e0c1d2%2Fc%2F490150001000`;
	const one = await call(path, { key });
	expect(one.body).toMatchObject({ id: '5f3a9c0e7d21b84a66e0c1d2/c/490150001000', bot_name: 'Bike Shop' });
	const first = await call(`${path}/messages?limit=100`, { key });
	const second = await call(`${path}/messages?skip=100&limit=100`, { key });
	expect([first.body.length, second.body.length]).toEqual([100, 25]);
	expect(first.body[0].timestamp > first.body[99].timestamp).toBe(true);
	expect((await call(`${path.replace('490150001000', 'nobody')}`, { key })).status).toBe(404);
	expect((await call(path, { key: sandbox.keys.flowXo })).status).toBe(401);
});

it('counts the worked example of the Chatlayer series', async () => {
	const sandbox = await start();
	const key = `Basic ${Buffer.from(`${sandbox.keys.chatlayerTokenId}:${sandbox.keys.chatlayerTokenSecret}`).toString('base64')}`;
	const query =
		'version=LIVE&start_time=2026-03-01T00:00:00.000Z&end_time=2026-03-04T00:00:00.000Z&bucket=1d&group_by=channel_type';
	const { body } = await call(`${sandbox.baseUrls.chatlayer}/v1/bots/k3v9x2ab/conversations?${query}`, {
		key,
	});
	expect(body).toEqual({
		data: {
			series_labels: ['channel_type'],
			x_values: ['2026-03-01', '2026-03-02', '2026-03-03'],
			series: [
				{ values: [12, 7, 0], mean: 6, max: 12, min: 0, sum: 19, labels: { channel_type: 'web' } },
				{ values: [3, 5], mean: 4, max: 5, min: 3, sum: 8, labels: { channel_type: 'whatsapp' } },
			],
		},
	});
	const echo = await call(`${sandbox.baseUrls.chatlayer}/v1/echo`, {
		method: 'POST',
		key,
		body: { message: 'ping' },
	});
	expect(echo.body).toEqual({ message: 'ping' });
	const wrong = await call(`${sandbox.baseUrls.chatlayer}/v1/echo`, {
		method: 'POST',
		key: 'Basic eDp5',
		body: { message: 'ping' },
	});
	expect([wrong.status, wrong.body]).toEqual([
		401,
		{ code: 16, message: 'The access token is not valid', details: [] },
	]);
});

it('counts what is said in one service in the analytics of another', async () => {
	const sandbox = await start();
	await sandbox.world.sendAsUser('live-1', 'echo 1');
	const key = `Basic ${Buffer.from(`${sandbox.keys.chatlayerTokenId}:${sandbox.keys.chatlayerTokenSecret}`).toString('base64')}`;
	const now = Date.now();
	const query = new URLSearchParams({
		version: 'LIVE',
		start_time: new Date(now - 60_000).toISOString(),
		end_time: new Date(now + 60_000).toISOString(),
	});
	const { body } = await call(
		`${sandbox.baseUrls.chatlayer}/v1/bots/k3v9x2ab/conversations?${query.toString()}`,
		{
			key,
		},
	);
	expect(body.data.series[0].sum).toBe(1);
});
