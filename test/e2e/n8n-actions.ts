import type { Item } from '../../packages/demo/src/n8n/execution';
import { flowAi, setFields, thread, type NodeSketch } from '../../packages/demo/src/n8n/workflows';
import { runNodes, until, type Suite } from './n8n-suite';

const json = (items: readonly Item[]): unknown[] => items.map((item) => item.json);

const sendText = (parameters: Readonly<Record<string, unknown>>): NodeSketch =>
	flowAi('Send', 'message', 'sendText', parameters);

/** Three items, of which the second holds a text that is too long. */
const THREE_TEXTS: NodeSketch[] = [
	setFields('Texts', { texts: ['first 61', 'x'.repeat(256), 'third 63'] }),
	{
		name: 'One each',
		type: 'n8n-nodes-base.splitOut',
		typeVersion: 1,
		parameters: { fieldToSplitOut: 'texts', options: { destinationFieldName: 'text' } },
	},
];

/** Action nodes, run by hand. */
export function actionTests(suite: () => Suite): void {
	it('sends a text, to which the bot answers', async () => {
		const execution = await runNodes(
			suite(),
			sendText({
				threadId: thread('e2e-send'),
				text: 'My number is 5150',
				additionalFields: { traceId: 5150 },
			}),
		);
		expect(execution).toMatchObject({ status: 'success', mode: 'manual' });
		expect(json(execution.items('Send'))).toEqual([{ status: 'ok', threadId: 'e2e-send', traceId: 5150 }]);
		const { world } = suite().sandbox;
		await until(suite(), () => world.messages('e2e-send').length === 2);
		expect(world.thread('e2e-send')?.last).toContain('5150');
	});

	it('reads messages, as many as the limit says', async () => {
		const getMany = flowAi('Read', 'message', 'getMany', { threadId: thread('t-100'), limit: 7 });
		const execution = await runNodes(suite(), getMany);
		expect(execution.items('Read')).toHaveLength(7);
		expect(execution.items('Read')[0]?.json).toMatchObject({
			threadId: 't-100',
			text: expect.any(String) as string,
		});
	});

	it('pauses the bot, tells its status and resumes it', async () => {
		suite().sandbox.world.ensureThread('e2e-pause');
		const bot = (operation: string): NodeSketch =>
			flowAi(operation, 'bot', operation, { threadId: thread('e2e-pause') });
		const paused = await runNodes(suite(), bot('pause'), bot('getStatus'));
		expect(paused.items('getStatus')[0]?.json).toMatchObject({ threadId: 'e2e-pause', isPaused: true });
		expect(suite().sandbox.world.thread('e2e-pause')?.paused).toBe(true);
		const resumed = await runNodes(suite(), bot('resume'), bot('getStatus'));
		expect(resumed.items('getStatus')[0]?.json).toMatchObject({ isPaused: false });
		expect(suite().sandbox.world.thread('e2e-pause')?.paused).toBe(false);
	});

	it('lists every conversation of Flow XO', async () => {
		const execution = await runNodes(suite(), {
			name: 'List',
			type: 'n8n-nodes-flowxo.flowXo',
			credential: 'flowXoApi',
			parameters: { resource: 'conversation', operation: 'getMany', returnAll: true },
		});
		expect(execution.items('List')).toHaveLength(suite().sandbox.world.conversations().total);
	});

	it('counts the conversations of Chatlayer by channel', async () => {
		const execution = await runNodes(suite(), {
			name: 'Count',
			type: 'n8n-nodes-chatlayer.chatlayer',
			credential: 'chatlayerApi',
			parameters: {
				resource: 'analytics',
				operation: 'getConversations',
				botId: { __rl: true, mode: 'url', value: 'https://app.chatlayer.ai/bots/k3v9x2ab/analytics' },
				period: 'custom',
				startTime: '2026-03-01T00:00:00Z',
				endTime: '2026-03-04T00:00:00Z',
				additionalFields: { groupBy: 'channel_type' },
			},
		});
		expect(execution.error).toBeUndefined();
		expect(execution.items('Count').length).toBeGreaterThan(0);
		expect(execution.items('Count')[0]?.json).toMatchObject({ value: expect.any(Number) as number });
	});

	it('puts the item that is refused on the error output and sends the others', async () => {
		const execution = await runNodes(suite(), ...THREE_TEXTS, {
			...sendText({ threadId: thread('e2e-error-output'), text: '={{ $json.text }}' }),
			onError: 'continueErrorOutput',
		});
		expect(execution.status).toBe('success');
		expect(execution.items('Send', 0)).toHaveLength(2);
		const [refused, ...more] = execution.items('Send', 1);
		expect(more).toEqual([]);
		expect(refused?.json).toMatchObject({
			text: 'x'.repeat(256),
			error: expect.stringMatching(/Text has 256 characters; at most 255/) as string,
		});
		expect(refused?.pairedItem).toMatchObject({ item: 1 });
		const said = JSON.stringify(suite().sandbox.world.messages('e2e-error-output'));
		expect([said.includes('first 61'), said.includes('third 63')]).toEqual([true, true]);
	});

	it('names the item when it stops at one, and sends nothing', async () => {
		const parameters = { threadId: thread('e2e-all-or-none'), text: '={{ $json.text }}' };
		const execution = await runNodes(suite(), ...THREE_TEXTS, sendText(parameters));
		expect(execution.status).toBe('error');
		expect(execution.error).toMatchObject({ nodeName: 'Send', context: { itemIndex: 1 } });
		expect(suite().sandbox.world.thread('e2e-all-or-none')).toBeUndefined();
	});
}
