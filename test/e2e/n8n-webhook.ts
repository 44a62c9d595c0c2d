import { randomUUID } from 'node:crypto';
import type { Execution } from '../../packages/demo/src/n8n/execution';
import { workflow, type NodeSketch } from '../../packages/demo/src/n8n/workflows';
import { LIMIT_MS, until, type Suite } from './n8n-suite';

const TRIGGER = 'Flow.ai calls';
const THREAD = 'e2e-webhook';
const SECRET = 'obviously-fake-webhook-secret';

interface Listening {
	readonly id: string;
	readonly productionUrl: string;
	readonly testUrl: string;
}

/** Stores a workflow that begins with the Flow.ai Trigger. */
async function createTrigger(
	{ server: { api, url }, credentials }: Suite,
	parameters: NodeSketch['parameters'] = {},
	secrets?: string,
): Promise<Listening> {
	const webhookId = randomUUID();
	const sketch: NodeSketch = { name: TRIGGER, type: 'n8n-nodes-flowai.flowAiTrigger', webhookId, parameters };
	const made = workflow('Flow.ai Trigger under test', credentials, [sketch]);
	const nodes = made.nodes.map((node) => ({
		...node,
		...(secrets ? { credentials: { flowAiWebhookApi: { id: secrets, name: 'Webhook' } } } : {}),
	}));
	const id = await api.createWorkflow({ ...made, nodes });
	const path = `${webhookId}/webhook`;
	return { id, productionUrl: `${url}/webhook/${path}`, testUrl: `${url}/webhook-test/${path}` };
}

const has =
	(number: number) =>
	(execution: Execution): boolean =>
		execution.items(TRIGGER).some(({ json }) => JSON.stringify(json['text'] ?? '').includes(String(number)));

/** The Flow.ai Trigger by its two URLs. */
export function webhookTests(suite: () => Suite): void {
	const write = (number: number): Promise<void> =>
		suite().sandbox.world.sendAsUser(THREAD, `My number is ${number}`, 'rest');
	const heard = (id: string, number: number): Promise<Execution> =>
		suite().server.api.executionWhere(id, has(number), AbortSignal.timeout(LIMIT_MS));

	afterEach(() => suite().sandbox.setWebhook(null));

	it('NODE-03 hears one event at its test URL, which is closed after that', async () => {
		const { api } = suite().server;
		const { id, testUrl } = await createTrigger(suite());
		expect((await fetch(testUrl, { method: 'POST' })).status).toBe(404);
		expect(await api.runManually(id, TRIGGER)).toEqual({ waitingForWebhook: true });
		suite().sandbox.setWebhook({ url: testUrl });
		await write(8101);
		const execution = await heard(id, 8101);
		expect(execution).toMatchObject({ mode: 'manual', status: 'success' });
		expect(execution.items(TRIGGER)[0]?.json).toMatchObject({
			event: 'message',
			threadId: THREAD,
			role: 'bot',
		});
		expect((await fetch(testUrl, { method: 'POST' })).status).toBe(404);
	});

	it('stops listening at its test URL when told so', async () => {
		const { api } = suite().server;
		const { id, testUrl } = await createTrigger(suite());
		await api.runManually(id, TRIGGER);
		expect((await fetch(testUrl)).status).not.toBe(404);
		await api.stopListening(id, await api.runManually(id, TRIGGER));
		const isClosed = async (): Promise<true | undefined> =>
			(await fetch(testUrl, { method: 'HEAD' })).status === 404 || undefined;
		await api.until(isClosed, AbortSignal.timeout(LIMIT_MS));
	});

	it('hears the chosen events at its production URL while it is active, and answers probes', async () => {
		const { api } = suite().server;
		const { id, productionUrl } = await createTrigger(suite(), { events: ['message'] });
		expect((await fetch(productionUrl)).status).toBe(404);
		await api.activate(id);
		for (const method of ['GET', 'HEAD']) expect((await fetch(productionUrl, { method })).status).toBe(200);
		suite().sandbox.setWebhook({ url: productionUrl });
		await write(8201);
		expect(await heard(id, 8201)).toMatchObject({ mode: 'webhook', status: 'success' });
		await until(suite(), () =>
			suite()
				.sandbox.deliveries()
				.every(({ status }) => status === 'delivered'),
		);
		// The delivery event and the probes started nothing.
		expect(await api.executions(id)).toHaveLength(1);
		await api.deactivate(id);
		expect((await fetch(productionUrl, { method: 'POST', body: '{}' })).status).toBe(404);
	});

	it('refuses a call without the token, and starts no run for it', async () => {
		const { api } = suite().server;
		const secrets = await api.createCredential('flowAiWebhookApi', 'Webhook', { secret: SECRET });
		const { id, productionUrl } = await createTrigger(suite(), { verification: 'token' }, secrets);
		await api.activate(id);
		const body = JSON.stringify({ type: 'message', threadId: THREAD, messages: [] });
		const headers = { 'content-type': 'application/json' };
		const wrong = await fetch(productionUrl, {
			method: 'POST',
			body,
			headers: { ...headers, 'x-access-token': 'not-the-secret' },
		});
		expect(wrong.status).toBe(401);
		expect((await fetch(productionUrl, { method: 'POST', body, headers })).status).toBe(401);
		const auth = { type: 'token', in: 'header', name: 'x-access-token', value: SECRET } as const;
		suite().sandbox.setWebhook({ url: productionUrl, auth, events: ['message.reply'] });
		await write(8301);
		await heard(id, 8301);
		expect(await api.executions(id)).toHaveLength(1);
		await api.deactivate(id);
	});

	it('cannot be activated when the secret it should check is missing', async () => {
		const { id } = await createTrigger(suite(), { verification: 'token' });
		await expect(suite().server.api.activate(id)).rejects.toThrow(/credential/i);
	});
}
