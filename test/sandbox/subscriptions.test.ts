/* eslint-disable @typescript-eslint/no-explicit-any, @typescript-eslint/no-unsafe-assignment, @typescript-eslint/no-unsafe-member-access, @typescript-eslint/no-unsafe-return -- answers are foreign JSON, and what they hold is asserted */
import { createHmac } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { call, closeAll, start } from './helpers';
import type { Sandbox } from '@convoflow/sandbox';

let server: Server;
let calls: Array<{ headers: Record<string, unknown>; raw: string; body: Record<string, any> }>;
let answer: (call: (typeof calls)[number]) => { status: number; text: string };
let wake: () => void = () => undefined;

beforeEach(async () => {
	calls = [];
	answer = ({ body }) => ({ status: 200, text: String(body['challenge'] ?? '') });
	server = createServer((request, response) => {
		let raw = '';
		request.on('data', (chunk: Buffer) => (raw += chunk.toString()));
		request.on('end', () => {
			const seen = { headers: request.headers, raw, body: JSON.parse(raw) };
			calls.push(seen);
			const { status, text } = answer(seen);
			response.writeHead(status, { 'content-type': 'text/plain' }).end(text);
			wake();
		});
	}).listen(0, '127.0.0.1');
	await once(server, 'listening');
});

afterEach(async () => {
	await closeAll();
	server.closeAllConnections();
	await new Promise((resolve) => server.close(resolve));
});

const until = (count: number): Promise<void> =>
	new Promise((resolve) => {
		wake = () => calls.length >= count && resolve();
		wake();
	});

async function subscribe(sandbox: Sandbox, more: object = {}): Promise<Record<string, any>> {
	const port = (server.address() as AddressInfo).port;
	const answer = await chatlayer(sandbox, 'POST', 'subscriptions', {
		bot_version: 'LIVE',
		target: `http://127.0.0.1:${port}/chatlayer`,
		secret: 'made-up-secret',
		event_type: 'TRACKING_EVENT',
		version: 'v1',
		...more,
	});
	return answer.body.subscription;
}

function chatlayer(sandbox: Sandbox, method: string, path: string, body?: unknown): ReturnType<typeof call> {
	const pair = `${sandbox.keys.chatlayerTokenId}:${sandbox.keys.chatlayerTokenSecret}`;
	const key = `Basic ${Buffer.from(pair).toString('base64')}`;
	return call(`${sandbox.baseUrls.chatlayer}/v1/bots/k3v9x2ab/${path}`, { method, key, body });
}

it('HOOK-16 challenges the target while the subscription is made, and signs what it sends', async () => {
	const sandbox = await start();
	const subscription = await subscribe(sandbox);
	expect(subscription).toMatchObject({ status: 'enabled', event_names: [], bot_version: 'LIVE' });
	expect(JSON.stringify(subscription)).not.toContain('made-up-secret');
	await chatlayer(sandbox, 'POST', 'events/track', {
		version: 'LIVE',
		event: 'order_placed',
		attributes: { total: '7' },
	});
	await until(2);
	expect(calls.map((seen) => seen.headers['x-message-type'])).toEqual([
		'webhook_callback_verification',
		'notification',
	]);
	for (const { headers, raw } of calls) {
		const signed = `${String(headers['x-message-id'])}${String(headers['x-message-timestamp'])}${raw}`;
		expect(headers['x-message-signature']).toBe(
			`sha256=${createHmac('sha256', 'made-up-secret').update(signed).digest('hex')}`,
		);
	}
	expect(calls[1]?.body['event']).toMatchObject({ event: 'order_placed', attributes: { total: '7' } });
});

it('sends nothing to a target that did not answer the challenge', async () => {
	answer = () => ({ status: 200, text: 'hello' });
	const sandbox = await start();
	expect((await subscribe(sandbox))['status']).toBe('webhook_callback_verification_failed');
	await chatlayer(sandbox, 'POST', 'events/track', { version: 'LIVE', event: 'order_placed' });
	expect(sandbox.deliveries()).toEqual([]);
});

it('sends only the events that are named, and messages where they are wanted', async () => {
	const sandbox = await start();
	await subscribe(sandbox, { event_names: ['order_placed'] });
	await subscribe(sandbox, { event_type: 'MESSAGE_EVENT' });
	await chatlayer(sandbox, 'POST', 'events/track', { version: 'LIVE', event: 'cart_opened' });
	await chatlayer(sandbox, 'POST', 'events/track', { version: 'LIVE', event: 'order_placed' });
	await until(3);
	await sandbox.world.sendAsUser('sub-1', 'echo 1');
	await until(5);
	const events = calls.slice(2).map((seen) => seen.body['event']);
	expect(events[0]['event']).toBe('order_placed');
	expect(events.slice(1).map((event) => event['user_id'])).toEqual(['sub-1', 'sub-1']);
});

it('revokes after too many failures and says why', async () => {
	const sandbox = await start({ speed: 100_000 });
	const subscription = await subscribe(sandbox);
	answer = ({ headers }) => ({ status: headers['x-message-type'] === 'revocation' ? 200 : 500, text: '' });
	await chatlayer(sandbox, 'POST', 'events/track', { version: 'LIVE', event: 'order_placed' });
	await new Promise<void>((resolve) => {
		wake = () => calls.some((seen) => seen.headers['x-message-type'] === 'revocation') && resolve();
		wake();
	});
	const { body } = await chatlayer(sandbox, 'GET', 'subscriptions');
	expect((body.subscriptions as unknown[]).at(-1)).toMatchObject({
		id: subscription['id'],
		status: 'notification_failures_exceeded',
	});
});

it('NODE-01 NODE-02 can be told to push by hand, and forgets a deleted subscription', async () => {
	const sandbox = await start();
	const subscription = await subscribe(sandbox);
	const control = `${sandbox.url}/sandbox/api/subscriptions/${subscription['id']}`;
	await call(`${control}/notification`, { method: 'POST', body: { event: { event: 'mine' } } });
	await until(2);
	expect(calls[1]?.body['event']).toEqual({ event: 'mine' });
	expect((await chatlayer(sandbox, 'DELETE', `subscriptions/${subscription['id']}`)).body).toEqual({});
	const left = await chatlayer(sandbox, 'GET', 'subscriptions');
	expect(left.body.subscriptions).toEqual([expect.objectContaining({ id: 'sub-1' })]);
});
