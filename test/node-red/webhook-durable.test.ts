import { runDeliveries } from '../webhook/node-red-deliveries';
import { runDeploys } from '../webhook/deploys';
import { startNodeRed, type NodeRed } from './harness';
import { debugNode, node, TAB, webhookNode } from './harness/flow';

const SECRET = 'durable-secret';

describe('a crash in the middle of deliveries', () => {
	it('loses nothing with Durable on, and repeats only what was on its way', async () => {
		const { posts, lost, doubledOtherwise, underwayAtKill } = await runDeliveries(600, true);
		expect({ posts, lost, doubledOtherwise }).toEqual({ posts: 780, lost: 0, doubledOtherwise: 0 });
		expect(underwayAtKill).toBeGreaterThan(0);
	}, 90_000);

	it('loses what was on its way with Durable off, and nothing else', async () => {
		const { lost, lostOtherwise } = await runDeliveries(600, false);
		expect(lost).toBeGreaterThan(0);
		expect(lostOtherwise).toBe(0);
	}, 90_000);
});

it('after full and partial deploys an event gives one message, and nothing more is held than before', async () => {
	const { wrong, more } = await runDeploys(10, true);
	expect({ wrong, more }).toEqual({ wrong: 0, more: [] });
}, 90_000);

describe('a webhook that keeps its events', () => {
	let red: NodeRed;
	beforeAll(async () => {
		red = await startNodeRed();
	});
	afterAll(async () => await red.stop());

	const post = async (path: string, body: object): Promise<number> =>
		(
			await fetch(`${red.nodeUrl}/flowai/webhook/${path}`, {
				method: 'POST',
				body: JSON.stringify({ threadId: 't-1', ...body }),
			})
		).status;
	const texts = (id: string): unknown[] =>
		red.debug
			.filter((one) => one.id === id)
			.map(({ value }) => (value as { payload: { body: { text?: string } } }).payload.body.text);

	it('sends again after a full deploy what that deploy cut off, and nothing that was done', async () => {
		const flow = [
			TAB,
			webhookNode('kept', { path: 'kept', events: 'other', durable: true }, 'gate'),
			// Lets "quick" through and holds the rest for an hour.
			node(
				'gate',
				'function',
				{
					func: 'if (msg.payload.body.text === "quick" || msg.redelivered) node.send(msg), node.done();',
					outputs: 1,
				},
				'kept-out',
			),
			debugNode('kept-out'),
		];
		await red.deploy(flow);
		expect(await post('kept', { text: 'slow', activityId: 'a1' })).toBe(200);
		expect(await post('kept', { text: 'quick', activityId: 'a2' })).toBe(200);
		await red.awaitDebug('kept-out', 1);
		await red.deploy(flow);
		await red.awaitDebug('kept-out', 2);
		await red.deploy(flow);
		await post('kept', { text: 'quick', activityId: 'a3' });
		await red.awaitDebug('kept-out', 3);
		expect(texts('kept-out')).toEqual(['quick', 'slow', 'quick']);
	});

	it('tells messages while a bot is paused from others', async () => {
		await red.deploy([
			TAB,
			webhookNode('held', { path: 'held', events: 'inbound', whilePaused: true }, 'held-out'),
			debugNode('held-out'),
		]);
		await post('held', { type: 'inbound', text: 'before' });
		await post('held', { type: 'control.pause' });
		await post('held', { type: 'inbound', text: 'while' });
		await post('held', { type: 'control.resume' });
		await post('held', { type: 'inbound', text: 'after' });
		await post('held', { type: 'control.pause' });
		await post('held', { type: 'inbound', text: 'again' });
		await red.awaitDebug('held-out', 2);
		expect(texts('held-out')).toEqual(['while', 'again']);
	});

	describe('the button that sends a test event', () => {
		const press = async (id: string): Promise<unknown> =>
			await (
				await red.admin(`/flowai-webhook/${id}/test-event`, {
					method: 'POST',
					headers: { 'content-type': 'application/json' },
					body: '{}',
				})
			).json();

		it.each(['none', 'token', 'jwt'])(
			'goes through the check "%s" and starts the flow',
			async (verification) => {
				const before = red.debug.filter(({ id }) => id === 'tested-out').length;
				await red.deploy([
					TAB,
					{
						...webhookNode(
							'tested',
							{
								path: 'tested',
								verification,
								events: 'inbound',
								from: 'user',
								threadId: 't-9',
								headerName: 'X-Own',
							},
							'tested-out',
						),
						credentials: { secret: SECRET },
					},
					debugNode('tested-out'),
				]);
				expect(await press('tested')).toEqual({ result: 'sent' });
				const shown = await red.awaitDebug('tested-out', before + 1);
				expect(shown[before]).toMatchObject({
					topic: 'inbound',
					threadId: 't-9',
					payload: { body: { test: true } },
				});
			},
		);

		it('says why an event starts no flow', async () => {
			expect(await press('nowhere')).toEqual({ result: 'notDeployed' });
			await red.deploy([
				TAB,
				webhookNode('mute', { path: 'mute', verification: 'token', headerName: 'x-own' }),
				webhookNode('idle', { path: 'idle', events: 'message', whilePaused: true }),
			]);
			expect(await press('mute')).toEqual({ result: 'refused', reason: 'no secret is set for this trigger' });
			expect(await press('idle')).toMatchObject({
				result: 'leftOut',
				reason: 'the bot is not paused in this thread, as far as events have told',
			});
		});
	});
});
