import { startSandbox, type Sandbox } from '@convoflow/sandbox';
import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { startNodeRed, type FlowNode, type NodeRed, type Settings } from './harness';
import { credentialNode, debugNode, injectNode, node, TAB } from './harness/flow';
import { sandboxSettings } from './harness/sandbox-settings';

type Msg = Record<string, unknown> & { payload: unknown; parts?: Record<string, unknown> };

describe('messages through a node', () => {
	let sandbox: Sandbox;
	let red: NodeRed;
	let settings: Record<string, Settings>;
	beforeAll(async () => {
		sandbox = await startSandbox();
		red = await startNodeRed();
		settings = sandboxSettings(sandbox);
	});
	afterAll(async () => {
		await red.stop();
		await sandbox.close();
	});

	/** Flow XO's list, sent the given way, into a Debug node and into a Join node with its own. */
	function listFlow(prefix: string, config: Record<string, unknown>): FlowNode[] {
		return [
			TAB,
			injectNode(`${prefix}-start`, `${prefix}-node`),
			node(
				`${prefix}-node`,
				'flowxo-conversation',
				{ operation: 'conversation.getMany', flowXoApi: 'xo', ...config },
				`${prefix}-each`,
				`${prefix}-join`,
			),
			debugNode(`${prefix}-each`),
			node(`${prefix}-join`, 'join', { mode: 'auto' }, `${prefix}-joined`),
			debugNode(`${prefix}-joined`),
			credentialNode('xo', settings['flowXoApi'] as Settings),
		];
	}

	async function joined(
		prefix: string,
		config: Record<string, unknown>,
		msg: Record<string, unknown> = {},
	): Promise<{ each: Msg[]; whole: Msg }> {
		await red.deploy(listFlow(prefix, config));
		await red.inject(`${prefix}-start`, msg);
		const [whole] = (await red.awaitDebug(`${prefix}-joined`)) as [Msg];
		const each = red.debug.filter(({ id }) => id === `${prefix}-each`).map(({ value }) => value as Msg);
		return { each, whole };
	}

	it('a list leaves as one message', async () => {
		await red.deploy(listFlow('one', { sendAs: 'one', limit: '7', limitType: 'num' }));
		await red.inject('one-start', { topic: 'mine', parts: { id: 'outer', index: 0, count: 1 } });
		const [msg] = (await red.awaitDebug('one-each')) as [Msg];
		expect(msg).toMatchObject({
			topic: 'mine',
			parts: { id: 'outer' },
			flowxo: { operation: 'conversation.getMany', count: 7, summary: '7 conversations' },
		});
		expect(msg.payload).toHaveLength(7);
	});

	it('a list leaves row by row, and Join puts it together', async () => {
		const { each, whole } = await joined(
			'row',
			{ sendAs: 'row', limit: '5', limitType: 'num' },
			{ topic: 'mine' },
		);
		expect(each.map(({ parts }) => [parts?.['index'], parts?.['count']])).toEqual([
			[0, undefined],
			[1, undefined],
			[2, undefined],
			[3, undefined],
			[4, 5],
		]);
		expect(new Set(each.map(({ parts }) => parts?.['id'])).size).toBe(1);
		expect(each.every(({ topic }) => topic === 'mine')).toBe(true);
		expect(whole.payload).toEqual(each.map(({ payload }) => payload));
	});

	it('a list leaves page by page, and Join puts it together', async () => {
		sandbox.settings.flowXoMaxLimit = 4;
		const { each, whole } = await joined('page', { sendAs: 'page', limit: '9', limitType: 'num' });
		sandbox.settings.flowXoMaxLimit = 100;
		expect(each.map(({ payload }) => (payload as unknown[]).length)).toEqual([4, 3, 2]);
		expect(whole.payload).toEqual(each.flatMap(({ payload }) => payload as unknown[]));
	});

	it.each(['page', 'row'])(
		'NODE-32 an empty list by %s is one message, and Join makes an empty list of it',
		async (sendAs) => {
			const range = { start: '1990-01-01', startType: 'str', end: '1990-01-02', endType: 'str' };
			const { each, whole } = await joined(`none-${sendAs}`, { sendAs, ...range });
			expect(each.map(({ payload }) => payload)).toEqual([[]]);
			expect(whole.payload).toEqual([]);
		},
	);

	it('NODE-32 a sequence inside a sequence keeps the outer parts', async () => {
		const parts = { id: 'outer', index: 2, count: 3, type: 'array', len: 1 };
		const { each } = await joined('nested', { sendAs: 'row', limit: '2', limitType: 'num' }, { parts });
		expect(each.map((msg) => msg.parts?.['parts'])).toEqual([parts, parts]);
	});

	it('a Complete node fires once for each message, after it was sent', async () => {
		await red.deploy([
			TAB,
			injectNode('c-start', 'c-node'),
			node('c-node', 'flowai-bot', { operation: 'bot.pause', flowAiApi: 'api' }, 'c-out'),
			debugNode('c-out'),
			node('c-complete', 'complete', { scope: ['c-node'] }, 'c-done'),
			debugNode('c-done'),
			credentialNode('api', settings['flowAiApi'] as Settings),
		]);
		await red.inject('c-start', { threadId: 't-100' });
		await red.inject('c-start', { threadId: 't-101' });
		expect(await red.awaitDebug('c-done', 2)).toHaveLength(2);
		expect(await red.awaitDebug('c-out', 2)).toHaveLength(2);
		await red.awaitStatus('c-node', 'flowai-bot.status.done');
	});

	it('shows what it does, by keys of its catalog', async () => {
		const api = settings['flowAiApi'] as Settings;
		const flow = [
			TAB,
			injectNode('s-start', 's-node'),
			node('s-node', 'flowai-bot', { operation: 'bot.pause', flowAiApi: 'api' }),
			credentialNode('api', api),
		];
		await red.deploy(flow);
		await red.inject('s-start', { threadId: 't-100' });
		await red.awaitStatus('s-node', 'flowai-bot.status.done');
		await red.inject('s-start', {});
		await red.awaitStatus('s-node', 'flowai-bot.status.failed');
		expect(red.statuses('s-node').map(({ text }) => text)).toContain('flowai-bot.status.working');
	});

	describe('in flight', () => {
		let server: Server;
		/** Texts in the order of arrival, with the door that answers each. */
		let arrived: { text: string; answer: () => void }[];
		let waiting: (() => void) | undefined;
		beforeAll(async () => {
			server = createServer((request, response) => {
				let body = '';
				request.on('data', (chunk: Buffer) => (body += chunk.toString()));
				request.on('end', () => {
					const { payload } = JSON.parse(body) as { payload: { speech: string } };
					arrived.push({ text: payload.speech, answer: () => response.end('{"status":"ok"}') });
					waiting?.();
				});
			}).listen(0, '127.0.0.1');
			await once(server, 'listening');
		});
		beforeEach(() => (arrived = []));
		afterAll(() => {
			server.closeAllConnections();
			server.close();
		});

		async function arrivals(count: number): Promise<string[]> {
			while (arrived.length < count) await new Promise<void>((resolve) => (waiting = resolve));
			return arrived.map(({ text }) => text);
		}

		async function deploySender(prefix: string, sender = `${prefix}-node`): Promise<void> {
			const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
			await red.deploy([
				TAB,
				injectNode(`${prefix}-start`, `${prefix}-many`),
				// One message a number, all at once.
				node(
					`${prefix}-many`,
					'function',
					{
						func: 'node.send([Array.from({length: msg.count}, (_, n) => ({payload: String(n), threadId: msg.threads[n % msg.threads.length]}))]); return null;',
						outputs: 1,
					},
					sender,
				),
				node(sender, 'flowai-message', { operation: 'message.sendText', flowAiApi: 'api' }, `${prefix}-out`),
				debugNode(`${prefix}-out`),
				node(`${prefix}-catch`, 'catch', { scope: [sender] }, `${prefix}-failed`),
				debugNode(`${prefix}-failed`),
				credentialNode('api', {
					type: 'flowai-api',
					config: { baseUrl },
					credentials: { apiKey: 'sandbox-flowai-rest-key' },
				}),
			]);
		}

		it('NODE-34 messages of one thread keep their order, threads run side by side', async () => {
			await deploySender('lane');
			await red.inject('lane-start', { count: 4, threads: ['a', 'b'] });
			expect((await arrivals(2)).sort()).toEqual(['0', '1']);
			const second = arrived.find(({ text }) => text === '1');
			second?.answer();
			// The next of thread b goes, that of thread a waits for its own.
			expect(await arrivals(3)).toEqual(expect.arrayContaining(['3']));
			expect(arrived.map(({ text }) => text)).not.toContain('2');
			arrived.find(({ text }) => text === '0')?.answer();
			expect((await arrivals(4)).at(-1)).toBe('2');
			arrived.forEach(({ answer }) => answer());
			expect(await red.awaitDebug('lane-out', 4)).toHaveLength(4);
		});

		it('HTTP-16 NODE-24 refuses the 10,001st message, and closes within a second with work at hand', async () => {
			await deploySender('full');
			await red.inject('full-start', { count: 10_003, threads: ['a'] });
			const refused = (await red.awaitDebug('full-failed', 3, 60_000)) as {
				error: { code: string; message: string };
				payload: string;
			}[];
			expect(refused.map(({ payload, error }) => [payload, error.code])).toEqual([
				['10000', 'CONVOFLOW_QUEUE_FULL'],
				['10001', 'CONVOFLOW_QUEUE_FULL'],
				['10002', 'CONVOFLOW_QUEUE_FULL'],
			]);
			expect(await arrivals(1)).toEqual(['0']);
			const startedMs = Date.now();
			await deploySender('next');
			expect(Date.now() - startedMs).toBeLessThan(1_500);
			expect(red.log()).toContain('9999 waiting messages were not sent');
			expect(arrived).toHaveLength(1);
			expect(red.isAlive()).toBe(true);
		}, 90_000);
	});
});
