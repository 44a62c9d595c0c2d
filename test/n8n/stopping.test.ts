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
			items: threads(300),
		});
		await service.close();
		expect(error).toMatchObject({ httpCode: '403', context: { itemIndex: 3 } });
		expect(service.requests.length).toBeLessThan(150);
	});

	it('NODE-34 keeps a text of one thread from overtaking one that failed before it', async () => {
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
	it('HTTP-16 NODE-36 ends the run at once and sends nothing more', async () => {
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
			items: threads(100),
			onError: 'continueRegularOutput',
			stop: stop.signal,
		}).catch(() => undefined);
		expect(Date.now() - startedMs).toBeLessThan(5_000);
		const sent = service.requests.length;
		await service.close();
		expect(sent).toBeLessThanOrEqual(64);
		expect(service.requests).toHaveLength(sent);
	});

	it('NODE-36 puts out what was sent, and counts what may have arrived', async () => {
		const stop = new AbortController();
		const service = await startRecorder(({ url }) => {
			const number = Number(/t-(\d+)/.exec(url)?.[1]);
			// The 64 that are at work at once: 40 arrive, and one of those without an answer is where the user presses Stop.
			if (number === 63) stop.abort();
			return number < 40 ? { body: '{"status":"ok"}' } : undefined;
		});
		const { items, run, error } = await runNode({
			tree: await loadTree(sendText.tree),
			nodeType: 'flowAi',
			parameters: SEND,
			credentials: credentials(service.url),
			items: threads(100),
			stop: stop.signal,
		});
		await service.close();
		expect([run.status, error?.name]).toEqual(['canceled', 'ManualExecutionCancelledError']);
		const put = (items[0] ?? []).map(({ pairedItem }) => (pairedItem as { item: number }).item);
		const answered = service.requests
			.map(({ url }) => Number(/t-(\d+)/.exec(url)?.[1]))
			.filter((n) => n < 40);
		expect(put.length).toBeGreaterThan(0);
		expect(answered).toEqual(expect.arrayContaining(put));
		const [hint] = run.data.resultData.runData['Under test']?.[0]?.hints ?? [];
		const [, done, unsure] =
			/^Stopped: (\d+) of 100 items were done, and are put out here\. It is not known of (\d+) more whether they arrived/.exec(
				hint?.message ?? '',
			) ?? [];
		expect(Number(done)).toBe(put.length);
		// Some were on their way and did not come as far as the service.
		expect(Number(unsure)).toBeGreaterThanOrEqual(service.requests.length - put.length);
		expect(Number(done) + Number(unsure)).toBeLessThanOrEqual(100);
	});

	it('says of what is read only how far it came', async () => {
		const stop = new AbortController();
		const service = await startRecorder(({ url }) => {
			if (url.includes('/t-1?')) stop.abort();
			return url.includes('/t-0?')
				? { body: '{"status":"ok","isPaused":true,"result":{"isPaused":true}}' }
				: undefined;
		});
		const { run } = await runNode({
			tree: await loadTree(sendText.tree),
			nodeType: 'flowAi',
			parameters: formOf(getStatus, { threadId: '={{ $json.thread }}' }),
			credentials: credentials(service.url),
			items: threads(2),
			stop: stop.signal,
		});
		await service.close();
		const [hint] = run.data.resultData.runData['Under test']?.[0]?.hints ?? [];
		expect(hint?.message).toMatch(
			/^Stopped: [01] of 2 items were done, and are put out here\. Nothing else was sent\.$/,
		);
	});
});
