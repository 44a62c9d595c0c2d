import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import {
	INFERRED_SIGNATURE,
	pushSecrets,
	takePush,
	verifyPush,
	type JsonValue,
	type PushCall,
	type PushVerification,
	type TakenPush,
	type Verdict,
} from '@convoflow/client';

const NOW = Date.parse('2026-03-02T10:00:00.000Z');
const SECRETS = { token: 'fake-token', secret: 'fake-secret' };
const BODY = '{ "event": {"id":"ev-1",  "event":"order_placed"} }';

interface Given {
	readonly headers?: Readonly<Record<string, string>>;
	readonly query?: Readonly<Record<string, string>>;
	readonly body?: string;
}

function callOf({ headers = {}, query = { token: SECRETS.token }, body = BODY }: Given): PushCall {
	return {
		header: (name) => headers[name],
		query: (name) => query[name],
		rawBody: Buffer.from(body),
		nowMs: NOW,
	};
}

async function verify(given: Given, more: Partial<PushVerification> = {}): Promise<Verdict> {
	return await verifyPush({ mode: 'url', secrets: SECRETS, ...INFERRED_SIGNATURE, ...more }, callOf(given));
}

function take(body: JsonValue, given: Given = {}): TakenPush {
	return takePush(body, callOf(given), 'text', () => 'call:unique');
}

describe('the token in the address', () => {
	it('is asked for, unless nothing is checked', async () => {
		expect(await verify({})).toEqual({ ok: true });
		expect(await verify({ query: {} })).toMatchObject({ ok: false });
		expect(await verify({ query: { token: 'wrong' } })).toMatchObject({
			ok: false,
			reason: 'the token in the address does not fit',
		});
		expect(await verify({ query: {} }, { mode: 'none' })).toEqual({ ok: true });
	});

	it('is still known after the key of the credential was replaced', async () => {
		const registeredDigest = await crypto.subtle
			.digest('SHA-256', Buffer.from('older-token'))
			.then((bytes) => Buffer.from(bytes).toString('hex'));
		const older = { query: { token: 'older-token' } };
		expect(await verify(older, { registeredDigest })).toEqual({ ok: true });
		expect(await verify(older)).toMatchObject({ ok: false });
		expect(await verify({ query: { token: '' } }, { registeredDigest: '' })).toMatchObject({ ok: false });
	});

	it('is the same each time, another one for each address and key, and does not show the key', async () => {
		const one = await pushSecrets('Basic a2V5', 'https://a.example/1');
		expect(await pushSecrets('Basic a2V5', 'https://a.example/1')).toEqual(one);
		const others = await Promise.all([
			pushSecrets('Basic a2V5', 'https://a.example/2'),
			pushSecrets('Basic bmV3', 'https://a.example/1'),
		]);
		const all = [one, ...others].flatMap(({ token, secret }) => [token, secret]);
		expect(new Set(all).size).toBe(6);
		for (const text of all) expect(text).toMatch(/^[\w-]{32}$/);
	});
});

describe('the signature', () => {
	const headers = {
		'x-message-id': 'm-1',
		'x-message-timestamp': '2026-03-02T09:59:00.000Z',
	};
	const hmac = (text: string, encoding: 'hex' | 'base64' = 'hex'): string =>
		createHmac('sha256', SECRETS.secret).update(text).digest(encoding);
	const signed = `${headers['x-message-id']}${headers['x-message-timestamp']}${BODY}`;
	const signature = { mode: 'signature' } as const;

	it.each([
		['hex', hmac(signed)],
		['hex with a prefix', `sha256=${hmac(signed)}`],
		['capital hex', hmac(signed).toUpperCase()],
		['base64', hmac(signed, 'base64')],
		['base64 with a prefix', `v1,${hmac(signed, 'base64')}`],
	])('is accepted in %s, over the bytes as they came', async (_name, value) => {
		expect(await verify({ headers: { ...headers, 'x-message-signature': value } }, signature)).toEqual({
			ok: true,
		});
	});

	it.each([
		['{body}', BODY],
		['{X-Message-Timestamp}.{body}', `${headers['x-message-timestamp']}.${BODY}`],
	])('is made over what the form says: %s', async (signedText, text) => {
		const sent = { headers: { ...headers, 'x-other': hmac(text) } };
		expect(await verify(sent, { ...signature, signedText, signatureHeader: 'X-Other' })).toEqual({
			ok: true,
		});
		expect(await verify(sent, { ...signature, signatureHeader: 'X-Other' })).toMatchObject({ ok: false });
	});

	it.each([
		['missing', {}, 'is missing'],
		['short', { 'x-message-signature': 'sha256=abcd' }, 'holds no signature'],
		['not in ASCII', { 'x-message-signature': 'ä'.repeat(64) }, 'holds no signature'],
		['of another text', { 'x-message-signature': hmac('other') }, 'does not fit'],
	])('is refused when it is %s', async (_name, more, reason) => {
		const verdict = await verify({ headers: { ...headers, ...more } }, signature);
		expect(verdict).toMatchObject({ ok: false, reason: expect.stringContaining(reason) as string });
		expect(JSON.stringify(verdict)).not.toContain(SECRETS.secret);
	});

	it.each(['2026-03-02T09:40:00.000Z', '2026-03-02T10:20:00.000Z', 'yesterday', 'abc'])(
		'is refused with the moment %s',
		async (moment) => {
			const value = hmac(`m-1${moment}${BODY}`);
			const sent = { 'x-message-id': 'm-1', 'x-message-timestamp': moment, 'x-message-signature': value };
			expect(await verify({ headers: sent }, signature)).toMatchObject({ ok: false });
		},
	);

	it('gives a verdict for any header and any body, and true for none of them', async () => {
		const text = fc.string({ unit: 'binary' });
		await fc.assert(
			fc.asyncProperty(text, text, async (value, body) => {
				const sent = { headers: { ...headers, 'x-message-signature': value }, body };
				expect((await verify(sent, signature)).ok).toBe(false);
			}),
			{ numRuns: 40 },
		);
	});
});

describe('a call that passed the check', () => {
	const kind = (value: string): Given => ({ headers: { 'x-message-type': value } });

	it.each([
		['webhook_callback_verification', { challenge: 'c-1' }, {}],
		['WebhookCallbackVerification', { data: { challenge: 'c-1' } }, {}],
		['webhook-callback-verification', {}, { query: { challenge: 'c-1' } }],
	])('is answered with its challenge: %s %j', (name, body, more) => {
		const taken = take(body, { ...kind(name), ...more });
		expect(taken).toEqual({ do: 'answer', contentType: 'text/plain', body: 'c-1' });
	});

	it('is answered the other way where that is chosen, and refused without a challenge', () => {
		const call = callOf(kind('webhook_callback_verification'));
		expect(takePush({ challenge: 'c-1' }, call, 'json', () => '')).toEqual({
			do: 'answer',
			contentType: 'application/json',
			body: '{"challenge":"c-1"}',
		});
		expect(takePush({}, call, 'text', () => '')).toMatchObject({ do: 'refuse', status: 400 });
	});

	it.each([
		[
			'inside the body',
			{ subscription: { event_type: 'TRACKING_EVENT' }, event: { id: 'ev-1', event: 'sold' } },
		],
		[
			'inside data',
			{ subscription: { event_type: 'TRACKING_EVENT' }, data: { event: { id: 'ev-1', event: 'sold' } } },
		],
		['as the body', { subscription: { event_type: 'TRACKING_EVENT' }, id: 'ev-1', event: 'sold' }],
	])('brings an event %s', (_name, body) => {
		const taken = take(body, kind('notification'));
		expect(taken).toMatchObject({
			do: 'take',
			isRevoked: false,
			event: {
				kind: 'trackingEvent',
				eventKey: 'event:ev-1',
				hasOwnKey: true,
				output: {
					event: 'trackingEvent',
					eventName: 'sold',
					body,
					headers: { 'x-message-type': 'notification' },
				},
			},
		});
	});

	it('is known by the address for what it was registered for, and by its message where the event has no id', () => {
		const given = { headers: { 'x-message-id': 'm-9' }, query: { event: 'MESSAGE_EVENT' } };
		expect(take({ message: { text: 'Hi' } }, given)).toMatchObject({
			event: { kind: 'messageEvent', eventKey: 'message:m-9', hasOwnKey: true },
		});
		expect(take([1, 2])).toMatchObject({
			event: { kind: 'other', eventKey: 'call:unique', hasOwnKey: false, output: { body: [1, 2] } },
		});
	});

	it('tells of the end of a subscription with its reason', () => {
		const body = { subscription: { id: 'sub-2', status: 'notification_failures_exceeded' } };
		expect(take(body, kind('revocation'))).toMatchObject({
			do: 'take',
			isRevoked: true,
			event: {
				kind: 'revoked',
				eventKey: 'revoked:sub-2',
				output: { event: 'revoked', reason: 'notification_failures_exceeded', subscriptionId: 'sub-2' },
			},
		});
	});

	it('does not hand on the token, which a body may name with the address', () => {
		const target = `https://hooks.example.com/node-1?token=${SECRETS.token}`;
		const taken = take({ subscription: { target }, event: { id: 'ev-1' } });
		expect(JSON.stringify(taken)).not.toContain(SECRETS.token);
	});

	it('is read whatever it holds', () => {
		fc.assert(
			fc.property(fc.jsonValue(), fc.option(fc.string(), { nil: undefined }), (body, type) => {
				const taken = take(body as JsonValue, type === undefined ? {} : kind(type));
				expect(['answer', 'refuse', 'take']).toContain(taken.do);
			}),
		);
	});
});
