import { startSandbox, type Sandbox } from '@convoflow/sandbox';
import { polledWorkflow } from './poll-workflow';

let sandbox: Sandbox;
beforeEach(async () => {
	sandbox = await startSandbox({ botDelayMs: 0 });
});
afterEach(async () => await sandbox.close());

/** Writes as an end user of a conversation that the sandbox brings along. */
function write(user: string, text: string): void {
	const conversation = sandbox.world.flowXo.begin(user, 'Mara');
	sandbox.world.flowXo.setAgentMode(conversation, true);
	sandbox.world.flowXo.sendAsUser(conversation, text);
}

it('starts a run for what is new since it was activated, with fields to work with', async () => {
	const workflow = await polledWorkflow(sandbox);
	expect(await workflow.poll()).toEqual([]);
	write('4711', 'Number 1');
	expect(await workflow.poll()).toEqual([
		expect.objectContaining({
			event: 'newMessage',
			eventKey: expect.stringMatching(/^message:/) as string,
			text: 'Number 1',
			role: 'channel',
			userName: 'Mara',
			conversationId: expect.stringMatching(/\/c\/4711$/) as string,
		}),
	]);
	expect(await workflow.poll()).toEqual([]);
});

it('NODE-13 NODE-20 goes on where it stopped after a restart', async () => {
	const workflow = await polledWorkflow(sandbox);
	await workflow.poll();
	write('1', 'Number 1');
	expect(await workflow.poll()).toHaveLength(1);
	workflow.restart();
	write('2', 'Number 2');
	expect((await workflow.poll()).map(({ text }) => text)).toEqual(['Number 2']);
	workflow.restart();
	expect(await workflow.poll()).toEqual([]);
});

it('keeps its starting point over a restart that comes before the first event', async () => {
	const workflow = await polledWorkflow(sandbox);
	await workflow.poll();
	write('1', 'While n8n was down');
	workflow.restart();
	expect((await workflow.poll()).map(({ text }) => text)).toEqual(['While n8n was down']);
});

it.each([false, true])(
	'with durable cursors it tells of what came between publishing and the first poll by the clock (restart: %p)',
	async (restarts) => {
		const workflow = await polledWorkflow(sandbox, {}, undefined, true);
		write('1', 'Before');
		expect(await workflow.poll()).toEqual([]);
		write('2', 'After');
		if (restarts) workflow.restart();
		expect((await workflow.poll()).map(({ text }) => text)).toEqual(['After']);
		expect(await workflow.poll()).toEqual([]);
		write('3', 'Later');
		expect((await workflow.poll()).map(({ text }) => text)).toEqual(['Later']);
		// The starting point is no longer needed.
		expect(workflow.saved).not.toContain('floor');
	},
);

it('takes the backlog once, also with durable cursors', async () => {
	write('1', 'Before');
	const workflow = await polledWorkflow(
		sandbox,
		{ additionalFields: { includeBacklog: true } },
		undefined,
		true,
	);
	expect((await workflow.poll()).map(({ text }) => text)).toContain('Before');
	write('2', 'After');
	expect((await workflow.poll()).map(({ text }) => text)).toEqual(['After']);
});

it('NODE-13 shows the newest events in a test and leaves the cursor alone', async () => {
	const workflow = await polledWorkflow(sandbox, { events: ['newMessage', 'newConversation'] });
	await workflow.poll();
	write('1', 'Number 1');
	const { saved } = workflow;
	const shown = await workflow.poll('manual');
	expect(shown.map(({ event }) => event)).toEqual(expect.arrayContaining(['newMessage', 'newConversation']));
	expect(shown).toEqual(expect.arrayContaining([expect.objectContaining({ text: 'Number 1' })]));
	expect(workflow.saved).toBe(saved);
	expect(await workflow.poll()).toHaveLength(2);
});

it('says in a test that nothing fits', async () => {
	const workflow = await polledWorkflow(sandbox, { additionalFields: { platform: 'carrier pigeon' } });
	await expect(workflow.poll('manual')).rejects.toMatchObject({
		message: 'Nothing there fits these settings',
		description: expect.stringContaining('widen the settings') as string,
	});
});

it('tells of live chats', async () => {
	const workflow = await polledWorkflow(sandbox, { events: ['liveChatStarted', 'liveChatEnded'] });
	await workflow.poll();
	const conversation = sandbox.world.flowXo.begin('77', 'Mara', 'Hello');
	sandbox.world.flowXo.setAgentMode(conversation, true);
	expect((await workflow.poll()).map(({ event }) => event)).toEqual(['liveChatStarted']);
	sandbox.world.flowXo.setAgentMode(conversation, false);
	expect((await workflow.poll()).map(({ event }) => event)).toEqual(['liveChatEnded']);
});

it('does not poll twice at once', async () => {
	const workflow = await polledWorkflow(sandbox);
	await workflow.poll();
	write('1', 'Number 1');
	const both = await Promise.all([workflow.poll(), workflow.poll()]);
	expect(both.flat()).toHaveLength(1);
});

it('passes on what Flow XO says against it, and loses nothing', async () => {
	const workflow = await polledWorkflow(sandbox);
	await workflow.poll();
	write('1', 'Number 1');
	sandbox.faults.add({ match: { surface: 'flowxo' }, times: 1, action: { type: 'status', status: 401 } });
	await expect(workflow.poll()).rejects.toMatchObject({ name: 'NodeApiError', httpCode: '401' });
	expect(await workflow.poll()).toHaveLength(1);
});

it('names a setting that is wrong', async () => {
	const workflow = await polledWorkflow(sandbox, { events: [] });
	await expect(workflow.poll()).rejects.toMatchObject({ message: 'Events is empty' });
});

describe('Chatlayer Polling Trigger', () => {
	const place = {
		tree: 'n8n-nodes-chatlayer',
		nodeType: 'chatlayerPollingTrigger',
		credential: 'chatlayerApi',
	} as const;
	const bot = { __rl: true, mode: 'id', value: 'k3v9x2ab' };

	it('shows the newest events in a test, and starts a run for what is new since it was activated', async () => {
		const { chatlayerTokenId, chatlayerTokenSecret } = sandbox.keys;
		const pair = Buffer.from(`${chatlayerTokenId}:${chatlayerTokenSecret}`).toString('base64');
		const track = async (id: string): Promise<unknown> =>
			await fetch(`${sandbox.baseUrls.chatlayer}/v1/bots/${bot.value}/events/track`, {
				method: 'POST',
				headers: { authorization: `Basic ${pair}`, 'content-type': 'application/json' },
				body: JSON.stringify({ id, version: 'LIVE', event: 'order_placed' }),
			});
		const workflow = await polledWorkflow(sandbox, { botId: bot }, place);
		await track('before');
		expect(await workflow.poll('manual')).toMatchObject([{ eventKey: 'event:before' }]);
		expect(await workflow.poll()).toEqual([]);
		await track('polled-1');
		expect(await workflow.poll()).toMatchObject([{ eventKey: 'event:polled-1', eventName: 'order_placed' }]);
		expect(await workflow.poll()).toEqual([]);
	});
});
