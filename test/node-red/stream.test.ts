import { startSandbox, type Sandbox } from '@convoflow/sandbox';
import { WebSocket } from 'ws';
import { startNodeRed, type FlowNode, type NodeRed, type Settings } from './harness';
import { credentialNode, debugNode, node, TAB } from './harness/flow';
import { sandboxSettings } from './harness/sandbox-settings';
import { like } from './harness/matchers';

type Msg = { payload: Record<string, unknown>; topic: string; threadId: string };

const THREAD = 't-stream';
const CONNECTED = 'flowai-stream.status.connected';

describe('the stream trigger', () => {
	let sandbox: Sandbox;
	let red: NodeRed;
	let settings: Settings;
	beforeAll(async () => {
		sandbox = await startSandbox();
		red = await startNodeRed();
		settings = sandboxSettings(sandbox)['flowAiSocketApi'] as Settings;
	});
	afterAll(async () => {
		await red.stop();
		await sandbox.close();
	});

	function stream(id: string, config: Record<string, unknown>, ...to: string[]): FlowNode {
		return node(
			id,
			'flowai-stream',
			{ flowAiSocketApi: 'socket', threadId: THREAD, events: 'message', ...config },
			...to,
		);
	}

	/** Speaks into a thread as the user of the web channel, and hangs up once it was delivered. */
	async function say(threadId: string, speech: string): Promise<void> {
		const base = `${sandbox.baseUrls.flowAiSocket}/socket.info`;
		const info = await fetch(
			`${base}?clientId=${encodeURIComponent(sandbox.keys.flowAiClientId)}&sessionId=${crypto.randomUUID()}`,
		);
		const { payload } = (await info.json()) as { payload: { endpoint: string } };
		const socket = new WebSocket(payload.endpoint);
		await new Promise<void>((resolve, reject) => {
			socket.on('open', () => {
				setTimeout(
					() =>
						socket.send(JSON.stringify({ type: 'message.send', payload: { threadId, traceId: 1, speech } })),
					60,
				);
			});
			socket.on('message', (data) => {
				if ((data as Buffer).toString().includes('message.delivered')) resolve();
			});
			socket.on('error', reject);
		});
		socket.close();
	}

	const shown = (id: string): Msg[] =>
		red.debug.filter((one) => one.id === id).map(({ value }) => value as Msg);
	const dials = (): number => sandbox.requests().filter(({ path }) => path.endsWith('/socket.info')).length;

	it('sends one message an event, and nodes of one thread share a socket', async () => {
		await red.deploy([
			TAB,
			stream('first', {}, 'first-out'),
			stream('second', { events: 'message,delivered' }, 'second-out'),
			debugNode('first-out'),
			debugNode('second-out'),
			credentialNode('socket', settings),
		]);
		await red.awaitStatus('first', CONNECTED);
		await red.awaitStatus('second', CONNECTED);
		expect(sandbox.sockets()).toBe(1);
		await say(THREAD, 'Hello');
		await red.awaitDebug('first-out');
		await red.awaitDebug('second-out', 1);
		expect(shown('first-out')).toEqual([
			like({ topic: 'message', threadId: THREAD, payload: like({ event: 'message', role: 'bot' }) }),
		]);
	});

	it('keeps its connection over deploys, and gets each event once after them', async () => {
		const flow = (name: string): FlowNode[] => [
			TAB,
			stream('kept', { name }, 'kept-out'),
			debugNode('kept-out'),
			credentialNode('socket', settings),
		];
		await red.deploy(flow('0'));
		await red.awaitStatus('kept', CONNECTED);
		const before = dials();
		for (let round = 1; round <= 5; round += 1) {
			const old = red.statuses('kept').length;
			await red.deploy(flow(String(round)), round % 2 === 0 ? 'full' : 'nodes');
			await red.awaitStatus('kept', CONNECTED, old);
		}
		expect(dials()).toBe(before);
		await say(THREAD, 'Still there?');
		await red.awaitDebug('kept-out');
		await say(THREAD, 'And now?');
		await red.awaitDebug('kept-out', 2);
		expect(shown('kept-out')).toHaveLength(2);
		expect(sandbox.sockets()).toBeLessThanOrEqual(2);
	});

	it('comes back after the connection was cut', async () => {
		await red.deploy([
			TAB,
			stream('cut', {}, 'cut-out'),
			debugNode('cut-out'),
			credentialNode('socket', settings),
		]);
		await red.awaitStatus('cut', CONNECTED);
		sandbox.faults.add({ match: { surface: 'flowai-socket' }, action: { type: 'cut', on: 'now' }, times: 1 });
		await red.awaitStatus('cut', 'flowai-stream.status.reconnecting');
		sandbox.faults.clear();
		await red.awaitStatus('cut', CONNECTED);
		await say(THREAD, 'Back again?');
		await red.awaitDebug('cut-out');
	});

	it('stops with one clear message when Flow.ai refuses, and tries again at the next deploy', async () => {
		const wrong = { ...settings, credentials: { clientId: 'wrong-client-id' } };
		const flow = (name: string): FlowNode[] => [
			TAB,
			stream('refused', { name }),
			credentialNode('socket', wrong),
		];
		await red.deploy(flow('before'));
		await red.awaitStatus('refused', 'flowai-stream.status.clientIdRefused');
		const complaints = (): number => red.log().match(/\[error\] \[flowai-stream:/g)?.length ?? 0;
		expect(complaints()).toBe(1);
		expect(red.log()).not.toContain('wrong-client-id');
		const before = dials();
		const old = red.statuses('refused').length;
		await red.deploy(flow('after'), 'nodes');
		await red.awaitStatus('refused', 'flowai-stream.status.clientIdRefused', old);
		expect(dials()).toBe(before + 1);
	});

	it('hangs up soon after its last node is gone', async () => {
		await red.deploy([TAB, stream('last', {}), credentialNode('socket', settings)]);
		await red.awaitStatus('last', CONNECTED);
		expect(sandbox.sockets()).toBeGreaterThan(0);
		await red.deploy([TAB]);
		const deadline = AbortSignal.timeout(5_000);
		while (sandbox.sockets() > 0) {
			deadline.throwIfAborted();
			await new Promise((resolve) => setTimeout(resolve, 50));
		}
	});

	it('brings what was said while the connection was cut', async () => {
		sandbox.world.ensureThread('t-missed', 'socket');
		await red.deploy([
			TAB,
			stream('missed', { threadId: 't-missed' }, 'missed-out'),
			debugNode('missed-out'),
			credentialNode('socket', settings),
		]);
		await red.awaitStatus('missed', CONNECTED);
		await sandbox.world.sendAsUser('t-missed', 'Hello');
		await red.awaitDebug('missed-out');
		sandbox.faults.add({ match: { surface: 'flowai-socket' }, action: { type: 'cut', on: 'now' }, times: 1 });
		sandbox.faults.clear();
		await sandbox.world.sendAsUser('t-missed', 'Are you there?');
		await red.awaitDebug('missed-out', 2);
		expect(shown('missed-out').map(({ payload }) => payload['recovered'])).toEqual([false, true]);
	});

	it('listens to several threads', async () => {
		for (const id of ['t-a', 't-b']) sandbox.world.ensureThread(id, 'socket');
		await red.deploy([
			TAB,
			stream('both', { threadId: 't-a, t-b' }, 'both-out'),
			debugNode('both-out'),
			credentialNode('socket', settings),
		]);
		await red.awaitStatus('both', CONNECTED);
		for (const id of ['t-a', 't-b']) await sandbox.world.sendAsUser(id, 'Hello');
		await red.awaitDebug('both-out', 2);
		expect(
			shown('both-out')
				.map(({ threadId }) => threadId)
				.sort(),
		).toEqual(['t-a', 't-b']);
	});

	it('says what is missing', async () => {
		await red.deploy([TAB, stream('bare', { flowAiSocketApi: '' })]);
		await red.awaitStatus('bare', 'flowai-stream.status.noCredential');
		await red.deploy([TAB, stream('mute', { threadId: '' }), credentialNode('socket', settings)]);
		await red.awaitStatus('mute', 'flowai-stream.status.noThread');
	});
});
