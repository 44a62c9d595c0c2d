import { startSandbox, type Sandbox } from '@convoflow/sandbox';
import { createHmac } from 'node:crypto';
import { startNodeRed, type FlowNode, type NodeRed } from './harness';
import { debugNode, TAB, webhookNode } from './harness/flow';
import { containing } from './harness/matchers';

type Msg = { payload: Record<string, unknown>; topic: string; threadId: string | null };

const SECRET = 'sandbox-webhook-secret';

function jwt(claims: object, secret: string): string {
	const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
	const head = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode(claims)}`;
	return `${head}.${createHmac('sha256', secret).update(head).digest('base64url')}`;
}

describe('the webhook trigger', () => {
	let red: NodeRed;
	beforeAll(async () => {
		red = await startNodeRed({ settings: { apiMaxLength: '16kb' } });
	});
	afterAll(async () => await red.stop());

	const call = (path: string, init: RequestInit = {}): Promise<Response> =>
		fetch(`${red.nodeUrl}/flowai/webhook/${path}`, init);
	const post = (
		path: string,
		body: object | string,
		headers: Record<string, string> = {},
	): Promise<Response> =>
		call(path, { method: 'POST', headers, body: typeof body === 'string' ? body : JSON.stringify(body) });
	const message = (text: string, more: object = {}): object => ({
		type: 'message',
		threadId: 't-100',
		messages: [{ fallback: text, responses: [{ type: 'text', payload: { text } }] }],
		...more,
	});
	const shown = (id: string): Msg[] =>
		red.debug.filter((one) => one.id === id).map(({ value }) => value as Msg);

	it('answers by method, path and body', async () => {
		await red.deploy([TAB, webhookNode('node', { path: 'basics' })]);
		expect((await call('basics')).status).toBe(200);
		expect((await call('basics', { method: 'HEAD' })).status).toBe(200);
		const put = await call('basics', { method: 'PUT', body: '{}' });
		expect([put.status, put.headers.get('allow')]).toEqual([405, 'GET, HEAD, POST']);
		expect((await call('unknown')).status).toBe(404);
		expect((await post('unknown', {})).status).toBe(404);
		expect((await post('basics', '{ oops')).status).toBe(400);
		expect((await post('basics', { text: 'x'.repeat(17_000) })).status).toBe(413);
		const good = await post('basics', message('Hi'));
		expect([good.status, await good.json()]).toEqual([200, { status: 'ok' }]);
	});

	it('sends an event once, in the words of either vocabulary', async () => {
		await red.deploy([TAB, webhookNode('node', { path: 'words' }, 'words-out'), debugNode('words-out')]);
		await post('words', message('Yes, until eight.', { activityId: 'act-1' }));
		await post('words', message('Today?', { type: 'message.reply', activityId: 'act-2' }));
		await post('words', { type: 'control.handover', threadId: 't-101' });
		await post('words', { type: 'takeover', threadId: 't-102' });
		const messages = (await red.awaitDebug('words-out', 4)) as Msg[];
		expect(messages.map(({ topic, threadId, payload }) => [topic, threadId, payload['text']])).toEqual([
			['message', 't-100', 'Yes, until eight.'],
			['message', 't-100', 'Today?'],
			['handover', 't-101', undefined],
			['handover', 't-102', undefined],
		]);
		expect(messages[0]?.payload).toMatchObject({
			event: 'message',
			eventKey: 'activity:act-1',
			body: { activityId: 'act-1' },
		});
	});

	it('starts the flow once for a delivery that is repeated, also after a deploy', async () => {
		const flow = (name: string): FlowNode[] => [
			TAB,
			webhookNode('again', { path: 'again', name }, 'again-out'),
			debugNode('again-out'),
		];
		await red.deploy(flow('before'));
		await post('again', message('First', { activityId: 'act-7' }));
		await post('again', message('First', { activityId: 'act-7' }));
		await red.deploy(flow('after'), 'nodes');
		await post('again', message('First', { activityId: 'act-7' }));
		await post('again', message('Second', { activityId: 'act-8' }));
		await red.awaitDebug('again-out', 2);
		expect(shown('again-out').map(({ payload }) => payload['text'])).toEqual(['First', 'Second']);
	});

	it('counts events without an id of their own as new ones: a user may say the same twice', async () => {
		await red.deploy([TAB, webhookNode('twice', { path: 'twice' }, 'twice-out'), debugNode('twice-out')]);
		await post('twice', message('Yes'));
		await post('twice', message('Yes'));
		expect(await red.awaitDebug('twice-out', 2)).toHaveLength(2);
	});

	it('NODE-38 several nodes share a path, each with its own filters', async () => {
		await red.deploy([
			TAB,
			webhookNode('replies', { path: 'shared', events: 'message' }, 'replies-out'),
			webhookNode(
				'thread',
				{ path: 'shared', events: 'message,paused,other', threadId: 't-101' },
				'thread-out',
			),
			debugNode('replies-out'),
			debugNode('thread-out'),
		]);
		await post('shared', message('for one'));
		await post('shared', { type: 'control.pause', threadId: 't-100' });
		await post('shared', { type: 'control.pause', threadId: 't-101' });
		await post('shared', { type: 'weather.changed', threadId: 't-101', degrees: 12 });
		await post('shared', message('for both', { threadId: 't-101' }));
		await red.awaitDebug('thread-out', 3);
		await red.awaitDebug('replies-out', 2);
		expect(shown('replies-out').map(({ payload }) => payload['text'])).toEqual(['for one', 'for both']);
		expect(shown('thread-out').map(({ topic }) => topic)).toEqual(['paused', 'other', 'message']);
		expect(shown('thread-out')[1]?.payload).toMatchObject({
			eventName: 'weather.changed',
			body: { degrees: 12 },
		});
	});

	describe('with verification', () => {
		const secured = (verification: string, credentials: Record<string, string>): FlowNode[] => [
			TAB,
			{
				...webhookNode(
					'secured',
					{ path: 'secured', verification, headerName: 'X-Flow-Token' },
					'secured-out',
				),
				credentials,
			},
			debugNode('secured-out'),
		];

		it('accepts a token in a header or in the query, and either of two', async () => {
			await red.deploy(secured('token', { secret: SECRET, secondSecret: 'the-next-secret' }));
			const before = shown('secured-out').length;
			const refused = await post('secured', message('no token'));
			expect([refused.status, await refused.text()]).toEqual([401, containing('X-Flow-Token')]);
			expect((await post('secured', message('wrong'), { 'x-flow-token': 'wrong' })).status).toBe(401);
			expect((await post('secured', message('header'), { 'x-flow-token': `Bearer ${SECRET}` })).status).toBe(
				200,
			);
			expect((await post(`secured?X-Flow-Token=the-next-secret`, message('query'))).status).toBe(200);
			await red.awaitDebug('secured-out', before + 2);
			expect(
				shown('secured-out')
					.slice(before)
					.map(({ payload }) => payload['text']),
			).toEqual(['header', 'query']);
		});

		it('checks a JWT', async () => {
			await red.deploy(secured('jwt', { secret: SECRET }));
			const nowS = Math.floor(Date.now() / 1000);
			const answer = (token: string): Promise<number> =>
				post('secured', message('jwt'), { authorization: `Bearer ${token}` }).then(({ status }) => status);
			expect(await answer(jwt({ exp: nowS + 60 }, SECRET))).toBe(200);
			expect(await answer(jwt({ exp: nowS - 60 }, SECRET))).toBe(401);
			expect(await answer(jwt({ exp: nowS + 60 }, 'another secret'))).toBe(401);
		});

		it('refuses every call while the secret is missing, and says so', async () => {
			await red.deploy([
				TAB,
				webhookNode('bare', { path: 'bare', verification: 'token', headerName: 'x-token' }),
			]);
			await red.awaitStatus('bare', 'flowai-webhook.status.noSecret');
			expect((await post('bare', message('x'), { 'x-token': '' })).status).toBe(401);
			expect(red.log()).toContain('No secret is set');
		});
	});

	it('listens no longer once its node is gone', async () => {
		await red.deploy([TAB, webhookNode('gone', { path: 'gone' })]);
		expect((await call('gone')).status).toBe(200);
		await red.deploy([TAB]);
		expect((await call('gone')).status).toBe(404);
	});

	it('names a path that no URL can have', async () => {
		await red.deploy([TAB, webhookNode('slash', { path: 'a/b' })]);
		await red.awaitStatus('slash', 'flowai-webhook.status.failed');
		expect(red.log()).toContain('Path may hold');
	});

	it('tells the editor where it listens, behind a permission', async () => {
		const answer = await red.admin('/flowai-webhook/address');
		expect(await answer.json()).toEqual({ root: '/node/', route: '/flowai/webhook', needsLogin: false });
	});

	it('gets each event of a conversation once, also when it is told in both vocabularies', async () => {
		const sandbox: Sandbox = await startSandbox({ vocabulary: 'both' });
		try {
			const trigger = webhookNode(
				'live',
				{ path: 'live', events: 'message,delivered', verification: 'jwt' },
				'live-out',
			);
			await red.deploy([TAB, { ...trigger, credentials: { secret: SECRET } }, debugNode('live-out')]);
			sandbox.setWebhook({
				url: `${red.nodeUrl}/flowai/webhook/live`,
				auth: { type: 'jwt', secret: SECRET },
			});
			const originator = { name: 'Mara', role: 'external' };
			const sent = await fetch(`${sandbox.baseUrls.flowAi}/rest/v1/messages/t-100`, {
				method: 'POST',
				headers: { authorization: `Bearer ${sandbox.keys.flowAiRest}`, 'content-type': 'application/json' },
				body: JSON.stringify({ payload: { type: 'text', speech: 'Hello', traceId: 5, originator } }),
			});
			expect(sent.status).toBe(200);
			await red.awaitDebug('live-out', 2);
			const events = ['message', 'message.delivered', 'message.reply'];
			const deadline = AbortSignal.timeout(5_000);
			while (sandbox.deliveries().filter(({ status }) => status === 'delivered').length < events.length) {
				deadline.throwIfAborted();
				await new Promise((resolve) => setTimeout(resolve, 20));
			}
			expect(
				sandbox
					.deliveries()
					.map(({ event }) => event)
					.sort(),
			).toEqual(events);
			// One more event after all of them: what it does not follow did not come.
			await post(
				'live',
				{ type: 'message.delivered', threadId: 'last' },
				{ 'x-access-token': jwt({}, SECRET) },
			);
			await red.awaitDebug('live-out', 3);
			const seen = shown('live-out').map(({ topic, threadId }) => `${topic} ${threadId}`);
			expect(seen.slice(0, 2).sort()).toEqual(['delivered t-100', 'message t-100']);
			expect(seen.slice(2)).toEqual(['delivered last']);
		} finally {
			await sandbox.close();
		}
	});
});

describe('the webhook trigger on other servers', () => {
	const flow = [TAB, webhookNode('node', { path: 'somewhere' })];

	it('NODE-30 says that callers have to sign in, where the settings ask for it', async () => {
		// The password is "password".
		const httpNodeAuth = {
			user: 'caller',
			pass: '$2a$08$zZWtXTja0fB1pzD4sHCMyOCMYz2Z6dNbM6tl8sJogENOMcxWV9DN.',
		};
		const red = await startNodeRed({ settings: { httpNodeAuth } });
		try {
			await red.deploy(flow);
			expect(await (await red.admin('/flowai-webhook/address')).json()).toMatchObject({ needsLogin: true });
			const url = `${red.nodeUrl}/flowai/webhook/somewhere`;
			expect((await fetch(url)).status).toBe(401);
			const authorization = `Basic ${btoa('caller:password')}`;
			expect((await fetch(url, { headers: { authorization } })).status).toBe(200);
		} finally {
			await red.stop();
		}
	});

	it('says that no event can arrive, where Node-RED offers no endpoints', async () => {
		const red = await startNodeRed({ settings: { httpNodeRoot: false } });
		try {
			await red.deploy(flow);
			await red.awaitStatus('node', 'flowai-webhook.status.unreachable');
			expect(await (await red.admin('/flowai-webhook/address')).json()).toMatchObject({ root: false });
		} finally {
			await red.stop();
		}
	});
});
