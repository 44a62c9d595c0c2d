import { setTimeout as sleep } from 'node:timers/promises';
import { startSandbox, type Sandbox } from '@convoflow/sandbox';
import { WebSocket } from 'ws';
import { startNodeRed, type FlowNode, type NodeRed, type Settings } from './harness';
import { credentialNode, debugNode, injectNode, node, TAB } from './harness/flow';
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

	async function hungUp(): Promise<void> {
		const deadline = AbortSignal.timeout(5_000);
		while (sandbox.sockets() > 0) {
			deadline.throwIfAborted();
			await sleep(50);
		}
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

	it('shares its connection with what is sent into its thread', async () => {
		const operation = { operation: 'socket.sendText', sendAs: 'one', flowAiSocketApi: 'socket' };
		const fields = { threadId: THREAD, threadIdType: 'str', text: 'Hello', textType: 'str' };
		await red.deploy([
			TAB,
			stream('listens', {}, 'listens-out'),
			injectNode('go', 'says', 'says-too'),
			node('says', 'flowai-stream-send', { ...operation, ...fields }, 'said'),
			node('says-too', 'flowai-stream-send', { ...operation, ...fields }, 'said'),
			debugNode('said'),
			debugNode('listens-out'),
			credentialNode('socket', settings),
		]);
		await red.awaitStatus('listens', CONNECTED);
		const before = dials();
		await red.inject('go');
		await red.awaitDebug('said', 2);
		expect(shown('said').map(({ payload }) => payload['status'])).toEqual(['delivered', 'delivered']);
		await red.awaitDebug('listens-out');
		expect(dials()).toBe(before);
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

	it('brings what was said between two deploys, over the connection that is still there', async () => {
		const flow = (...more: FlowNode[]): FlowNode[] => [TAB, ...more, credentialNode('socket', settings)];
		const nodes = [stream('between', {}, 'between-out'), debugNode('between-out')];
		await red.deploy(flow(...nodes));
		await red.awaitStatus('between', CONNECTED);
		const before = dials();
		await red.deploy(flow(debugNode('between-out')), 'nodes');
		await sandbox.world.sendAsUser(THREAD, 'My number is 4711');
		await red.deploy(flow(...nodes), 'nodes');
		const said = (await red.awaitDebug('between-out')) as Msg[];
		expect(said).toEqual([like({ payload: like({ text: expect.stringContaining('4711') as string }) })]);
		expect(dials()).toBe(before);
	});

	it('brings what was said while the node was disabled, or Node-RED stopped', async () => {
		const flow = (isOff: boolean): FlowNode[] => [
			TAB,
			{ ...stream('paused', { threadId: 't-paused' }, 'paused-out'), d: isOff },
			debugNode('paused-out'),
			{ ...credentialNode('own-socket', settings), d: isOff },
		];
		const named = (isOff: boolean): FlowNode[] =>
			flow(isOff).map((one) => ('flowAiSocketApi' in one ? { ...one, flowAiSocketApi: 'own-socket' } : one));
		sandbox.world.ensureThread('t-paused', 'socket');
		await red.deploy(named(false));
		await red.awaitStatus('paused', CONNECTED);
		await sandbox.world.sendAsUser('t-paused', 'My number is 1');
		await red.awaitDebug('paused-out');
		await red.deploy(named(true));
		await hungUp();
		await sandbox.world.sendAsUser('t-paused', 'My number is 2');
		await red.deploy(named(false));
		await red.awaitDebug('paused-out', 2);
		await sandbox.world.sendAsUser('t-paused', 'My number is 3');
		await red.awaitDebug('paused-out', 3);
		expect(shown('paused-out').map(({ payload }) => payload['text'])).toEqual(
			['1', '2', '3'].map((number) => expect.stringContaining(number) as string),
		);
		expect(shown('paused-out').map(({ payload }) => payload['recovered'])).toEqual([false, true, false]);
		await red.deploy([TAB]);
		await hungUp();
	});

	it('NODE-27 NODE-09 comes back after the connection was cut', async () => {
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

	it('NODE-28 stops with one clear message when Flow.ai refuses, and tries again at the next deploy', async () => {
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
		await hungUp();
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

	it('announces what the history no longer holds', async () => {
		sandbox.world.ensureThread('t-gap', 'socket');
		await red.deploy([
			TAB,
			stream('gaps', { threadId: 't-gap', events: 'message,gap' }, 'gaps-out'),
			debugNode('gaps-out'),
			credentialNode('socket', settings),
		]);
		await red.awaitStatus('gaps', CONNECTED);
		sandbox.world.sayAsBot('t-gap', 'before');
		await red.awaitDebug('gaps-out');
		sandbox.faults.add({ match: { surface: 'flowai-socket' }, action: { type: 'cut', on: 'now' } });
		sandbox.faults.clear();
		for (let number = 1; number <= 30; number += 1) sandbox.world.sayAsBot('t-gap', `late ${number}`);
		await red.awaitDebug('gaps-out', 22);
		expect(shown('gaps-out')[1]).toEqual(like({ topic: 'gap', threadId: 't-gap' }));
		expect(red.statuses('gaps').some(({ text }) => text === 'flowai-stream.status.gap')).toBe(true);
	});

	it('leaves out what is said in another thread', async () => {
		const open = await startSandbox({ broadcast: true, botDelayMs: 0 });
		try {
			for (const id of ['t-ours', 't-theirs']) open.world.ensureThread(id, 'socket');
			const other = sandboxSettings(open)['flowAiSocketApi'] as Settings;
			await red.deploy([
				TAB,
				stream('ours', { threadId: 't-ours' }, 'ours-out'),
				debugNode('ours-out'),
				credentialNode('socket', other),
			]);
			await red.awaitStatus('ours', CONNECTED);
			open.world.sayAsBot('t-theirs', 'not ours');
			open.world.sayAsBot('t-ours', 'ours');
			await red.awaitDebug('ours-out');
			expect(shown('ours-out').map(({ payload }) => payload['text'])).toEqual(['ours']);
		} finally {
			await open.close();
		}
	});

	it('NODE-11 listens to several threads', async () => {
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

	it('NODE-28 tells a refusal that all of its threads meet once', async () => {
		const wrong = { ...settings, credentials: { clientId: 'wrong-client-id' } };
		await red.deploy([
			TAB,
			stream('all-refused', { threadId: 't-a, t-b, t-c' }),
			credentialNode('socket', wrong),
		]);
		await red.awaitStatus('all-refused', 'flowai-stream.status.clientIdRefused');
		expect(red.log().match(/\[error\] \[flowai-stream:all-refused\]/g)).toHaveLength(1);
	});

	it('takes threads from messages, and lets them go again', async () => {
		for (const id of ['t-named', 't-listed']) sandbox.world.ensureThread(id, 'socket');
		await red.deploy([
			TAB,
			injectNode('name', 'named'),
			stream('named', { threadId: '' }, 'named-out'),
			debugNode('named-out'),
			credentialNode('socket', settings),
		]);
		await red.awaitStatus('named', 'flowai-stream.status.noThread');
		await red.inject('name', { threadId: ['t-named', 't-listed'] });
		await red.awaitStatus('named', CONNECTED);
		for (const id of ['t-named', 't-listed']) sandbox.world.sayAsBot(id, 'heard');
		await red.awaitDebug('named-out', 2);
		await red.inject('name', { threadId: 't-named', action: 'unsubscribe' });
		sandbox.world.sayAsBot('t-named', 'not heard');
		sandbox.world.sayAsBot('t-listed', 'the last');
		await red.awaitDebug('named-out', 3);
		expect(
			shown('named-out')
				.map(({ threadId, payload }) => `${threadId} ${String(payload['text'])}`)
				.sort(),
		).toEqual(['t-listed heard', 't-listed the last', 't-named heard']);
	});

	it('listens to the threads that are written to; the one longest silent makes room', async () => {
		const send = node(
			'send',
			'flowai-stream-send',
			{
				operation: 'socket.sendText',
				threadId: 'threadId',
				threadIdType: 'msg',
				text: 'payload',
				textType: 'msg',
				flowAiSocketApi: 'socket',
			},
			'sent-out',
		);
		for (const id of ['t-w1', 't-w2', 't-w3']) sandbox.world.ensureThread(id, 'socket');
		await red.deploy([
			TAB,
			injectNode('write', 'send'),
			send,
			stream('written', { threadId: '', sentThreads: true }, 'written-out'),
			debugNode('sent-out'),
			debugNode('written-out'),
			{ ...credentialNode('socket', settings), maxThreads: '2' },
		]);
		for (const [index, threadId] of ['t-w1', 't-w2', 't-w3'].entries()) {
			await red.inject('write', { threadId, payload: `Hello ${threadId}` });
			await red.awaitDebug('sent-out', index + 1);
		}
		await red.awaitDebug('written-out', 3);
		const heard = shown('written-out').length;
		sandbox.world.sayAsBot('t-w1', 'nobody listens');
		sandbox.world.sayAsBot('t-w2', 'second');
		sandbox.world.sayAsBot('t-w3', 'third');
		await red.awaitDebug('written-out', heard + 2);
		expect(
			shown('written-out')
				.slice(heard)
				.map(({ payload }) => payload['text'])
				.sort(),
		).toEqual(['second', 'third']);
		expect(red.log()).toContain('t-w1: not listened to any more');
	});

	it('says what is missing', async () => {
		await red.deploy([TAB, stream('bare', { flowAiSocketApi: '' })]);
		await red.awaitStatus('bare', 'flowai-stream.status.noCredential');
		await red.deploy([TAB, stream('mute', { threadId: '' }), credentialNode('socket', settings)]);
		await red.awaitStatus('mute', 'flowai-stream.status.noThread');
	});
});
