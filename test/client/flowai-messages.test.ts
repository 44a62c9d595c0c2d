import type { ConvoflowError, JsonValue } from '@convoflow/client';
import { answer, rejection, text } from '../support/fake-ports';
import { JSON_BODY, OK, REST, run } from './flowai-harness';

const WORKFLOW = { name: 'Workflow', role: 'external' };

/** The one POST that a message is. */
function post(path: string, payload: JsonValue): unknown[] {
	return [{ method: 'POST', url: `${REST}${path}`, headers: JSON_BODY, body: { payload } }];
}

describe('Send Event (001, Sending messages, Event message)', () => {
	it('sends the documented minimum', async () => {
		const { rows, sent } = await run('message.sendEvent', {
			threadId: '6ecfd199-853a-448f-9f91-ef397588ff87',
			eventName: 'MY_EVENT',
			originatorName: 'John Doe',
			traceId: 1,
		});
		const payload = {
			type: 'event',
			traceId: 1,
			eventName: 'MY_EVENT',
			originator: { name: 'John Doe', role: 'external' },
		};
		expect(sent).toEqual(post('/messages/6ecfd199-853a-448f-9f91-ef397588ff87', payload));
		expect(rows).toEqual([{ status: 'ok', threadId: '6ecfd199-853a-448f-9f91-ef397588ff87', traceId: 1 }]);
	});

	it.each([
		['flat', { lang: 'en', timezone: 0, params: { cart: [{ value: 'c' }] } }],
		['metadata', { metadata: { language: 'en', timezone: 0, params: { cart: [{ value: 'c' }] } } }],
	])('puts its context in the form %s (Flow.ai reference §3.1)', async (contextForm, context) => {
		const { sent } = await run('message.sendEvent', {
			threadId: 't',
			eventName: 'E',
			traceId: 0,
			contextForm,
			language: 'en',
			timezone: 0,
			params: { cart: [{ value: 'c' }] },
			profile: { fullName: 'Mara Lind' },
			metadata: { loyalty: 'silver' },
		});
		const originator = { ...WORKFLOW, profile: { fullName: 'Mara Lind' }, metadata: { loyalty: 'silver' } };
		expect(sent).toEqual(
			post('/messages/t', { type: 'event', traceId: 0, eventName: 'E', ...context, originator }),
		);
	});

	it('sends no empty metadata', async () => {
		const { sent } = await run('message.sendEvent', {
			threadId: 't',
			eventName: 'E',
			traceId: 1,
			contextForm: 'metadata',
		});
		expect(sent).toEqual(
			post('/messages/t', { type: 'event', traceId: 1, eventName: 'E', originator: WORKFLOW }),
		);
	});
});

describe('Send Location (001, Sending messages, Location message)', () => {
	const place = { threadId: 't|w_c/1', latitude: ' -90 ', longitude: '+180.0', traceId: 1 };

	it('sends both coordinates as texts, and the bar of the thread encoded', async () => {
		const { sent } = await run('message.sendLocation', place);
		const payload = { type: 'location', traceId: 1, lat: '-90', long: '+180.0', originator: WORKFLOW };
		expect(sent).toEqual(post('/messages/t%7Cw_c%2F1', payload));
	});

	it('takes numbers, and a title', async () => {
		const { sent } = await run('message.sendLocation', {
			...place,
			latitude: 59.3293,
			longitude: 18.0686,
			title: 'Table six',
		});
		expect(sent).toMatchObject([
			{ body: { payload: { lat: '59.3293', long: '18.0686', title: 'Table six' } } },
		]);
	});

	it.each([
		['latitude', '90.01', 'Latitude must be a number of degrees from -90 to 90'],
		['latitude', '59,3', 'Latitude must be a number'],
		['latitude', '1e1', 'Latitude must be a number'],
		['longitude', '-180.5', 'Longitude must be a number of degrees from -180 to 180'],
		['longitude', 'east', 'Longitude must be a number'],
	])('refuses the %s %s before any request', async (field, value, words) => {
		const error = await rejection(run('message.sendLocation', { ...place, [field]: value }));
		expect(error).toMatchObject({
			code: 'CONVOFLOW_INVALID_INPUT',
			field,
			message: expect.stringContaining(words) as string,
		});
	});
});

describe('Send Media (001, Sending messages, Media message)', () => {
	const image = { threadId: 't', url: 'https://cdn.example.com/cat.png', traceId: 1 };

	it.each(['image', 'file', 'audio', 'video'])(
		'sends the address of a media file of type %s',
		async (type) => {
			const { sent } = await run('message.sendMedia', { ...image, mediaType: type });
			expect(sent).toEqual(
				post('/messages/t', {
					type: 'media',
					traceId: 1,
					mediaType: type,
					url: image.url,
					originator: WORKFLOW,
				}),
			);
		},
	);

	it.each([
		['mimeType', { mimeType: 'image/png' }],
		['both', { mimeType: 'image/png', mimetype: 'image/png' }],
	])('spells the MIME type as chosen: %s', async (mimeTypeSpelling, spelled) => {
		const more = { mimeType: 'image/png', mimeTypeSpelling, title: 'A cat' };
		const { sent } = await run('message.sendMedia', { ...image, ...more });
		expect(sent).toEqual(
			post('/messages/t', {
				type: 'media',
				traceId: 1,
				mediaType: 'image',
				url: image.url,
				title: 'A cat',
				...spelled,
				originator: WORKFLOW,
			}),
		);
	});

	it.each(['cat.png', 'ftp://cdn.example.com/cat.png', 'https://'])('refuses the address %s', async (url) => {
		expect(await rejection(run('message.sendMedia', { ...image, url }))).toMatchObject({
			code: 'CONVOFLOW_INVALID_INPUT',
			field: 'url',
		});
	});
});

describe('every send', () => {
	it.each([
		['message.sendText', { text: 'Hello' }],
		['message.sendEvent', { eventName: 'E' }],
		['message.sendLocation', { latitude: '1', longitude: '1' }],
		['message.sendMedia', { url: 'https://cdn.example.com/x' }],
	])('%s waits for processing when asked, is sent once, and refuses wrong params', async (path, content) => {
		const input = { threadId: 't', ...content };
		const { sent } = await run(path, { ...input, waitForProcessing: true });
		expect(sent).toMatchObject([{ method: 'POST', url: `${REST}/messages/t?writeConcern=true` }]);
		expect(await rejection(run(path, { ...input, traceId: 7 }, [text('', 500)]))).toMatchObject({
			code: 'CONVOFLOW_OUTCOME_UNKNOWN',
			traceId: 7,
		});
		expect(await rejection(run(path, { ...input, params: { seats: '4' } }))).toMatchObject({
			code: 'CONVOFLOW_INVALID_INPUT',
			field: 'params',
		});
		expect(await rejection(run(path, input, [answer({ message: 'no' }, 404)]))).toMatchObject({
			code: 'FLOWAI_NOT_FOUND',
			advice: expect.stringContaining('Thread') as string,
		});
	});
});

describe('Send Text with a long text', () => {
	const sentence = 'A table by the window is free. ';
	const long = { threadId: 't', longText: 'split', text: sentence.repeat(20), traceId: 10 };

	it('sends the parts in their order, each with a trace ID of its own', async () => {
		const { rows, sent } = await run('message.sendText', long);
		const part = sentence.repeat(8).trim();
		const rest = sentence.repeat(4).trim();
		expect(sent.map((one) => (one as { body: { payload: unknown } }).body.payload)).toEqual(
			[part, part, rest].map((speech, index) => ({
				type: 'text',
				traceId: 10 + index,
				speech,
				originator: WORKFLOW,
			})),
		);
		expect(rows).toEqual([
			{
				status: 'ok',
				threadId: 't',
				traceId: 10,
				parts: [
					{ text: part, traceId: 10 },
					{ text: part, traceId: 11 },
					{ text: rest, traceId: 12 },
				],
			},
		]);
	});

	it.each([
		[1, 'Part 1 of 3 was not sent (parts 2 to 3 were not sent): '],
		[2, 'Part 2 of 3 was not sent (part 1 was sent, part 3 was not sent): '],
		[3, 'Part 3 of 3 was not sent (parts 1 to 2 were sent): '],
	])('says what was sent when part %i is refused, and stops there', async (part, words) => {
		const script = [...Array.from({ length: part - 1 }, () => OK), answer({ message: 'too long' }, 400)];
		const error = (await rejection(run('message.sendText', long, script))) as ConvoflowError;
		expect(error.code).toBe('FLOWAI_BAD_REQUEST');
		expect(error.message.startsWith(words)).toBe(true);
		expect(error.message).toContain('too long');
	});

	it('says so when it is not known whether a part arrived', async () => {
		const error = await rejection(run('message.sendText', long, [OK, text('', 502)]));
		expect(error).toMatchObject({
			code: 'CONVOFLOW_OUTCOME_UNKNOWN',
			traceId: 11,
			message: expect.stringMatching(/^Part 2 of 3 may or may not have arrived \(part 1 was sent/) as string,
		});
	});

	it('sends a text that fits as one part', async () => {
		const { rows, sent } = await run('message.sendText', { ...long, text: ' Hello ' });
		expect(sent).toHaveLength(1);
		expect(rows[0]).toMatchObject({ parts: [{ text: ' Hello ', traceId: 10 }] });
	});
});
