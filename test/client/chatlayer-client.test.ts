import { ChatlayerClient, type ConversationAnalyticsQuery } from '@convoflow/client';
import { answer, fakePorts, rejection, text, type FakePorts } from '../support/fake-ports';

const RANGE = { startTime: '2026-03-01T00:00:00.000Z', endTime: '2026-03-04T00:00:00.000Z' };
const QUERY: ConversationAnalyticsQuery = { ...RANGE, botId: 'k3v9x2ab', version: 'LIVE' };
const ENDS = [
	['end_time', '2026-03-04T00:00:00.000Z'],
	['start_time', '2026-03-01T00:00:00.000Z'],
];
const CONVERSATIONS = 'GET https://analytics.api.chatlayer.ai/v1/bots/k3v9x2ab/conversations';

function client(ports: FakePorts): ChatlayerClient {
	return new ChatlayerClient(ports, { baseUrl: 'https://analytics.api.chatlayer.ai', retries: 0 });
}

/** Method and address without query, and the query by name. */
async function asked(call: (one: ChatlayerClient) => Promise<unknown>): Promise<[string, string[][]]> {
	const ports = fakePorts([answer({ data: {} })]);
	await call(client(ports));
	const { method, url, body } = ports.requests[0] ?? { method: 'GET', url: 'none:' };
	expect(ports.requests).toHaveLength(1);
	expect(body).toBeUndefined();
	const [address = '', query] = url.split('?');
	const pairs = [...new URLSearchParams(query)].sort((one, other) => one.join().localeCompare(other.join()));
	return [`${method} ${address}`, pairs];
}

describe('conversations (002, Get conversation analytics)', () => {
	it('sends the three required values and leaves the rest out', async () => {
		expect(
			await asked((one) => one.analytics.conversations({ ...QUERY, channelTypes: [], languages: undefined })),
		).toEqual([CONVERSATIONS, [...ENDS, ['version', 'LIVE']]]);
	});

	const FULL = {
		...QUERY,
		bucket: '1d',
		groupBy: 'language',
		channelTypes: ['web', 'whatsapp'],
		languages: ['en', 'sv'],
	};

	it.each([undefined, false])(
		'joins several values with commas when repeatKeys is %p',
		async (repeatKeys) => {
			expect(await asked((one) => one.analytics.conversations({ ...FULL, repeatKeys }))).toEqual([
				CONVERSATIONS,
				[
					['bucket', '1d'],
					['channel_type', 'web,whatsapp'],
					ENDS[0],
					['group_by', 'language'],
					['language', 'en,sv'],
					ENDS[1],
					['version', 'LIVE'],
				],
			]);
		},
	);

	it('repeats the keys of several values where that is chosen', async () => {
		const [, query] = await asked((one) => one.analytics.conversations({ ...FULL, repeatKeys: true }));
		expect(query.filter(([key]) => key === 'channel_type' || key === 'language')).toEqual([
			['channel_type', 'web'],
			['channel_type', 'whatsapp'],
			['language', 'en'],
			['language', 'sv'],
		]);
	});

	it('refuses a bot that a URL would fold away', async () => {
		const ports = fakePorts([answer({})]);
		expect(
			await rejection(client(ports).analytics.conversations({ ...QUERY, botId: '%2e%2e' })),
		).toMatchObject({
			code: 'CONVOFLOW_INVALID_INPUT',
			field: 'botId',
		});
		expect(ports.requests).toHaveLength(0);
	});

	it.each([text(''), text('', 204), answer(null), answer({})])('takes $text for no data', async (step) => {
		expect(await client(fakePorts([step])).analytics.conversations(QUERY)).toEqual({});
	});

	it.each([[5], [true], ['words'], [[]]])('HTTP-11 refuses %j', async (body) => {
		expect(await rejection(client(fakePorts([answer(body)])).analytics.conversations(QUERY))).toMatchObject({
			code: 'CHATLAYER_REJECTED',
		});
	});

	it('quotes the words of a gateway error (Chatlayer reference §8)', async () => {
		const ports = fakePorts([answer({ code: 5, message: 'bot not found', details: [] }, 404)]);
		const error = (await rejection(client(ports).analytics.conversations(QUERY))) as Error;
		expect(error).toMatchObject({ code: 'CHATLAYER_NOT_FOUND', status: 404 });
		expect(error.message).toContain('bot not found');
	});
});
