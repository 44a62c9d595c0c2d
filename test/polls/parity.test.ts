import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSandbox } from '@convoflow/sandbox';
import { configNodes, triggerNodes } from '../../packages/node-red/src/model/nodes';
import { registerPollNode } from '../../packages/node-red/src/poll/poll-node';
import { registerCredentialNode } from '../../packages/node-red/src/runtime/credential-node';
import { polledWorkflow } from '../n8n/poll-workflow';
import { FakeRed } from '../support/fake-red';

const EVENTS = ['newMessage', 'newConversation', 'liveChatStarted', 'liveChatEnded'];

it('both hosts put out the same for what happens in Flow XO', async () => {
	const sandbox = await startSandbox({ botDelayMs: 0 });
	const userDir = await mkdtemp(join(tmpdir(), 'convoflow-parity-'));
	const fake = new FakeRed(userDir);
	const sent: unknown[] = [];
	fake.onSend = ({ payload }) => sent.push(payload);
	const trigger = triggerNodes.find(({ type }) => type === 'flowxo-events');
	const credential = configNodes.find(({ nodeRedType }) => nodeRedType === 'flowxo-api');
	if (!trigger || !credential) throw new Error('the nodes of Flow XO are missing');
	registerCredentialNode(fake.red, credential);
	registerPollNode(fake.red, trigger);
	const config = { id: 'events', flowXoApi: 'xo', interval: 0, events: EVENTS.join(), role: 'any' };
	const nodes = [
		fake.start('flowxo-api', { id: 'xo', baseUrl: sandbox.baseUrls.flowXo }, { apiKey: sandbox.keys.flowXo }),
		fake.start('flowxo-events', config),
	];
	try {
		const workflow = await polledWorkflow(sandbox, { events: EVENTS, role: 'any' });
		await workflow.poll();
		await nodes[1]?.receive();
		const world = sandbox.world.flowXo;
		const conversation = world.begin('4711', 'Mara');
		world.setAgentMode(conversation, true);
		world.sendAsUser(conversation, 'Number 1');
		world.sendAsBot(conversation, 'custom', { custom: '{"text":"Pick a day"}' });
		const items = await workflow.poll();
		await nodes[1]?.receive();
		world.setAgentMode(conversation, false);
		items.push(...(await workflow.poll()));
		await nodes[1]?.receive();
		expect(fake.errors).toEqual([]);
		expect(sent).toEqual(items);
		expect(new Set(items.map(({ event }) => event))).toEqual(new Set(EVENTS));
	} finally {
		await Promise.all(nodes.map(async (node) => await node.close()));
		await sandbox.close();
		await rm(userDir, { recursive: true, force: true });
	}
});
