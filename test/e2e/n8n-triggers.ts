import { randomUUID } from 'node:crypto';
import type { Workflow } from '../../packages/demo/src/n8n/api';
import { sandboxValues } from '../samples/record';
import { LIMIT_MS, SOON, type Suite } from './n8n-suite';

const SECRET = 'fake-call-secret';

/** A workflow that consists of a trigger, named by its type. */
async function create(
	{ server }: Suite,
	type: string,
	credential: { readonly type: string; readonly values: Readonly<Record<string, unknown>> },
	parameters: Readonly<Record<string, unknown>>,
	webhookId: string = randomUUID(),
): Promise<string> {
	const id = await server.api.createCredential(credential.type, `For ${type}`, credential.values);
	const made: Workflow = {
		name: `Starts by ${type}`,
		nodes: [
			{
				id: 'trigger',
				name: type,
				type,
				typeVersion: 1,
				position: [0, 0],
				parameters,
				webhookId,
				credentials: { [credential.type]: { id, name: `For ${type}` } },
			},
		],
		connections: {},
	};
	return await server.api.createWorkflow(made);
}

function credentialOf({ sandbox }: Suite, type: string): Parameters<typeof create>[2] {
	return { type, values: sandboxValues(sandbox, type) };
}

/** What a trigger has put out, over all executions of its workflow. */
async function rowsOf({ server }: Suite, id: string, type: string): Promise<Record<string, unknown>[]> {
	const executions = await server.api.executions(id);
	return executions.flatMap((one) => one.items(type).map(({ json }) => json));
}

const FLOW_XO_POLL = 'n8n-nodes-flowxo.flowXoTrigger';

/** Writes as an end user of Flow XO who has not been there before. */
function write({ sandbox }: Suite, user: string, text: string): void {
	const { flowXo } = sandbox.world;
	const conversation = flowXo.begin(user, 'Mara');
	flowXo.setAgentMode(conversation, true);
	flowXo.sendAsUser(conversation, text);
}

/** The triggers of Flow XO in the real server. */
export function triggerTests(suite: () => Suite): void {
	it('Flow XO Webhook Trigger starts for a call with the secret, and for no other', async () => {
		const { server } = suite();
		const type = 'n8n-nodes-flowxo.flowXoWebhookTrigger';
		const webhookId = randomUUID();
		const secrets = { type: 'flowXoWebhookApi', values: { secret: SECRET } };
		const id = await create(suite(), type, secrets, {}, webhookId);
		await server.api.activate(id);
		const call = async (secret: string, message: string): Promise<number> => {
			const response = await fetch(`${server.url}/webhook/${webhookId}/webhook`, {
				method: 'POST',
				headers: { 'content-type': 'application/json', 'x-webhook-secret': secret },
				body: JSON.stringify({ id: message, event: 'booking', message, response_path: 'bot/c/user' }),
			});
			return response.status;
		};
		expect([await call('wrong', 'no'), await call(SECRET, 'yes')]).toEqual([401, 200]);
		await server.api.executionWhere(id, ({ status }) => status === 'success', AbortSignal.timeout(LIMIT_MS));
		await server.api.deactivate(id);
		expect((await rowsOf(suite(), id, type)).map(({ event, text }) => [event, text])).toEqual([
			['booking', 'yes'],
		]);
	});

	it('Flow XO Trigger shows in a test what came last', async () => {
		const { api } = suite().server;
		write(suite(), 'e2e-shown', 'shown 8801');
		const id = await create(suite(), FLOW_XO_POLL, credentialOf(suite(), 'flowXoApi'), { pollTimes: SOON });
		const { error } = await api.runToEnd(id, FLOW_XO_POLL, AbortSignal.timeout(LIMIT_MS));
		expect(error).toBeUndefined();
		const texts = (await rowsOf(suite(), id, FLOW_XO_POLL)).map(({ text }) => text);
		expect(texts).toContain('shown 8801');
	});

	it('Flow XO Trigger starts a run for each new message once, while it is published', async () => {
		const { api } = suite().server;
		const id = await create(suite(), FLOW_XO_POLL, credentialOf(suite(), 'flowXoApi'), { pollTimes: SOON });
		await api.activate(id);
		for (const number of [1, 2, 3]) write(suite(), `e2e-polled-${number}`, `polled ${number}`);
		const found = async (): Promise<string[]> =>
			(await rowsOf(suite(), id, FLOW_XO_POLL)).map(({ text }) => String(text));
		await api.until(
			async () => ((await found()).length >= 3 ? true : undefined),
			AbortSignal.timeout(2 * LIMIT_MS),
		);
		await api.deactivate(id);
		expect((await found()).sort()).toEqual(['polled 1', 'polled 2', 'polled 3']);
	});
}
