import type { INodeProperties } from 'n8n-workflow';
import { startRecorder } from './recorder';
import { PLACES, runPlace, type Place } from './services';
import { loadTree, nodeTypeOf } from './tree';

const sendText = PLACES.find(({ title }) => title === 'flowai message sendText') as Place;

interface Payload {
	readonly traceId: number;
	readonly timezone?: number;
}

/** The fields that "Add Field" of an operation offers. */
async function offered({ tree, nodeType, resource, operation }: Place): Promise<INodeProperties[]> {
	const { properties } = nodeTypeOf(await loadTree(tree), nodeType).description;
	const found = properties.find(
		({ name, displayOptions: { show } = {} }) =>
			name === 'additionalFields' &&
			show?.['resource']?.includes(resource.name) &&
			show['operation']?.includes(operation.name),
	);
	return (found?.options ?? []) as INodeProperties[];
}

/** Sends a text with optional fields, and says what went over the wire or why it did not. */
async function sent(optional: Readonly<Record<string, unknown>>): Promise<Payload | string | undefined> {
	const service = await startRecorder(() => ({ body: '{"status":"ok"}' }));
	const input = { threadId: 't-1', text: 'Hello', ...optional };
	const { error } = await runPlace(sendText, { apiKey: 'fake-key', baseUrl: service.url }, input);
	await service.close();
	const [request] = service.requests;
	return request ? (JSON.parse(request.body) as { payload: Payload }).payload : error?.message;
}

describe('an optional number', () => {
	const WITH_NUMBERS = PLACES.flatMap((place) =>
		Object.entries(place.operation.optional)
			.filter(([, field]) => field.kind === 'number' && field.default === undefined)
			.map(([name]) => [place.title, name, place] as const),
	);

	it.each(WITH_NUMBERS)('%s: %s starts out blank', async (_title, name, place) => {
		const field = (await offered(place)).find((one) => one.name === name);
		expect(field?.default).toBe('');
	});

	it('that was added and not filled in is not sent', async () => {
		const fields = await offered(sendText);
		const untouched = Object.fromEntries(
			fields
				.filter(({ name }) => name === 'timezone' || name === 'traceId')
				.map((one) => [one.name, one.default]),
		);
		expect(Object.keys(untouched).sort()).toEqual(['timezone', 'traceId']);
		const payload = (await sent(untouched)) as Payload;
		expect(payload.timezone).toBeUndefined();
		expect(payload.traceId).toBeGreaterThan(0);
	});

	it.each([
		['as a text', { timezone: ' -3 ', traceId: '90211' }],
		['by an expression', { timezone: '={{ -3 }}', traceId: '={{ 90000 + 211 }}' }],
	])('is sent as a number when it is given %s', async (_how, given) => {
		expect(await sent(given)).toMatchObject({ timezone: -3, traceId: 90211 });
	});

	it('is 0 when that is what was filled in', async () => {
		expect(await sent({ timezone: '0' })).toMatchObject({ timezone: 0 });
	});

	it.each([
		['no number', { timezone: 'CET' }, 'Timezone must be a number'],
		['out of range', { timezone: '15' }, 'Timezone must be at most 14'],
		['not whole', { traceId: '1.5' }, 'Trace ID must be a whole number'],
	])('is refused when it is %s', async (_what, given, message) => {
		expect(await sent(given)).toBe(message);
	});
});
