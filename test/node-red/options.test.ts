import { startNodeRed, type FlowNode, type NodeRed } from './harness';
import { credentialNode, debugNode, injectNode, node, TAB } from './harness/flow';
import { rawServer, type RawServer } from '../support/raw-server';

/** A thread's status, asked by a node of its own. */
function asker(id: string, config: Record<string, unknown>): FlowNode[] {
	return [
		injectNode(`${id}-start`, id),
		node(id, 'flowai-bot', { operation: 'bot.getStatus', flowAiApi: 'api', ...config }, `${id}-result`),
		debugNode(`${id}-result`),
	];
}

describe('the options of a node', () => {
	let red: NodeRed;
	let service: RawServer;
	const times = new Map<string, number[]>();
	beforeAll(async () => {
		red = await startNodeRed();
		service = await rawServer((request, response) => {
			const thread = /pause\/(\w+)/.exec(request.url ?? '')?.[1] ?? '';
			times.set(thread, [...(times.get(thread) ?? []), performance.now()]);
			response.end('{"status":"ok","isPaued":false}');
		});
		await red.deploy([
			TAB,
			...asker('slow', { requestsPerSecond: '5', requestsPerSecondType: 'num' }),
			...asker('fast', {}),
			...asker('bad', { retries: 'often', retriesType: 'str' }),
			node('catch', 'catch', { scope: null }, 'caught'),
			debugNode('caught'),
			credentialNode('api', {
				type: 'flowai-api',
				config: { baseUrl: service.url },
				credentials: { apiKey: 'fake-key' },
			}),
		]);
	});
	afterAll(async () => {
		await red.stop();
		await service.close();
	});

	it('hold for that node, not for another one of the same credential', async () => {
		const ask = async (id: string): Promise<void> => {
			await Promise.all(Array.from({ length: 4 }, () => red.inject(`${id}-start`, { threadId: id })));
			await red.awaitDebug(`${id}-result`, 4);
		};
		await Promise.all([ask('slow'), ask('fast')]);
		const spanOf = (id: string): number => {
			const all = times.get(id) ?? [];
			expect(all).toHaveLength(4);
			return (all.at(-1) ?? 0) - (all[0] ?? 0);
		};
		// Three gaps of 200 ms; a busy machine may notice the first request late.
		expect(spanOf('slow')).toBeGreaterThan(400);
		expect(spanOf('fast')).toBeLessThan(500);
	});

	it('that cannot be read are refused by name, and nothing is sent', async () => {
		await red.inject('bad-start', { threadId: 'never' });
		const [caught] = (await red.awaitDebug('caught')) as { error: { code: string; message: string } }[];
		expect(caught?.error).toMatchObject({ code: 'CONVOFLOW_INVALID_INPUT' });
		expect(caught?.error.message).toContain('Retries must be a number');
		expect(times.has('never')).toBe(false);
	});
});
