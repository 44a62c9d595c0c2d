import type { IExecuteContextData, INodeExecutionData } from 'n8n-workflow';
import type { RunNode, RunResult } from './harness';
import { startRecorder, type Answer, type Recorder } from './recorder';
import { PLACES, runPlace, type Place } from './services';

const sendText = PLACES.find(({ title }) => title === 'flowai message sendText') as Place;

// An hour is more than the client waits, so that each try of the node is one request an item.
const TOO_MANY: Answer = { status: 429, headers: { 'retry-after': '3600' }, body: '{}' };
const OK: Answer = { body: '{"status":"ok"}' };

function numbered(count: number): INodeExecutionData[] {
	return Array.from({ length: count }, (_, number) => ({ json: { number, thread: `t-${number % 20}` } }));
}

/** A service that reads the number in each text. */
interface Counter {
	readonly service: Recorder;
	/** How often a text with this number came. */
	times(number: number): number;
}

/** @param refuses tells by number and by how often it has come, the first time being 1, whether it is refused */
async function startCounter(
	refuses: (number: number, time: number) => boolean,
	refusal: Answer = TOO_MANY,
): Promise<Counter> {
	const counts = new Map<number, number>();
	const times = (number: number): number => counts.get(number) ?? 0;
	const service = await startRecorder(({ body }) => {
		const { payload } = JSON.parse(body) as { payload: { speech: string } };
		const number = Number.parseInt(payload.speech, 10);
		counts.set(number, times(number) + 1);
		return refuses(number, times(number)) ? refusal : OK;
	});
	return { service, times };
}

async function send(
	{ service }: Counter,
	more: Partial<RunNode>,
	input: Readonly<Record<string, unknown>> = {},
): Promise<RunResult> {
	return await runPlace(
		sendText,
		{ apiKey: 'fake-key', baseUrl: service.url },
		// The text of an item is another one at every try; it is the same item all the same.
		{ threadId: '={{ $json.thread }}', text: '={{ $json.number }} {{ Math.random() }}', ...input },
		{ tries: 2, ...more },
	);
}

function sources(items: readonly INodeExecutionData[] | undefined): unknown[] {
	return (items ?? []).map(({ pairedItem }) => (pairedItem as { item: number }).item);
}

function kept({ run }: RunResult): IExecuteContextData {
	return run.data.executionData?.contextData ?? {};
}

describe('Retry On Fail', () => {
	let counter: Counter | undefined;
	afterEach(async () => await counter?.service.close());

	it('NODE-35 sends what could not be sent and the rest, and nothing twice', async () => {
		counter = await startCounter((number, time) => number === 30 && time === 1);
		const result = await send(counter, { items: numbered(50) });
		expect(result.error).toBeUndefined();
		expect(numbered(50).map((_item, number) => counter?.times(number))).toEqual(
			numbered(50).map((_item, number) => (number === 30 ? 2 : 1)),
		);
		expect(sources(result.items[0])).toEqual(numbered(50).map((_item, number) => number));
		expect(result.items[0]?.map(({ json }) => json['threadId'])).toEqual(
			numbered(50).map(({ json }) => json['thread']),
		);
		expect(JSON.stringify(kept(result))).not.toContain('threadId');
	});

	it('names the item that cannot be sent at all', async () => {
		counter = await startCounter((number) => number === 30);
		const { error } = await send(counter, { items: numbered(50) });
		expect(error).toMatchObject({ httpCode: '429', context: { itemIndex: 30 } });
		expect(counter.times(30)).toBe(2);
		expect(counter.times(0)).toBe(1);
		expect(counter.times(29)).toBe(1);
	});

	it('sends nothing twice either when the node continues on fail', async () => {
		counter = await startCounter((number) => number === 0);
		const { items } = await send(counter, { items: numbered(3), onError: 'continueRegularOutput' });
		expect([0, 1, 2].map((number) => counter?.times(number))).toEqual([2, 1, 1]);
		expect(sources(items[0])).toEqual([0, 1, 2]);
		expect(items[0]?.map(({ json }) => 'error' in json)).toEqual([true, false, false]);
	});

	it('sends again when a loop comes back to the node', async () => {
		counter = await startCounter((number) => number === 0);
		await send(counter, { items: numbered(3), onError: 'continueRegularOutput', runs: 2 });
		expect([0, 1, 2].map((number) => counter?.times(number))).toEqual([4, 2, 2]);
	});

	it('sends again when the user runs the execution again', async () => {
		counter = await startCounter((number) => number === 2);
		const first = await send(counter, { items: numbered(3) });
		expect(Object.keys(kept(first))).not.toEqual([]);
		await send(counter, { items: numbered(3), executionId: 'execution-2', contextData: kept(first) });
		expect([0, 1, 2].map((number) => counter?.times(number))).toEqual([2, 2, 4]);
	});

	it('goes on with the part of a long text that was not sent', async () => {
		const text = [1, 2, 3].map((number) => `${number} ${'A'.repeat(240)}.`).join(' ');
		counter = await startCounter((number, time) => number === 2 && time === 1);
		const { items, error } = await send(
			counter,
			{ items: [{ json: { thread: 't' } }] },
			{ text, longText: 'split' },
		);
		expect(error).toBeUndefined();
		expect([1, 2, 3].map((number) => counter?.times(number))).toEqual([1, 2, 1]);
		const { parts } = items[0]?.[0]?.json as { parts: { text: string }[] };
		expect(parts.map((part) => part.text[0])).toEqual(['1', '2', '3']);
	});

	it('does not send again what may have arrived, and says so at every try', async () => {
		counter = await startCounter((number) => number === 1, { status: 502, body: '' });
		const { error } = await send(counter, { items: numbered(3), tries: 3 });
		expect(error).toMatchObject({ context: { itemIndex: 1 } });
		expect(JSON.stringify(error)).toContain('not known whether');
		expect(counter.times(1)).toBe(1);
	});
});
