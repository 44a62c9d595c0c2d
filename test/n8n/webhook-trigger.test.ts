import { createHmac } from 'node:crypto';
import { HookContext } from 'n8n-core';
import type { IDataObject, IHookFunctions, INodeParameters } from 'n8n-workflow';
import { webhookTrigger } from '@convoflow/nodes';
import type { Credentials } from './credentials-helper';
import { asContext, workflowOf } from './harness';
import { loadTree, nodeTypeOf, type Tree } from './tree';
import { call, EVENT, SECRET, started } from './webhook-call';

let tree: Tree;
beforeAll(async () => {
	tree = await loadTree('n8n-nodes-flowai');
});

function jwt(claims: object, secret: string, header: object = { alg: 'HS256', typ: 'JWT' }): string {
	const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
	const text = `${part(header)}.${part(claims)}`;
	return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
}

describe('Flow.ai Trigger', () => {
	it('starts with the event, read and untouched', async () => {
		const outcome = await call({}, { body: JSON.stringify(EVENT) });
		expect(started(outcome)).toEqual([
			expect.objectContaining({
				event: 'message',
				eventName: 'message',
				eventKey: 'activity:act-5502',
				threadId: 't-100|w_c51f0e2a',
				text: 'Yes.',
				role: 'bot',
				body: EVENT,
			}),
		]);
		expect(outcome.answer).toBeUndefined();
	});

	it('listens to what is chosen, in both vocabularies', async () => {
		const resumed = { events: ['resumed'] };
		expect(started(await call(resumed, { body: '{"type":"control.resume","threadId":"t-1"}' }))).toHaveLength(
			1,
		);
		expect(started(await call(resumed, { body: '{"type":"resumed","threadId":"t-1"}' }))).toHaveLength(1);
		expect(await call(resumed, { body: '{"type":"paused","threadId":"t-1"}' })).toEqual({});
	});

	it('hands on an event that is not known yet as "other"', async () => {
		const outcome = await call({ events: ['other'] }, { body: '{"type":"brand.new","x":1}' });
		expect(started(outcome)).toEqual([expect.objectContaining({ event: 'other', eventName: 'brand.new' })]);
	});

	it('listens to one thread where asked to', async () => {
		const only = (threadId: string): INodeParameters => ({ additionalFields: { threadId } });
		expect(started(await call(only('t-100|w_c51f0e2a'), { body: JSON.stringify(EVENT) }))).toHaveLength(1);
		expect(await call(only('t-2'), { body: JSON.stringify(EVENT) })).toEqual({});
	});

	it('answers a probe without starting', async () => {
		expect(await call({ verification: 'token' }, { name: 'setup' })).toEqual({ webhookResponse: 'ok' });
	});

	it('takes GET and HEAD as probes and answers calls at once', () => {
		const { webhooks } = nodeTypeOf(tree, 'flowAiTrigger').description;
		expect(
			webhooks?.map(({ name, httpMethod, responseMode, path }) => [name, httpMethod, responseMode, path]),
		).toEqual([
			['default', 'POST', 'onReceived', 'webhook'],
			['setup', 'GET', 'onReceived', 'webhook'],
			['setup', 'HEAD', 'onReceived', 'webhook'],
		]);
	});

	it.each([
		['header', { headers: { 'x-access-token': SECRET } }],
		['query', { query: { 'x-access-token': SECRET } }],
		['second secret', { headers: { 'x-access-token': 'Bearer fake-next-secret' } }],
	])('accepts a token by %s', async (_by, sent) => {
		const outcome = await call({ verification: 'token' }, { ...sent, body: JSON.stringify(EVENT) });
		expect(started(outcome)).toHaveLength(1);
	});

	it.each([
		['no token', 'token', {}],
		['a wrong token', 'token', { 'x-access-token': 'fake-wrong' }],
		['a JWT signed with another secret', 'jwt', { 'x-access-token': jwt({ sub: 'x' }, 'fake-other') }],
		[
			'a JWT without a signature',
			'jwt',
			{ 'x-access-token': `${jwt({}, SECRET, { alg: 'none' }).split('.').slice(0, 2).join('.')}.` },
		],
		['an expired JWT', 'jwt', { 'x-access-token': jwt({ exp: 1 }, SECRET) }],
	])('refuses %s with 401 and no run', async (_what, verification, headers) => {
		const outcome = await call({ verification }, { headers: headers, body: JSON.stringify(EVENT) });
		expect(outcome.answer?.status).toBe(401);
		expect(outcome.noWebhookResponse).toBe(true);
		expect(outcome.workflowData).toBeUndefined();
		expect(JSON.stringify(outcome.answer?.body)).not.toContain(SECRET);
	});

	it('accepts a JWT signed with the secret', async () => {
		const headers = { authorization: `Bearer ${jwt({ sub: 'flow' }, SECRET)}` };
		expect(
			started(await call({ verification: 'jwt' }, { headers, body: JSON.stringify(EVENT) })),
		).toHaveLength(1);
	});

	it('answers a body that is no JSON with 400', async () => {
		const outcome = await call({}, { body: '{"type":' });
		expect(outcome.answer).toEqual({ status: 400, body: { message: 'the body is no JSON' } });
		expect(outcome.workflowData).toBeUndefined();
	});
});

describe('publishing a workflow with the Flow.ai Trigger', () => {
	async function publish(parameters: INodeParameters, credentials: Credentials = {}): Promise<unknown> {
		const { workflow, node, additionalData } = workflowOf(
			{ tree, nodeType: 'flowAiTrigger', parameters, credentials },
			'trigger',
		);
		const context = asContext<IHookFunctions>(
			new HookContext(workflow, node, additionalData, 'trigger', 'activate'),
		);
		const methods = nodeTypeOf(tree, 'flowAiTrigger').webhookMethods?.default;
		const exists = await methods?.checkExists.call(context);
		return [exists, await methods?.create.call(context), await methods?.delete.call(context)];
	}

	it('registers nothing, since the address is pasted by hand', async () => {
		expect(await publish({ events: [...webhookTrigger.fields.events.default] })).toEqual([true, true, true]);
	});

	it('fails loudly when no event is chosen or the secret is missing', async () => {
		await expect(publish({ events: [] })).rejects.toThrow('Events is empty');
		await expect(publish({ verification: 'token' })).rejects.toThrow('credentials set');
		await expect(publish({ verification: 'jwt' }, { flowAiWebhookApi: { secret: ' ' } })).rejects.toThrow(
			'Secret is empty in the credential "flowAiWebhookApi"',
		);
	});
});

it('filters messages by who wrote, by silence, and by whether the bot is paused', async () => {
	const staticData: IDataObject = {};
	const around = { id: 'filters', staticData };
	const only = (additionalFields: INodeParameters) => ({ events: ['message', 'inbound'], additionalFields });
	const fromUser = JSON.stringify({ type: 'inbound', threadId: 't-1', messages: [{ fallback: 'Hi' }] });
	expect(await call(only({ from: 'bot' }), { body: fromUser }, around)).toEqual({});
	expect(started(await call(only({ from: 'user' }), { body: fromUser }, around))).toHaveLength(1);
	expect(await call(only({ silent: 'only' }), { body: fromUser }, around)).toEqual({});
	const whilePaused = only({ whilePaused: true });
	expect(await call(whilePaused, { body: fromUser }, around)).toEqual({});
	await call(whilePaused, { body: '{"type":"control.pause","threadId":"t-1"}' }, around);
	expect(started(await call(whilePaused, { body: fromUser }, around))).toHaveLength(1);
	// After a restart.
	expect(started(await call(whilePaused, { body: fromUser }, { id: 'filters-2', staticData }))).toHaveLength(
		1,
	);
	// What n8n has read for a call that comes beside the resume, and what another process knows by then.
	const early = structuredClone(staticData);
	await call(whilePaused, { body: '{"type":"resumed","threadId":"t-1"}' }, around);
	expect(await call(whilePaused, { body: fromUser }, around)).toEqual({});
	expect(await call(whilePaused, { body: fromUser }, { ...around, staticData: early })).toEqual({});
	expect(await call(whilePaused, { body: fromUser }, { id: 'filters-2', staticData })).toEqual({});
});
