import { startSandbox, type Sandbox } from '@convoflow/sandbox';
import { startNodeRed, type FlowNode, type NodeRed, type Settings } from './harness';
import { credentialNode, debugNode, node, TAB } from './harness/flow';
import { trackInSandbox } from '../support/track-event';
import { sandboxSettings } from './harness/sandbox-settings';

type Msg = { payload: Record<string, unknown>; topic: string; conversationId: string; redelivered?: boolean };

const STATUS = 'chatlayer-subscription.status';

describe.each([
	['roots of their own', {}],
	['one root, where the editor reads bodies first', { httpAdminRoot: '/', httpNodeRoot: '/' }],
])('the subscription node of Chatlayer, with %s', (_name, settings) => {
	let sandbox: Sandbox;
	let red: NodeRed;
	let api: Settings;
	beforeAll(async () => {
		sandbox = await startSandbox({ botDelayMs: 0 });
		sandbox.world.chatlayer.subscriptions.list = [];
		red = await startNodeRed({ settings });
		api = sandboxSettings(sandbox)['chatlayerApi'] as Settings;
	});
	afterAll(async () => {
		await red.stop();
		await sandbox.close();
	});

	const flow = (config: Readonly<Record<string, unknown>> = {}, credential = api): FlowNode[] => [
		TAB,
		node(
			'sub',
			'chatlayer-subscription',
			{
				chatlayerApi: 'key',
				publicUrl: red.url,
				botId: 'k3v9x2ab',
				version: 'LIVE',
				events: 'trackingEvent,revoked',
				verification: 'url',
				...config,
			},
			'out',
		),
		debugNode('out'),
		credentialNode('key', credential),
	];
	const subscriptions = (): Sandbox['world']['chatlayer']['subscriptions']['list'] =>
		sandbox.world.chatlayer.subscriptions.list;
	const track = async (id: string, event?: string): Promise<void> => await trackInSandbox(sandbox, id, event);
	const keys = (): unknown[] =>
		red.debug.filter(({ id }) => id === 'out').map(({ value }) => (value as Msg).payload['eventKey']);
	/** Deploys and waits until the node has come to this status. */
	const deploy = async (nodes: FlowNode[], status: string): Promise<void> => {
		const since = red.statuses('sub').length;
		await red.deploy(nodes);
		await red.awaitStatus('sub', `${STATUS}.${status}`, since);
	};

	it('subscribes by itself and sends a message for each event', async () => {
		await deploy(flow(), 'listening');
		expect(subscriptions()).toMatchObject([
			{ status: 'enabled', eventType: 'TRACKING_EVENT', botVersion: 'LIVE', eventNames: [] },
		]);
		await track('first');
		const [message] = await red.awaitDebug('out');
		expect(message).toMatchObject({
			topic: 'trackingEvent',
			payload: {
				event: 'trackingEvent',
				eventKey: 'event:first',
				eventName: 'order_placed',
				botId: 'k3v9x2ab',
				attributes: { total: '7' },
				headers: { 'x-message-type': 'notification' },
			},
		});
		expect(JSON.stringify(message)).not.toContain(new URL(subscriptions()[0]?.target ?? '').search);
	});

	it('keeps its subscription over a deploy, and replaces it where it is to be another', async () => {
		const [before] = subscriptions();
		await deploy(flow({ name: 'renamed' }), 'listening');
		expect(subscriptions()).toEqual([before]);
		await deploy(flow({ eventNames: 'order_placed, cart_opened' }), 'listening');
		expect(subscriptions()).toMatchObject([{ eventNames: ['order_placed', 'cart_opened'] }]);
		expect(subscriptions()[0]?.id).not.toBe(before?.id);
		await deploy(flow({ events: 'trackingEvent,messageEvent,revoked' }), 'listening');
		expect(
			subscriptions()
				.map(({ eventType }) => eventType)
				.sort(),
		).toEqual(['MESSAGE_EVENT', 'TRACKING_EVENT']);
		await deploy(flow(), 'listening');
		expect(subscriptions()).toHaveLength(1);
	});

	it('takes a repeated delivery once', async () => {
		sandbox.faults.add({
			match: { surface: 'webhook', event: 'chatlayer.notification' },
			times: 1,
			action: { type: 'duplicate', copies: 3, together: true },
		});
		const before = keys().length;
		await track('thrice');
		await track('after');
		await red.awaitDebug('out', before + 2);
		expect(keys().slice(before).sort()).toEqual(['event:after', 'event:thrice']);
	});

	it('refuses a call and a challenge that have another token', async () => {
		const [one] = subscriptions();
		const target = new URL(one?.target ?? '');
		const post = async (token: string | undefined): Promise<number> => {
			if (token === undefined) target.searchParams.delete('token');
			else target.searchParams.set('token', token);
			const response = await fetch(target, {
				method: 'POST',
				headers: {
					'content-type': 'application/json',
					'x-message-type': 'webhook_callback_verification',
				},
				body: JSON.stringify({ challenge: 'c-1' }),
			});
			expect(await response.text()).not.toBe('c-1');
			return response.status;
		};
		expect(await post('wrong')).toBe(401);
		expect(await post(undefined)).toBe(401);
	});

	it('checks signatures over the bytes as they came', async () => {
		await deploy(flow({ verification: 'signature' }), 'listening');
		const before = keys().length;
		await track('signed');
		await red.awaitDebug('out', before + 1);
		sandbox.settings.subscriptionSignature = 'none';
		await track('unsigned');
		sandbox.settings.subscriptionSignature = 'sha256';
		await track('signed again');
		await red.awaitDebug('out', before + 2);
		expect(keys().slice(before)).toEqual(['event:signed', 'event:signed again']);
		await deploy(flow(), 'listening');
	});

	it.each(['nested', 'query'] as const)('finds the challenge elsewhere: %s', async (place) => {
		sandbox.settings.challengePlace = place;
		await deploy(flow({ eventNames: place }), 'listening');
		expect(subscriptions()).toMatchObject([{ status: 'enabled', eventNames: [place] }]);
		sandbox.settings.challengePlace = 'body';
	});

	it('says that its subscription was ended, and subscribes anew with the next deploy', async () => {
		await deploy(flow(), 'listening');
		const before = red.debug.length;
		const [one] = subscriptions();
		if (one) sandbox.world.chatlayer.subscriptions.revoke(one, 'notification_failures_exceeded');
		await red.awaitStatus('sub', `${STATUS}.ended`);
		await red.awaitDebug('out', keys().length + (red.debug.length > before ? 0 : 1));
		expect(red.debug.at(-1)?.value).toMatchObject({
			topic: 'revoked',
			payload: { event: 'revoked', reason: 'notification_failures_exceeded', subscriptionId: one?.id },
		});
		expect(red.log()).toContain('has ended the subscription: "notification_failures_exceeded"');
		await deploy(flow({ name: 'again' }), 'listening');
		expect(subscriptions()).toMatchObject([{ status: 'enabled' }]);
	});

	it('ends its subscription when it is disabled or deleted', async () => {
		const [tab, sub, ...rest] = flow();
		await red.deploy([tab, { ...sub, d: true }, ...rest] as FlowNode[]);
		expect(subscriptions()).toEqual([]);
		await deploy(flow(), 'listening');
		expect(subscriptions()).toHaveLength(1);
		// The credential goes with it.
		await red.deploy([]);
		expect(subscriptions()).toEqual([]);
	});

	it.each([
		['no credential', { chatlayerApi: '' }, 'noCredential'],
		['an address that is none', { publicUrl: 'flows.example.com' }, 'failed'],
		['nothing to subscribe to', { events: 'revoked' }, 'failed'],
	])('says what is wrong: %s', async (_case, config, status) => {
		await deploy(flow(config), status);
		expect(subscriptions()).toEqual([]);
	});

	it('says once that the key is refused, and works after it was corrected', async () => {
		const before = red.log().length;
		const wrong = { ...api, credentials: { tokenId: 'wrong', tokenSecret: 'not-the-secret' } };
		await deploy(flow({}, wrong), 'keyRefused');
		await deploy(flow({ name: 'right' }), 'listening');
		const log = red.log().slice(before);
		expect(log.match(/\[error\]/g)).toHaveLength(1);
		expect(log).not.toContain('not-the-secret');
		await red.deploy([]);
	});

	it('says that Chatlayer does not reach its address, and leaves no subscription behind', async () => {
		await deploy(flow({ publicUrl: 'http://127.0.0.1:9' }), 'notVerified');
		expect(subscriptions()).toEqual([]);
		expect(red.log()).toContain('could not verify the address of this trigger');
		await red.deploy([]);
	});
});
