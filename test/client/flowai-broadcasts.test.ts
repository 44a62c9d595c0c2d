import { answer, rejection, text } from '../support/fake-ports';
import { JSON_BODY, NO_BODY, REST, run } from './flowai-harness';

const PEOPLE = [
	{ name: 'Mara', phoneNumber: '+46700000001', profile: { firstName: 'Mara' } },
	{ name: 'Jon', identifier: 'jon-7' },
];
const AUDIENCE = {
	audience: PEOPLE,
	channelName: 'whatsapp',
	externalId: '+46800000002',
	content: 'event',
	eventName: 'CART_LEFT',
};

describe('Send to Audience (Flow.ai reference §2.4)', () => {
	it('sends audience, channel and payload, its context as metadata', async () => {
		const context = { language: 'sv', timezone: 2, params: { cart: [{ value: 'c-31' }] } };
		const { rows, sent } = await run('broadcast.sendToAudience', { ...AUDIENCE, ...context });
		expect(sent).toEqual([
			{
				method: 'POST',
				url: `${REST}/broadcast/instant`,
				headers: JSON_BODY,
				body: {
					audience: PEOPLE,
					channel: { channelName: 'whatsapp', externalId: '+46800000002' },
					payload: { type: 'event', eventName: 'CART_LEFT', metadata: context },
				},
			},
		]);
		expect(rows).toEqual([{ status: 'ok', recipients: 2 }]);
	});

	it('sends a text without metadata where there is no context', async () => {
		const { sent } = await run('broadcast.sendToAudience', {
			...AUDIENCE,
			content: 'text',
			text: 'Doors open at nine',
		});
		expect(sent).toMatchObject([{ body: { payload: { type: 'text', speech: 'Doors open at nine' } } }]);
		expect(JSON.stringify(sent)).not.toContain('metadata');
	});

	it('sends a large audience in batches, one after the other, at the pace of the node', async () => {
		const audience = [1, 2, 3, 4, 5].map((n) => ({ name: `P${n}`, phoneNumber: `+4670000000${n}` }));
		const { rows, sent } = await run('broadcast.sendToAudience', { ...AUDIENCE, audience, batchSize: 2 });
		const names = sent.map((one) =>
			(one as { body: { audience: { name: string }[] } }).body.audience.map(({ name }) => name),
		);
		expect(names).toEqual([['P1', 'P2'], ['P3', 'P4'], ['P5']]);
		expect(rows).toEqual([{ status: 'ok', recipients: 5, batches: 3 }]);
	});

	it('says which batches were sent when one is refused, and stops there', async () => {
		const audience = [1, 2, 3].map((n) => ({ name: `P${n}`, identifier: `p-${n}` }));
		const script = [answer({ status: 'ok' }), answer({ message: 'quota' }, 400)];
		const failed = run('broadcast.sendToAudience', { ...AUDIENCE, audience, batchSize: 1 }, script);
		expect(await rejection(failed)).toMatchObject({
			code: 'FLOWAI_BAD_REQUEST',
			message: expect.stringMatching(
				/^Batch 2 of 3 was not sent \(batch 1 was sent, batch 3 was not sent\): .*quota/,
			) as string,
		});
	});

	it.each([
		['[]', 'Audience is empty'],
		['["Mara"]', 'Audience must hold an object, like {"name": "Mara"}, in entry 1'],
		[
			'[{"name": "Mara", "phoneNumber": "+46"}, {"phoneNumber": "+46"}]',
			'Audience needs a "name" in entry 2',
		],
		[
			'[{"name": "Mara", "phoneNumber": " "}]',
			'Audience needs a "phoneNumber" or an "identifier" in entry 1',
		],
	])('refuses the audience %s', async (audience, message) => {
		expect(await rejection(run('broadcast.sendToAudience', { ...AUDIENCE, audience }))).toMatchObject({
			code: 'CONVOFLOW_INVALID_INPUT',
			field: 'audience',
			message,
		});
	});
});

describe('Send to Segment (Flow.ai reference §2.4)', () => {
	it.each([
		[{ segmentId: 'au-9', text: 'Hi' }, [{ id: 'au-9' }], { type: 'text', speech: 'Hi' }],
		[
			{ segmentBy: 'name', segmentName: 'Buyers', content: 'event', eventName: 'E' },
			[{ name: 'Buyers' }],
			{ type: 'event', eventName: 'E' },
		],
		[
			{
				segmentId: 'au-9',
				content: 'media',
				mediaType: 'video',
				url: 'https://cdn.example.com/a',
				title: 'A',
			},
			[{ id: 'au-9' }],
			{ type: 'media', mediaType: 'video', url: 'https://cdn.example.com/a', title: 'A' },
		],
		[
			{ segmentId: 'au-9', content: 'location', latitude: '1.5', longitude: '-2', language: 'sv' },
			[{ id: 'au-9' }],
			{ type: 'location', lat: '1.5', long: '-2', metadata: { language: 'sv' } },
		],
	])('sends %j', async (input, audience, payload) => {
		const { sent } = await run('broadcast.sendToSegment', input);
		const url = `${REST}/broadcast/instant/segment`;
		expect(sent).toEqual([{ method: 'POST', url, headers: JSON_BODY, body: { audience, payload } }]);
	});

	it.each([
		[{ content: 'media', url: 'cat.png' }, 'url'],
		[{ content: 'location', latitude: '91', longitude: '0' }, 'latitude'],
		[{ content: 'text', text: 'x'.repeat(256) }, 'text'],
		[{ content: 'text', text: 'x', params: { a: 1 } }, 'params'],
		[{ segmentBy: 'name', text: 'x' }, 'segmentName'],
	])('refuses %j before any request', async (input, field) => {
		const error = await rejection(run('broadcast.sendToSegment', { segmentId: 'au-9', ...input }));
		expect(error).toMatchObject({ code: 'CONVOFLOW_INVALID_INPUT', field });
	});
});

it.each([
	['broadcast.sendToAudience', AUDIENCE],
	['broadcast.sendToSegment', { segmentId: 'au-9', text: 'Hi' }],
])('%s is never repeated when its fate is unknown', async (path, input) => {
	expect(await rejection(run(path, input, [text('', 503)]))).toMatchObject({
		code: 'CONVOFLOW_OUTCOME_UNKNOWN',
		message: 'It is not known whether this broadcast was sent',
	});
});

describe('Get Segments (Flow.ai reference §2.4)', () => {
	const SEGMENT = { agentId: 'ag-1', audienceId: 'au-9', title: 'Buyers', type: 'segment', contact: null };

	it('reads the list at the top level, always in sync mode', async () => {
		const script = [answer({ status: 'ok', segments: [SEGMENT] })];
		const { rows, sent } = await run('broadcast.getSegments', { simplify: false }, script);
		expect(sent).toEqual([{ method: 'GET', url: `${REST}/broadcast/segments?sync=true`, headers: NO_BODY }]);
		expect(rows).toEqual([SEGMENT]);
		expect((await run('broadcast.getSegments', {}, script)).rows).toMatchObject([
			{ segmentId: 'au-9', name: 'Buyers', type: 'segment', conditions: [], createdAt: null },
		]);
	});
});
