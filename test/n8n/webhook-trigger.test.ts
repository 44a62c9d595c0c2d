import { createHmac } from 'node:crypto';
import { HookContext, WebhookContext } from 'n8n-core';
import type {
	IDataObject,
	IHookFunctions,
	INodeParameters,
	IWebhookData,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import { webhookTrigger } from '@convoflow/nodes';
import type { Credentials } from './credentials-helper';
import { asContext, workflowOf } from './harness';
import { loadTree, nodeTypeOf, type Tree } from './tree';

const SECRET = 'fake-webhook-secret';
const EVENT = {
	type: 'message',
	activityId: 'act-5502',
	threadId: 't-100|w_c51f0e2a',
	originator: { name: 'Hostess', role: 'bot' },
	messages: [
		{ fallback: 'Yes.', responses: [{ type: 'text', payload: { text: 'Yes.' } }], meta: { msgId: 'm-72' } },
	],
};

/** A call as Express hands it over. */
interface Call {
	readonly name?: 'default' | 'setup';
	readonly headers?: Readonly<Record<string, string>>;
	readonly query?: Readonly<Record<string, string>>;
	readonly body?: string;
}

/** The trigger that is called, and what n8n does after it. */
interface Around {
	/** Triggers of one id share what they remember; a fresh one when absent. */
	readonly id?: string;
	/** What n8n has stored for the trigger; changed by the call. */
	readonly staticData?: IDataObject;
	readonly mode?: 'webhook' | 'manual';
	/** Status with which n8n answers. */
	readonly status?: number;
	/** When n8n answers; at once when absent. */
	readonly answered?: Promise<void>;
	/** n8n has the node's result and has not put the execution on record. */
	readonly beforeRecord?: () => void;
}

let fresh = 0;

interface Outcome extends IWebhookResponseData {
	/** Status and body that the node itself answered with. */
	readonly answer?: { status: number; body: unknown };
}

let tree: Tree;
beforeAll(async () => {
	tree = await loadTree('n8n-nodes-flowai');
});

async function call(
	parameters: INodeParameters,
	{ name = 'default', headers = {}, query = {}, body = '' }: Call,
	outcome: Around = {},
): Promise<Outcome> {
	const { mode = 'webhook', staticData = {}, id = `fresh-${(fresh += 1)}` } = outcome;
	const credentials: Credentials = { flowAiWebhookApi: { secret: SECRET, secondSecret: 'fake-next-secret' } };
	const { workflow, node, additionalData } = workflowOf(
		{ tree, nodeType: 'flowAiTrigger', parameters, credentials },
		mode,
	);
	workflow.id = id;
	workflow.staticData = { [`node:${node.name}`]: staticData };
	let answer: { status: number; body: unknown } | undefined;
	const closers: (() => void)[] = [];
	const response = {
		statusCode: 200,
		once: (_event: 'close', handler: () => void) => closers.push(handler),
		status: (status: number) => {
			response.statusCode = status;
			answer = { status, body: undefined };
			return response;
		},
		json: (said: unknown) => {
			answer = { status: answer?.status ?? 200, body: said };
			return response;
		},
	};
	const type = nodeTypeOf(tree, 'flowAiTrigger');
	const webhookDescription = type.description.webhooks?.find((one) => one.name === name);
	const context = new WebhookContext(
		workflow,
		node,
		{
			...additionalData,
			httpRequest: { headers, query, rawBody: Buffer.from(body) },
			httpResponse: response,
		},
		mode,
		{ webhookDescription } as IWebhookData,
		[],
		null,
	);
	const result = await type.webhook?.call(asContext<IWebhookFunctions>(context));
	outcome.beforeRecord?.();
	const end = (): void => {
		if (outcome.status !== undefined) response.statusCode = outcome.status;
		closers.forEach((close) => close());
	};
	if (outcome.answered) void outcome.answered.then(end);
	else end();
	// Reads every member of the result, as n8n does once the execution is on record.
	return { ...result, ...(answer ? { answer } : {}) };
}

function started({ workflowData }: IWebhookResponseData): unknown {
	return workflowData?.[0]?.map(({ json }) => json);
}

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

describe('a delivery that is repeated', () => {
	const body = JSON.stringify(EVENT);

	it('starts one run, in series', async () => {
		expect(started(await call({}, { body }, { id: 'series' }))).toHaveLength(1);
		expect(await call({}, { body }, { id: 'series' })).toEqual({});
		expect(started(await call({}, { body }, { id: 'another' }))).toHaveLength(1);
	});

	it('starts one run, at the same moment', async () => {
		const both = await Promise.all([
			call({}, { body }, { id: 'moment' }),
			call({}, { body }, { id: 'moment' }),
		]);
		expect(both.filter((one) => started(one) !== undefined)).toHaveLength(1);
	});

	it('starts one run over a restart, by what n8n has stored, which holds no word of the event', async () => {
		const staticData: IDataObject = {};
		await call({}, { body }, { id: 'before', staticData });
		expect(JSON.stringify(staticData)).toMatch(/^\{"recentKeys":\[\["[\w+/]{12}",\d{10}\]\]\}$/);
		// A process that knows nothing of the first.
		expect(await call({}, { body }, { id: 'after', staticData })).toEqual({});
	});

	it('stores the key when the execution is on record, and before the answer', async () => {
		const staticData: IDataObject = {};
		const never = new Promise<void>(() => undefined);
		const beforeRecord = (): void => expect(staticData).toEqual({});
		await call({}, { body }, { id: 'order', staticData, answered: never, beforeRecord });
		expect(staticData['recentKeys']).toHaveLength(1);
	});

	it('runs when n8n could not take the first, and is refused while that is not known', async () => {
		let answer = (): void => undefined;
		const answered = new Promise<void>((resolve) => (answer = resolve));
		expect(started(await call({}, { body }, { id: 'failing', status: 500, answered }))).toHaveLength(1);
		const second = call({}, { body }, { id: 'failing' });
		// The second waits for the first; a third that is no repeat is through when the second waits.
		await call({}, { body: JSON.stringify({ ...EVENT, activityId: 'other' }) }, { id: 'failing' });
		answer();
		expect((await second).answer).toEqual({
			status: 503,
			body: { message: 'the first delivery of this event has failed' },
		});
		expect(started(await call({}, { body }, { id: 'failing' }))).toHaveLength(1);
	});

	it('runs each time in a test, which leaves nothing behind', async () => {
		const staticData: IDataObject = {};
		const around = { id: 'test', mode: 'manual', staticData } as const;
		expect(started(await call({}, { body }, around))).toHaveLength(1);
		expect(started(await call({}, { body }, around))).toHaveLength(1);
		expect(staticData).toEqual({});
	});

	it('stores each key once, however old what was stored before', async () => {
		const hoursAgo = (hours: number): number => Math.floor(Date.now() / 1_000) - hours * 3_600;
		const staticData: IDataObject = {
			recentKeys: [
				['AAAAAAAAAAAA', hoursAgo(5)],
				['BBBBBBBBBBBB', hoursAgo(1)],
			],
		};
		for (let number = 0; number < 12; number += 1) {
			const one = JSON.stringify({ ...EVENT, activityId: `old-${number}` });
			await call({}, { body: one }, { id: 'old', staticData });
		}
		const keys = (staticData['recentKeys'] as [string, number][]).map(([key]) => key);
		expect(keys).toHaveLength(13);
		expect(new Set(keys).size).toBe(13);
		expect(keys).not.toContain('AAAAAAAAAAAA');
	});

	it('stores the last thousand only', async () => {
		const staticData: IDataObject = {};
		for (let number = 0; number < 1_010; number += 1) {
			const one = JSON.stringify({ ...EVENT, activityId: `act-${number}` });
			await call({}, { body: one }, { id: 'many', staticData });
		}
		expect(staticData['recentKeys']).toHaveLength(1_000);
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
