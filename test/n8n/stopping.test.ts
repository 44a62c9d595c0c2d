import type { INodeExecutionData } from 'n8n-workflow';
import { runNode } from './harness';
import { startRecorder } from './recorder';
import { formOf, PLACES, type Place } from './services';
import { loadTree } from './tree';

const sendText = PLACES.find(({ title }) => title === 'flowai message sendText') as Place;
const getStatus = PLACES.find(({ title }) => title === 'flowai bot getStatus') as Place;
const SEND = formOf(sendText, { threadId: '={{ $json.thread }}', text: 'Hello' });

function threads(count: number): INodeExecutionData[] {
	return Array.from({ length: count }, (_, index) => ({ json: { thread: `t-${index}` } }));
}

function credentials(baseUrl: string): { flowAiApi: { apiKey: string; baseUrl: string } } {
	return { flowAiApi: { apiKey: 'fake-key', baseUrl } };
}

describe('a failure', () => {
	it('lets no further item start; what is on its way ends, and the first failed item is named', async () => {
		const service = await startRecorder(({ url }) =>
			url.endsWith('/t-3') ? { status: 403, body: '{}' } : { body: '{"status":"ok"}' },
		);
		const { error } = await runNode({
			tree: await loadTree(sendText.tree),
			nodeType: 'flowAi',
			parameters: SEND,
			credentials: credentials(service.url),
			items: threads(100),
		});
		await service.close();
		expect(error).toMatchObject({ httpCode: '403', context: { itemIndex: 3 } });
		expect(service.requests.length).toBeLessThan(50);
	});

	it('keeps a text of one thread from overtaking one that failed before it', async () => {
		const service = await startRecorder(() => ({ status: 400, body: '{}' }));
		const { error } = await runNode({
			tree: await loadTree(sendText.tree),
			nodeType: 'flowAi',
			parameters: formOf(sendText, { threadId: 't-1', text: '={{ $json.text }}' }),
			credentials: credentials(service.url),
			items: [{ json: { text: 'first' } }, { json: { text: 'second' } }],
		});
		await service.close();
		expect(error?.context?.['itemIndex']).toBe(0);
		expect(service.requests).toHaveLength(1);
	});

	it('cuts reads off that are still waiting', async () => {
		const service = await startRecorder(({ url }) =>
			url.includes('/t-1?') ? { status: 401, body: '{}' } : undefined,
		);
		const { error } = await runNode({
			tree: await loadTree(sendText.tree),
			nodeType: 'flowAi',
			parameters: formOf(getStatus, { threadId: '={{ $json.thread }}' }),
			credentials: credentials(service.url),
			items: threads(2),
		});
		await service.close();
		expect(error).toMatchObject({ httpCode: '401', context: { itemIndex: 1 } });
	});
});

describe('Stop', () => {
	it('ends the run at once and sends nothing more', async () => {
		const stop = new AbortController();
		const service = await startRecorder(({ url }) => {
			// The first request of the second lane is where the user presses Stop; nothing is ever answered.
			if (url.endsWith('/t-1')) stop.abort();
			return undefined;
		});
		const startedMs = Date.now();
		await runNode({
			tree: await loadTree(sendText.tree),
			nodeType: 'flowAi',
			parameters: SEND,
			credentials: credentials(service.url),
			items: threads(40),
			onError: 'continueRegularOutput',
			stop: stop.signal,
		}).catch(() => undefined);
		expect(Date.now() - startedMs).toBeLessThan(2_000);
		const sent = service.requests.length;
		await service.close();
		expect(sent).toBeLessThanOrEqual(16);
		expect(service.requests).toHaveLength(sent);
	});
});
