import { randomUUID } from 'node:crypto';
import type { Execution } from '../../packages/demo/src/n8n/execution';
import { setFields, workflow, type NodeSketch } from '../../packages/demo/src/n8n/workflows';
import { VERIFY_TOKEN } from '../support/action-calls';
import { LIMIT_MS, type Suite } from './n8n-suite';

const TRIGGER = 'Flow.ai asks';
const THREAD = 't-101';

interface Listening {
	readonly id: string;
	readonly url: string;
}

/** Stores and activates a workflow: the trigger, and what follows it in a chain. */
async function listen(suite: Suite, answer: 'reply' | 'atOnce', ...chain: NodeSketch[]): Promise<Listening> {
	const { server, sandbox, credentials } = suite;
	const { api, url } = server;
	const values = { verifyToken: VERIFY_TOKEN, baseUrl: sandbox.baseUrls.flowAi };
	const chosen = { id: await api.createCredential('flowAiActionApi', 'Action', values), name: 'Action' };
	const webhookId = randomUUID();
	const trigger: NodeSketch = {
		name: TRIGGER,
		type: 'n8n-nodes-flowai.flowAiActionTrigger',
		webhookId,
		parameters: { answer },
	};
	const made = workflow('Action under test', credentials, [trigger, ...chain]);
	const nodes = made.nodes.map((node) =>
		node.type.startsWith('n8n-nodes-flowai.') ? { ...node, credentials: { flowAiActionApi: chosen } } : node,
	);
	const id = await api.createWorkflow({ ...made, nodes });
	await api.activate(id);
	return { id, url: `${url}/webhook/${webhookId}/action` };
}

/** The node that replies. */
function reply(name: string, operation: 'reply' | 'replyLater', more: object = {}): NodeSketch {
	return {
		name,
		type: 'n8n-nodes-flowai.flowAi',
		parameters: { resource: 'action', operation, ...more },
	};
}

const BOOKED = '={{ "Booked for " + $json.values.day }}';

/** The Flow.ai Action Trigger with its replies, as a flow of the sandbox meets it. */
export function actionTriggerTests(suite: () => Suite): void {
	const ask = (url: string): Promise<unknown> =>
		suite().sandbox.world.callAction(
			{ url, verifyToken: VERIFY_TOKEN, action: 'reserve' },
			THREAD,
			'Book it',
			{ day: [{ value: '2020-05-01' }] },
		);
	const said = (): string[] =>
		suite()
			.sandbox.world.messages(THREAD)
			.flatMap(({ messages }) => messages.map(({ fallback }) => fallback));
	const over = (id: string): Promise<Execution> =>
		suite().server.api.executionWhere(id, () => true, AbortSignal.timeout(LIMIT_MS));

	it('NODE-33 replies to a flow of the sandbox, whose thread shows it', async () => {
		const { id, url } = await listen(
			suite(),
			'reply',
			reply('Reply', 'reply', {
				text: BOOKED,
				additionalFields: { events: 'RESERVED', params: '{"reservation": "r-77"}' },
			}),
		);
		expect(await ask(url)).toEqual({ status: 200, taken: true });
		expect(said()).toEqual(expect.arrayContaining(['Booked for 2020-05-01', 'Event RESERVED received.']));
		const execution = await over(id);
		expect(execution).toMatchObject({ mode: 'webhook', status: 'success' });
		expect(execution.items('Reply').map(({ json }) => json)).toEqual([{ messages: 1, events: 1, params: 1 }]);
		expect(JSON.stringify([execution.items(TRIGGER), execution.items('Reply')])).not.toContain(VERIFY_TOKEN);
	});

	it('replies later to the reply URL, when it answers at once', async () => {
		const { id, url } = await listen(
			suite(),
			'atOnce',
			reply('Later', 'replyLater', { replyUrl: '={{ $json.replyUrl }}', text: 'Booked, a little later' }),
		);
		expect(await ask(url)).toEqual({ status: 200, taken: true });
		expect(await over(id)).toMatchObject({ status: 'success' });
		expect(said()).toContain('Booked, a little later');
	});

	it('takes one reply a call and refuses the second', async () => {
		const { id, url } = await listen(
			suite(),
			'reply',
			reply('First', 'reply', { text: 'the first' }),
			reply('Second', 'reply', { text: 'the second' }),
		);
		expect(await ask(url)).toEqual({ status: 200, taken: true });
		const { status, error } = await over(id);
		expect([status, error?.nodeName, error?.message]).toEqual([
			'error',
			'Second',
			'The call of Flow.ai has its reply already',
		]);
		expect(said()).toContain('the first');
		expect(said()).not.toContain('the second');
	});

	it('gives Flow.ai an empty reply at once when the workflow ends without one, and 500 when it fails', async () => {
		const call = async (url: string): Promise<[number, unknown, number]> => {
			const before = Date.now();
			const body = JSON.stringify({ type: 'action', verifyToken: VERIFY_TOKEN });
			const response = await fetch(url, {
				method: 'POST',
				headers: { 'content-type': 'application/json' },
				body,
			});
			return [response.status, await response.json(), Date.now() - before];
		};
		// The branch to the reply stays empty.
		const nothing = setFields('Nothing', { nothing: [] });
		const each: NodeSketch = {
			name: 'Each of nothing',
			type: 'n8n-nodes-base.splitOut',
			parameters: { fieldToSplitOut: 'nothing', options: {} },
		};
		const unused = reply('Reply', 'reply', { text: 'never said' });
		const silent = await call((await listen(suite(), 'reply', nothing, each, unused)).url);
		expect(silent.slice(0, 2)).toEqual([200, { verifyToken: VERIFY_TOKEN }]);
		const fail: NodeSketch = {
			name: 'Fail',
			type: 'n8n-nodes-base.stopAndError',
			parameters: { errorMessage: 'made to fail' },
		};
		const failed = await call((await listen(suite(), 'reply', fail, unused)).url);
		expect(failed.slice(0, 2)).toEqual([500, { message: 'Error in workflow' }]);
		for (const [, , ms] of [silent, failed]) expect(ms).toBeLessThan(5_000);
	});

	it('cannot be published where calls would wait for a reply in vain, and says what to do', async () => {
		await expect(listen(suite(), 'reply')).rejects.toThrow('No node behind the trigger replies to Flow.ai');
		await expect(
			listen(suite(), 'reply', reply('Later', 'replyLater', { replyUrl: '={{ $json.replyUrl }}' })),
		).rejects.toThrow('No node behind the trigger replies to Flow.ai');
	});

	it('warns of a reply that was nearly too late', async () => {
		const wait: NodeSketch = {
			name: 'Wait',
			type: 'n8n-nodes-base.wait',
			typeVersion: 1.1,
			webhookId: randomUUID(),
			parameters: { amount: 5.5, unit: 'seconds' },
		};
		const { id, url } = await listen(suite(), 'reply', wait, reply('Reply', 'reply', { text: 'phew' }));
		expect(await ask(url)).toEqual({ status: 200, taken: true });
		expect(JSON.stringify((await over(id)).hints('Reply'))).toMatch(/went out 5\.\d seconds after the call/);
	});

	it('refuses a reply where no call of Flow.ai stands before it', async () => {
		const { api } = suite().server;
		const made = workflow('No call', suite().credentials, [
			{ name: 'Start', type: 'n8n-nodes-base.manualTrigger', parameters: {} },
			reply('Reply', 'reply', { text: 'to nobody' }),
		]);
		const values = { verifyToken: VERIFY_TOKEN, baseUrl: suite().sandbox.baseUrls.flowAi };
		const chosen = { id: await api.createCredential('flowAiActionApi', 'Action', values), name: 'Action' };
		const nodes = made.nodes.map((node) =>
			node.name === 'Reply' ? { ...node, credentials: { flowAiActionApi: chosen } } : node,
		);
		const id = await api.createWorkflow({ ...made, nodes });
		const { error } = await api.runToEnd(id, 'Start', AbortSignal.timeout(LIMIT_MS));
		expect(error).toMatchObject({
			message: 'No call of Flow.ai waits for this reply',
			description: 'Start the workflow with the Flow.ai Action Trigger and connect this node behind it.',
		});
	});
}
