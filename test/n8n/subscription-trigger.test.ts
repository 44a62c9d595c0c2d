import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { HookContext, WebhookContext } from 'n8n-core';
import type {
	IDataObject,
	IHookFunctions,
	INodeParameters,
	IWebhookData,
	IWebhookFunctions,
} from 'n8n-workflow';
import { startSandbox, type Sandbox } from '@convoflow/sandbox';
import { asContext, workflowOf } from './harness';
import { credentialsFor, PLACES, runPlace, type Place } from './services';
import { loadTree, nodeTypeOf, type Tree } from './tree';

const nodeType = 'chatlayerTrigger';
const PARAMETERS = {
	botId: { __rl: true, mode: 'id', value: 'k3v9x2ab' },
	events: ['trackingEvent', 'revoked'],
};

let tree: Tree;
let sandbox: Sandbox;
let server: Server;
let port: number;
let runs: IDataObject[];
let statuses: number[];
/** Static data as n8n has saved it. */
let saved: string;
let wake: () => void = () => undefined;

beforeAll(async () => {
	tree = await loadTree('n8n-nodes-chatlayer');
});

function open(parameters: INodeParameters): ReturnType<typeof workflowOf> {
	const credentials = credentialsFor(sandbox, 'chatlayerApi');
	const setup = workflowOf({ tree, nodeType, parameters, credentials }, 'trigger');
	const webhookBaseUrl = `http://127.0.0.1:${port}/webhook`;
	Object.assign(setup.additionalData, { webhookBaseUrl });
	setup.workflow.staticData = JSON.parse(saved) as IDataObject;
	return setup;
}

type Step = 'checkExists' | 'create' | 'delete';

/** A step in the life of the trigger, in n8n's own context; what it leaves is saved as n8n does. */
async function step(name: Step, parameters: INodeParameters = PARAMETERS): Promise<boolean | undefined> {
	const { workflow, node, additionalData } = open(parameters);
	const context = new HookContext(workflow, node, additionalData, 'trigger', 'activate', {
		webhookDescription: nodeTypeOf(tree, nodeType).description.webhooks?.[0],
	} as IWebhookData);
	const result = await nodeTypeOf(tree, nodeType).webhookMethods?.default?.[name].call(
		asContext<IHookFunctions>(context),
	);
	saved = JSON.stringify(workflow.staticData);
	return result;
}

/** What n8n does at a start and at each publish. */
async function activate(parameters: INodeParameters = PARAMETERS): Promise<void> {
	if (!(await step('checkExists', parameters))) await step('create', parameters);
}

beforeEach(async () => {
	[runs, statuses, saved] = [[], [], '{}'];
	sandbox = await startSandbox({ botDelayMs: 0 });
	sandbox.world.chatlayer.subscriptions.list = [];
	server = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			const url = new URL(request.url ?? '', 'http://localhost');
			const { workflow, node, additionalData } = open(PARAMETERS);
			const answer = Object.assign(response, {
				status: (code: number) => ((response.statusCode = code), answer),
				set: (name: string, value: string) => (response.setHeader(name, value), answer),
				json: (body: object) => response.end(JSON.stringify(body)),
				send: (body: string) => response.end(body),
			});
			const context = new WebhookContext(
				workflow,
				node,
				{
					...additionalData,
					httpRequest: {
						headers: request.headers,
						query: Object.fromEntries(url.searchParams),
						rawBody: Buffer.concat(chunks),
					},
					httpResponse: answer,
				},
				'webhook',
				{ webhookDescription: nodeTypeOf(tree, nodeType).description.webhooks?.[0] } as IWebhookData,
				[],
				null,
			);
			void nodeTypeOf(tree, nodeType)
				.webhook?.call(asContext<IWebhookFunctions>(context))
				.then((result) => {
					runs.push(...(result.workflowData?.[0] ?? []).map(({ json }) => json));
					if (!response.writableEnded) response.end('{}');
					statuses.push(response.statusCode);
					wake();
				});
		});
	}).listen(0, '127.0.0.1');
	await once(server, 'listening');
	({ port } = server.address() as AddressInfo);
});
afterEach(async () => {
	await sandbox.close();
	server.closeAllConnections();
	await new Promise((resolve) => server.close(resolve));
});

const until = (isMet: () => boolean): Promise<void> =>
	new Promise((resolve) => {
		wake = () => isMet() && resolve();
		wake();
	});
const subscriptions = (): Sandbox['world']['chatlayer']['subscriptions']['list'] =>
	sandbox.world.chatlayer.subscriptions.list;

async function track(id: string): Promise<void> {
	const pair = `${sandbox.keys.chatlayerTokenId}:${sandbox.keys.chatlayerTokenSecret}`;
	await fetch(`${sandbox.baseUrls.chatlayer}/v1/bots/k3v9x2ab/events/track`, {
		method: 'POST',
		headers: {
			authorization: `Basic ${Buffer.from(pair).toString('base64')}`,
			'content-type': 'application/json',
		},
		body: JSON.stringify({ id, version: 'LIVE', event: 'order_placed' }),
	});
}

it('subscribes when it is published, answers the challenge, starts a run for an event, and ends it again', async () => {
	expect(await step('checkExists')).toBe(false);
	await step('create');
	expect(subscriptions()).toMatchObject([{ status: 'enabled', eventType: 'TRACKING_EVENT' }]);
	await track('first');
	await until(() => runs.length === 1);
	expect(runs).toMatchObject([
		{ event: 'trackingEvent', eventKey: 'event:first', eventName: 'order_placed' },
	]);
	const token = new URL(subscriptions()[0]?.target ?? '').searchParams.get('token') ?? 'none';
	expect(JSON.stringify(runs) + saved).not.toContain(token);
	expect(await step('delete')).toBe(true);
	expect(subscriptions()).toEqual([]);
});

it.each([true, false])('shows its token in no list of subscriptions, simplified: %s', async (simplify) => {
	await activate();
	const token = new URL(subscriptions()[0]?.target ?? '').searchParams.get('token') ?? 'none';
	const place = PLACES.find(({ title }) => title === 'chatlayer subscription getMany') as Place;
	const values = credentialsFor(sandbox, 'chatlayerApi')['chatlayerApi'] ?? {};
	const { items } = await runPlace(place, values, { botId: 'k3v9x2ab', returnAll: true, simplify });
	expect(items[0]?.[0]?.json['target']).toMatch(/token=\*\*\*$/);
	expect(JSON.stringify(items)).not.toContain(token);
});

it('finds its subscription after a restart, also where static data was lost', async () => {
	await activate();
	const before = [...subscriptions()];
	await activate();
	saved = '{}';
	await activate();
	expect(subscriptions()).toEqual(before);
});

it('subscribes anew where the subscription was deleted or ended meanwhile', async () => {
	await activate();
	sandbox.world.chatlayer.subscriptions.list = [];
	await activate();
	expect(subscriptions()).toHaveLength(1);
	const [one] = subscriptions();
	if (one) sandbox.world.chatlayer.subscriptions.revoke(one, 'notification_failures_exceeded');
	await until(() => runs.length === 1);
	expect(runs).toMatchObject([{ event: 'revoked', reason: 'notification_failures_exceeded' }]);
	await activate();
	expect(subscriptions()).toMatchObject([{ status: 'enabled' }]);
});

it('takes a repeated delivery once, and refuses another token', async () => {
	await activate();
	sandbox.faults.add({
		match: { surface: 'webhook', event: 'chatlayer.notification' },
		times: 1,
		action: { type: 'duplicate', copies: 3 },
	});
	await track('thrice');
	await until(() => statuses.length === 4);
	expect(runs).toHaveLength(1);
	const target = new URL(subscriptions()[0]?.target ?? '');
	target.searchParams.set('token', 'wrong');
	const response = await fetch(target, { method: 'POST', body: JSON.stringify({ challenge: 'c-1' }) });
	expect(response.status).toBe(401);
	expect(await response.text()).not.toContain('c-1');
});

it('lets the workflow be unpublished while Chatlayer is away, and leaves no double afterwards', async () => {
	await activate();
	sandbox.faults.add({ match: { surface: 'chatlayer' }, times: 1, action: { type: 'status', status: 400 } });
	expect(await step('delete')).toBe(true);
	expect(subscriptions()).toHaveLength(1);
	await activate();
	expect(subscriptions()).toHaveLength(1);
});

it('fails loudly with a wrong setting or an address that does not answer', async () => {
	await expect(step('create', { ...PARAMETERS, events: ['revoked'] })).rejects.toThrow(
		'Events must hold at least one kind of event',
	);
	server.close();
	server.closeAllConnections();
	await expect(step('create')).rejects.toMatchObject({
		message: expect.stringContaining('could not verify the address') as string,
		description: expect.stringContaining('HTTPS on port 443') as string,
	});
	expect(subscriptions()).toEqual([]);
});
