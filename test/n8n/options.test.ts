import type { INodeExecutionData } from 'n8n-workflow';
import { runNode, type RunResult } from './harness';
import { startRecorder, type Answer } from './recorder';
import { formOf, PLACES, type Place } from './services';
import { loadTree } from './tree';

const place = (title: string): Place => PLACES.find((one) => one.title === title) as Place;
const STATUS = place('flowai bot getStatus');
const OK = { body: '{"status":"ok","isPaued":false}' };

/** Runs Get Status for each item with options; gives when each request came, in ms. */
async function run(
	options: object,
	items: readonly INodeExecutionData[],
	answer: () => Answer | undefined = () => OK,
): Promise<{ result: RunResult; times: number[] }> {
	const times: number[] = [];
	const service = await startRecorder(() => {
		times.push(performance.now());
		return answer();
	});
	const result = await runNode({
		tree: await loadTree(STATUS.tree),
		nodeType: 'flowAi',
		parameters: { ...formOf(STATUS, { threadId: 't' }), options } as never,
		credentials: { flowAiApi: { apiKey: 'fake-key', baseUrl: service.url } },
		items,
	});
	await service.close();
	return { result, times };
}

describe('the options of a node', () => {
	it('keep all items to one pace', async () => {
		const items = Array.from({ length: 5 }, () => ({ json: {} }));
		const { result, times } = await run({ requestsPerSecond: '5' }, items);
		expect(result.items[0]).toHaveLength(5);
		// Four gaps of 200 ms; a busy machine may notice the first request late, never the last one early.
		expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBeGreaterThan(400);
	});

	it('end a request that takes too long', async () => {
		const { result, times } = await run({ requestTimeout: 0.2, retries: 0 }, [{ json: {} }], () => undefined);
		expect(result.error).toMatchObject({ message: 'Flow.ai did not answer in time' });
		expect(times).toHaveLength(1);
	});

	it('may be said by each item', async () => {
		const failing = (): Answer => ({ status: 503, headers: { 'retry-after': '0' }, body: '' });
		const options = { retries: '={{ $json.retries }}' };
		const { times } = await run(options, [{ json: { retries: 1 } }], failing);
		expect(times).toHaveLength(2);
		const { result } = await run(options, [{ json: { retries: 'many' } }], failing);
		expect(result.error).toMatchObject({ message: 'Retries must be a number', context: { itemIndex: 0 } });
	});

	it('mask what is read', async () => {
		const messages = place('flowai message getMany');
		const history = [
			{
				originator: { name: 'Mara', role: 'user' },
				messages: [{ fallback: 'mara@example.com', responses: [] }],
			},
		];
		const service = await startRecorder(() => ({
			body: JSON.stringify({ status: 'ok', result: { history, page: 1, pages: 1, threadId: 't' } }),
		}));
		const { items } = await runNode({
			tree: await loadTree(messages.tree),
			nodeType: 'flowAi',
			parameters: { ...formOf(messages, { threadId: 't' }), options: { maskPersonalData: true } },
			credentials: { flowAiApi: { apiKey: 'fake-key', baseUrl: service.url } },
		});
		await service.close();
		expect(items[0]).toMatchObject([{ json: { name: '[name]', text: '[email]' } }]);
		expect(JSON.stringify(items)).not.toMatch(/Mara|example/i);
	});
});
