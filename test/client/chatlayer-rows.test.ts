import { answer, rejection } from '../support/fake-ports';
import { run } from './chatlayer-harness';

const BOT = { botId: 'k3v9x2ab' };

describe('rows of answers that are no series: numbers in texts are read, what is missing is null', () => {
	it.each<[string, Record<string, unknown>, object, object[]]>([
		[
			'analytics.getConversationFlow',
			{ ...BOT, conversationId: 'cv-501' },
			{
				transitions: [{ id: 't1', from_step: { id: 'start', type: 'dialog' }, depth: '1' }],
				user_id: 'us-77',
			},
			[
				{
					id: 't1',
					fromStep: 'start',
					fromType: 'dialog',
					toStep: null,
					toType: null,
					depth: 1,
					timestamp: null,
					conversationId: null,
					userId: 'us-77',
				},
			],
		],
		[
			'flow.getStepEdges',
			{ ...BOT, stepId: 'start' },
			{ edges: [{ count: '12', from_step: { id: 'start' }, to_step: { id: 'a', type: 'dialog' } }, {}] },
			[
				{ fromStep: 'start', fromType: null, toStep: 'a', toType: 'dialog', count: 12 },
				{ fromStep: null, fromType: null, toStep: null, toType: null, count: null },
			],
		],
		[
			'flow.getSteps',
			BOT,
			{ nodes: [{ id: 'start', occurrences: '5' }, { id: 'DROPOFF' }] },
			[
				{ step: 'start', occurrences: 5, isDropOff: false },
				{ step: 'DROPOFF', occurrences: null, isDropOff: true },
			],
		],
		[
			'flow.getStep',
			{ ...BOT, stepId: 'start' },
			{ conversation_count: '3' },
			[{ stepId: 'start', conversations: 3, messages: null, dropOffs: null }],
		],
		[
			'event.getFunnel',
			{ ...BOT, steps: [{ eventId: 'a' }, { eventId: 'b' }] },
			{
				result: [
					{
						values: [
							{ event_id: 'a', count: 4, order: '1', breakdown_value: 'web' },
							{ event_id: 'b', count: 1 },
						],
					},
					{ values: [{ event_id: 'a' }, { event_id: 'b', count: 0 }] },
					{},
				],
			},
			[
				{ breakdown: 'web', order: 1, step: 'a', count: 4, sharePercent: 100 },
				{ breakdown: null, order: null, step: 'b', count: 1, sharePercent: 25 },
				{ breakdown: null, order: null, step: 'a', count: null, sharePercent: null },
				{ breakdown: null, order: null, step: 'b', count: 0, sharePercent: null },
			],
		],
		[
			'knowledgeBase.getTags',
			BOT,
			{ data: [{ tag: 'hours', count: 3, rank: 1 }, { tag: 'menu' }] },
			[
				{ rank: 1, tag: 'hours', count: 3 },
				{ rank: null, tag: 'menu', count: null },
			],
		],
		[
			'intent.getMany',
			BOT,
			{ data: [{ intent_id: 'ask', count: '9', rank: 1 }] },
			[{ rank: 1, intent: 'ask', count: 9 }],
		],
		[
			'event.getAttributeValues',
			{ ...BOT, attributeKey: 'k' },
			{ attributes: [{ key: 'k', value: 'v' }] },
			[{ attribute: 'k', value: 'v' }],
		],
		[
			'event.getMany',
			BOT,
			{ events: [{ id: 'ev-1', event: 'paid' }] },
			[
				{
					id: 'ev-1',
					event: 'paid',
					timestamp: null,
					userId: null,
					conversationId: null,
					channelType: null,
					channelId: null,
					botId: null,
					version: null,
					attributes: {},
				},
			],
		],
	])('%s', async (path, raw, body, rows) => {
		expect((await run(path, raw, [answer(body as never)])).rows).toEqual(rows);
	});

	it.each([
		'flow.getSteps',
		'knowledgeBase.getTags',
		'intent.getMany',
		'event.getMany',
		'subscription.getMany',
	])('%s of an empty answer is empty', async (path) => {
		expect((await run(path, BOT, [answer({})])).rows).toEqual([]);
	});
});

describe('what is sent', () => {
	it('numbers the steps of a funnel from 1, unless told otherwise', async () => {
		const steps = [{ eventId: 'a' }, { eventId: 'b', order: 7, properties: [{ key: 'k' }] }];
		const { ports } = await run('flow.getFunnel', { ...BOT, steps, orderType: 'strict' });
		expect(JSON.parse(ports.requests[0]?.body ?? '')).toMatchObject({
			order_type: 'strict',
			steps: [
				{ order: 1, event_id: 'a' },
				{ order: 7, event_id: 'b', properties: [{ key: 'k' }] },
			],
		});
	});

	it.each([
		['flow.getFunnel', { ...BOT, steps: [] }, 'steps'],
		['event.track', { ...BOT, event: 'paid', attributes: { total: 5 } }, 'attributes'],
		[
			'subscription.create',
			{ ...BOT, target: 'https://x.test', subscribeTo: 'FLOW_EVENT', eventNames: 'paid' },
			'eventNames',
		],
	])('%s refuses wrong input before any request', async (path, raw, field) => {
		expect(await rejection(run(path, raw, [new Error('a request went out')]))).toMatchObject({
			code: 'CONVOFLOW_INVALID_INPUT',
			field,
		});
	});

	it('a new subscription has a secret of its own that is shown nowhere', async () => {
		const create = async () =>
			await run('subscription.create', { ...BOT, target: 'https://x.test' }, [
				answer({ subscription: { id: 'sub-9' } }),
			]);
		const [one, other] = await Promise.all([create(), create()]);
		const secretOf = ({ ports }: typeof one): string =>
			String((JSON.parse(ports.requests[0]?.body ?? '') as Record<string, unknown>)['secret']);
		expect(secretOf(one)).not.toBe(secretOf(other));
		expect(JSON.stringify(one.rows)).not.toContain(secretOf(one));
	});

	it.each([
		'hooks.example.com/x',
		'http://hooks.example.com/x',
		'https://hooks.example.com:8443/x',
		'ftp://localhost/x',
	])('a subscription to %s is refused before any request', async (target) => {
		const failing = run('subscription.create', { ...BOT, target }, [new Error('a request went out')]);
		expect(await rejection(failing)).toMatchObject({ code: 'CONVOFLOW_INVALID_INPUT', field: 'target' });
	});

	it.each(['https://hooks.example.com/x', 'https://hooks.example.com:443/x', 'http://localhost:1880/x'])(
		'a subscription to %s is asked for',
		async (target) => {
			const { ports } = await run('subscription.create', { ...BOT, target });
			expect(ports.requests).toHaveLength(1);
		},
	);

	it('a subscription that is gone counts as deleted, a refusal does not', async () => {
		const raw = { ...BOT, subscriptionId: 'sub-1' };
		expect((await run('subscription.delete', raw, [answer({}, 404)])).rows).toMatchObject([
			{ deleted: true },
		]);
		expect(await rejection(run('subscription.delete', raw, [answer({}, 403)]))).toMatchObject({
			status: 403,
		});
	});
});
