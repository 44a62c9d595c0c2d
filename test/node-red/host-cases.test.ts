import { startSandbox, type Sandbox } from '@convoflow/sandbox';
import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startNodeRed, type FlowNode, type NodeRed, type Settings } from './harness';
import { credentialNode, debugNode, injectNode, node, TAB } from './harness/flow';
import { sandboxSettings } from './harness/sandbox-settings';

const CONNECTED = 'flowai-stream.status.connected';
/** What a deploy may take beside the second that nodes get to close, on a busy machine. */
const DEPLOY_LIMIT_MS = 4_000;

/** A service that takes requests and answers them when a test wants it to, if ever. */
class SlowService {
	readonly waiting: ServerResponse[] = [];
	arrived = 0;
	readonly #server: Server;
	private constructor(server: Server) {
		this.#server = server;
		server.on('request', (request, response) => {
			request.resume();
			this.arrived += 1;
			this.waiting.push(response);
			this.#server.emit('arrival');
		});
	}
	static async start(): Promise<SlowService> {
		const server = createServer().listen(0, '127.0.0.1');
		await once(server, 'listening');
		return new SlowService(server);
	}
	get url(): string {
		return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
	}
	async arrivals(count: number): Promise<void> {
		while (this.arrived < count) await once(this.#server, 'arrival');
	}
	close(): void {
		this.#server.closeAllConnections();
		this.#server.close();
	}
}

describe('a node in its host', () => {
	let sandbox: Sandbox;
	let red: NodeRed;
	let slow: SlowService;
	let settings: Record<string, Settings>;
	beforeAll(async () => {
		[sandbox, red, slow] = await Promise.all([startSandbox(), startNodeRed(), SlowService.start()]);
		settings = sandboxSettings(sandbox);
	});
	afterAll(async () => {
		await red?.stop();
		await sandbox?.close();
		slow?.close();
	});

	const api = (): FlowNode => credentialNode('api', settings['flowAiApi'] as Settings);
	const socket = (): FlowNode => credentialNode('socket', settings['flowAiSocketApi'] as Settings);
	const slowApi = (id: string, type: string): FlowNode =>
		credentialNode(id, { type, config: { baseUrl: slow.url }, credentials: { apiKey: 'not-a-real-key' } });
	const count = (id: string): number => red.debug.filter((one) => one.id === id).length;

	/** A node with everything that hears how its messages end. */
	function heard(id: string, type: string, config: Record<string, unknown>): FlowNode[] {
		return [
			injectNode(`${id}-start`, id),
			node(id, type, config, `${id}-out`),
			debugNode(`${id}-out`),
			node(`${id}-catch`, 'catch', { scope: [id] }, `${id}-failed`),
			debugNode(`${id}-failed`),
			node(`${id}-complete`, 'complete', { scope: [id] }, `${id}-done`),
			debugNode(`${id}-done`),
		];
	}

	describe('NODE-22 says once how a message ended', () => {
		const send = { operation: 'message.sendText', flowAiApi: 'api' };
		const CASES: Record<string, [Record<string, unknown>, 'done' | 'failed', string]> = {
			'it works': [{ ...send }, 'done', 'done'],
			'JSON of a field is broken': [{ ...send, params: '{', paramsType: 'json' }, 'failed', 'failed'],
			'an expression cannot be read': [{ ...send, text: '$$$(', textType: 'jsonata' }, 'failed', 'failed'],
			'a message property has no value': [{ ...send, text: 'nothing', textType: 'msg' }, 'failed', 'failed'],
			'no credential is chosen': [{ ...send, flowAiApi: '' }, 'failed', 'noCredential'],
			'the credential is gone': [{ ...send, flowAiApi: 'gone' }, 'failed', 'noCredential'],
			'no operation is chosen': [{ ...send, operation: 'message.nothing' }, 'failed', 'failed'],
		};
		const id = (name: string): string => `c${Object.keys(CASES).indexOf(name)}`;
		beforeAll(async () => {
			const nodes = Object.entries(CASES).flatMap(([name, [config]]) =>
				heard(id(name), 'flowai-message', config),
			);
			await red.deploy([TAB, ...nodes, api()]);
		});

		it.each(Object.entries(CASES))('when %s', async (name, [, end, status]) => {
			await red.inject(`${id(name)}-start`, { threadId: 't-100', payload: 'Hello' });
			await red.awaitDebug(`${id(name)}-${end}`);
			await red.awaitStatus(id(name), `flowai-message.status.${status}`);
			// A second end would come before the next message of the same node has gone through.
			await red.inject(`${id(name)}-start`, { threadId: 't-100', payload: 'Hello' });
			await red.awaitDebug(`${id(name)}-${end}`, 2);
			const other = end === 'done' ? 'failed' : 'done';
			expect([count(`${id(name)}-${end}`), count(`${id(name)}-${other}`)]).toEqual([2, 0]);
			expect(red.isAlive()).toBe(true);
		});
	});

	it('NODE-24 a deploy does not wait for a service that hangs, and config nodes may close first', async () => {
		const flow = (name: string): FlowNode[] => [
			TAB,
			...heard('hung', 'flowai-message', { name, operation: 'message.sendText', flowAiApi: 'slow' }),
			{ ...slowApi('slow', 'flowai-api'), name },
		];
		await red.deploy(flow('0'));
		const before = slow.arrived;
		await red.inject('hung-start', { threadId: 't-100', payload: 'Hello' });
		await slow.arrivals(before + 1);
		const startedMs = Date.now();
		await red.deploy(flow('1'), 'nodes');
		expect(Date.now() - startedMs).toBeLessThan(DEPLOY_LIMIT_MS);
		expect(red.log()).not.toContain('Close timed out');
		expect(red.isAlive()).toBe(true);
	});

	it('NODE-32 reads no further pages once it is stopped', async () => {
		const flow = (name: string): FlowNode[] => [
			TAB,
			...heard('pages', 'flowxo-conversation', {
				name,
				operation: 'conversation.getMany',
				flowXoApi: 'slow-xo',
				sendAs: 'page',
				returnAll: 'true',
				returnAllType: 'bool',
			}),
			slowApi('slow-xo', 'flowxo-api'),
		];
		await red.deploy(flow('0'));
		const before = slow.arrived;
		await red.inject('pages-start', {});
		await slow.arrivals(before + 1);
		await red.deploy(flow('1'), 'nodes');
		const after = slow.arrived;
		for (const response of slow.waiting.splice(0)) response.destroy();
		await red.inject('pages-start', {});
		await slow.arrivals(after + 1);
		// Only the new message has asked.
		expect(slow.arrived).toBe(after + 1);
		for (const response of slow.waiting.splice(0)) response.destroy();
	});

	it('NODE-26 twelve nodes share a connection without a warning, and one that goes leaves the others', async () => {
		const streams = Array.from({ length: 12 }, (_, index) =>
			node(
				`s${index}`,
				'flowai-stream',
				{ flowAiSocketApi: 'socket', threadId: 't-twelve', events: 'message', name: '' },
				`s${index}-out`,
			),
		);
		const flow = (nodes: FlowNode[]): FlowNode[] => [
			TAB,
			...nodes,
			...nodes.map(({ id }) => debugNode(`${id}-out`)),
			...heard('say', 'flowai-stream-send', {
				operation: 'socket.sendText',
				flowAiSocketApi: 'socket',
			}),
			socket(),
		];
		await red.deploy(flow(streams));
		for (const { id } of streams) await red.awaitStatus(id, CONNECTED);
		await red.deploy(flow(streams.slice(1)), 'nodes');
		await red.inject('say-start', { threadId: 't-twelve', payload: 'Hello' });
		for (const { id } of streams.slice(1)) expect(await red.awaitDebug(`${id}-out`)).toHaveLength(1);
		expect(count('s0-out')).toBe(0);
		expect(red.log()).not.toContain('MaxListenersExceeded');
	});

	it('NODE-27 a node that is added while the connection is up shows it at once', async () => {
		const stream = (id: string): FlowNode =>
			node(id, 'flowai-stream', { flowAiSocketApi: 'socket', threadId: 't-added', events: 'message' });
		await red.deploy([TAB, stream('early'), socket()]);
		await red.awaitStatus('early', CONNECTED);
		const dials = sandbox.requests().filter(({ path }) => path.endsWith('/socket.info')).length;
		await red.deploy([TAB, stream('early'), stream('late'), socket()], 'nodes');
		await red.awaitStatus('late', CONNECTED);
		expect(sandbox.requests().filter(({ path }) => path.endsWith('/socket.info'))).toHaveLength(dials);
	});

	it('NODE-28 a wrong key is told, and the right one works after a deploy without a restart', async () => {
		const good = settings['flowAiApi'] as Settings;
		const flow = (apiKey: string): FlowNode[] => [
			TAB,
			...heard('key', 'flowai-bot', { operation: 'bot.pause', flowAiApi: 'key-api' }),
			credentialNode('key-api', { ...good, credentials: { apiKey } }),
		];
		await red.deploy(flow('a-wrong-key'));
		await red.inject('key-start', { threadId: 't-100' });
		const [failed] = (await red.awaitDebug('key-failed')) as { error: { code: string } }[];
		expect(failed?.error.code).toBe('FLOWAI_UNAUTHORIZED');
		await red.awaitStatus('key', 'flowai-bot.status.failed');
		await red.deploy(flow(String(good.credentials?.['apiKey'])), 'nodes');
		await red.inject('key-start', { threadId: 't-100' });
		expect(await red.awaitDebug('key-out')).toHaveLength(1);
		await red.awaitStatus('key', 'flowai-bot.status.done');
	});
});
