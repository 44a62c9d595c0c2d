import {
	asker,
	holding,
	leavesNothingOut,
	iso,
	list,
	listOf,
	number,
	text,
	useSandbox,
	walk,
} from './harness';

const sandbox = useSandbox();
const pair = (): string => `${sandbox().keys['chatlayerTokenId']}:${sandbox().keys['chatlayerTokenSecret']}`;
const ask = asker(
	() => `${sandbox().baseUrls['chatlayer']}/v1`,
	() => `Basic ${Buffer.from(pair()).toString('base64')}`,
);

const BOT = '/bots/k3v9x2ab';
const TEAM = '/teams/team-1';
const RANGE = 'start_time=2026-03-01T00:00:00.000Z&end_time=2026-03-04T00:00:00.000Z';
const STD = `version=LIVE&${RANGE}`;
const error = (code: number): unknown => ({ code, message: text, details: [] });
const serie = holding({ values: list, mean: number, max: number, min: number, sum: number });
const series = {
	data: { series_labels: list, x_values: list, series: expect.arrayContaining([serie]) as unknown },
};
const days = ['2026-03-01', '2026-03-02', '2026-03-03'];
const event = {
	id: text,
	event: text,
	bot_id: 'k3v9x2ab',
	version: 'LIVE',
	user_id: text,
	channel_id: text,
	channel_type: text,
	conversation_id: text,
	attributes: expect.any(Object) as unknown,
	timestamp: iso,
};
const step = { id: text, type: text };
const definition = holding({
	id: text,
	team_id: 'team-1',
	bot_id: 'k3v9x2ab',
	event: text,
	description: text,
	created_at: iso,
	last_seen_at: iso,
	volume_30_day: number,
});
const int64 = expect.stringMatching(/^\d+$/) as string;
const funnel = {
	version: 'LIVE',
	start_time: '2026-03-01T00:00:00.000Z',
	end_time: '2026-03-04T00:00:00.000Z',
};

walk(ask, [
	{
		source: 'Chatlayer reference §6: the worked example',
		call: `GET ${BOT}/conversations?${STD}&bucket=1d&group_by=channel_type`,
		answer: {
			data: {
				series_labels: ['channel_type'],
				x_values: days,
				series: [
					{ values: [12, 7, 0], mean: 6, max: 12, min: 0, sum: 19, labels: { channel_type: 'web' } },
					{ values: [3, 5], mean: 4, max: 5, min: 3, sum: 8, labels: { channel_type: 'whatsapp' } },
				],
			},
		},
	},
	{
		source: 'Chatlayer reference §4.1: without bucket or group',
		call: `GET ${BOT}/conversations?${STD}`,
		answer: {
			data: {
				series_labels: [],
				x_values: ['2026-03-01'],
				series: [{ values: [27], mean: 27, max: 27, min: 27, sum: 27, labels: {} }],
			},
		},
	},
	{
		source: 'Chatlayer reference §11: a filter joined by commas',
		call: `GET ${BOT}/conversations?${STD}&channel_type=web,sms`,
		answer: { data: holding({ series: [holding({ sum: 19 })] }) },
	},
	{
		source: 'Chatlayer reference §11: a filter with repeated keys',
		call: `GET ${BOT}/conversations?${STD}&channel_type=web&channel_type=sms`,
		answer: { data: holding({ series: [holding({ sum: 19 })] }) },
	},
	{
		source: 'Chatlayer reference §11: a filter with key[0]',
		call: `GET ${BOT}/conversations?${STD}&channel_type[0]=whatsapp`,
		answer: { data: holding({ series: [holding({ sum: 8 })] }) },
	},
	{
		source: 'Chatlayer reference §8: DRAFT and LIVE are separate',
		call: `GET ${BOT}/conversations?version=DRAFT&${RANGE}`,
		answer: { data: holding({ series: [holding({ sum: 0 })] }) },
	},
	{
		source: 'Chatlayer reference §3: version is required',
		call: `GET ${BOT}/conversations?${RANGE}`,
		status: 400,
		answer: error(3),
	},
	{
		source: 'Chatlayer reference §3: the bucket is smaller than the range',
		call: `GET ${BOT}/conversations?${STD}&bucket=1w`,
		status: 400,
		answer: error(3),
	},
	{
		source: 'Chatlayer reference §3: buckets of a bot',
		call: `GET ${BOT}/conversations?${STD}&bucket=1m`,
		status: 400,
		answer: error(3),
	},
	{
		source: 'Chatlayer reference §8: the start is before the end',
		call: `GET ${BOT}/conversations?version=LIVE&start_time=2026-03-04&end_time=2026-03-01`,
		status: 400,
		answer: error(3),
	},
	{
		source: 'Chatlayer reference §8: an unknown bot',
		call: `GET /bots/nobody/conversations?${STD}`,
		status: 404,
		answer: error(5),
	},
	...(['num_conversations', 'duration_seconds', 'num_messages'] as const).map((stat) => ({
		source: 'Chatlayer reference §4.1: insights, values may be empty (§6 rule 8)',
		call: `GET ${BOT}/conversations/insights?${STD}&stat=${stat}`,
		answer: {
			data: {
				series: [{ values: [], mean: number, max: number, min: number, sum: number, labels: {} }],
				series_labels: [],
				x_values: [],
			},
		},
	})),
	{
		source: 'Chatlayer reference §3: stat is required',
		call: `GET ${BOT}/conversations/insights?${STD}`,
		status: 400,
		answer: error(3),
	},
	{
		source: 'Chatlayer reference §5: flow of a conversation',
		call: `GET ${BOT}/conversations/cv-501/flow?${STD}`,
		answer: {
			bot_id: 'k3v9x2ab',
			conversation_id: 'cv-501',
			user_id: text,
			transitions: expect.arrayContaining([
				{ id: text, from_step: step, to_step: step, depth: int64, timestamp: iso },
			]) as unknown,
		},
	},
	{
		source: 'Chatlayer reference §4.1: only the transitions of a message',
		call: `GET ${BOT}/conversations/cv-501/flow?${STD}&message_id=msg-1`,
		answer: holding({ transitions: [holding({ depth: '1' })] }),
	},
	{
		source: 'Chatlayer reference §4.1: the range must contain it',
		call: `GET ${BOT}/conversations/cv-501/flow?version=LIVE&start_time=2026-04-01&end_time=2026-04-02`,
		status: 404,
		answer: error(5),
	},
	{
		source: 'Chatlayer reference §4.1: team usage, several groups',
		call: `GET ${TEAM}/conversations?${RANGE}&bucket=1d&group_by=channel_type,language`,
		answer: {
			data: {
				series_labels: ['channel_type', 'language'],
				x_values: days,
				series: expect.arrayContaining([
					holding({ labels: { channel_type: 'web', language: 'en' } }),
				]) as unknown,
			},
		},
	},
	{
		source: 'Chatlayer reference §3: the team bucket is required',
		call: `GET ${TEAM}/conversations?${RANGE}`,
		status: 400,
		answer: error(3),
	},
	{
		source: 'Chatlayer reference §4.2: messages',
		call: `GET ${BOT}/messages?${STD}&bucket=1d`,
		answer: series,
	},
	{ source: 'Chatlayer reference §4.2: users', call: `GET ${BOT}/users?${STD}&bucket=1d`, answer: series },
	{
		source: 'Chatlayer reference §4.2: activity by day of week and hour',
		call: `GET ${BOT}/users/activity?${STD}`,
		answer: {
			data: {
				series_labels: ['day_of_week'],
				x_values: listOf(24, text),
				series: listOf(7, holding({ labels: { day_of_week: text } })),
			},
		},
	},
	{
		source: 'Chatlayer reference §4.2: intents',
		call: `GET ${BOT}/intents?${STD}&first=3`,
		answer: {
			data: [1, 2, 3].map((rank) => ({ intent_id: text, count: number, rank })),
			pagination: { start_cursor: text, end_cursor: text, has_more: true },
		},
	},
	{
		source: 'Chatlayer reference §4.2: intent insights',
		call: `GET ${BOT}/intents/insights?${STD}&bucket=1d`,
		answer: series,
	},
	{
		source: 'Chatlayer reference §4.2: voice minutes',
		call: `GET ${TEAM}/voice_minutes?start_time=2026-03-05&end_time=2026-03-07&bucket=1d`,
		answer: {
			data: holding({ x_values: ['2026-03-05', '2026-03-06'], series: [holding({ values: [14, 5] })] }),
		},
	},
	{
		source: 'Chatlayer reference §4.2: echo',
		call: 'POST /echo',
		body: { message: 'ping' },
		answer: { message: 'ping' },
	},
	{
		source: 'Chatlayer reference §4.2: echo needs a message',
		call: 'POST /echo',
		body: {},
		status: 400,
		answer: error(3),
	},
	{
		source: 'Chatlayer reference §4.3: knowledge base',
		call: `GET ${BOT}/knowledge_base?${STD}&bucket=1d`,
		answer: series,
	},
	{
		source: 'Chatlayer reference §4.3: tags',
		call: `GET ${BOT}/knowledge_base/tags?${STD}`,
		answer: { data: expect.arrayContaining([{ tag: text, count: number, rank: 1 }]) as unknown },
	},
	{
		source: 'Chatlayer reference §4.3: team knowledge base',
		call: `GET ${TEAM}/knowledge_base?${RANGE}&bucket=1d`,
		answer: series,
	},
	{
		source: 'Chatlayer reference §4.4: flows',
		call: `GET ${BOT}/flows?${STD}`,
		answer: { nodes: [{ id: 'start', occurrences: '27' }] },
	},
	{
		source: 'Chatlayer reference §4.4: the next nodes of a path',
		call: `GET ${BOT}/flows?${STD}&path=start`,
		answer: { nodes: expect.arrayContaining([{ id: text, occurrences: int64 }]) as unknown },
	},
	{
		source: 'Chatlayer reference §4.4: step details',
		call: `GET ${BOT}/flows/start?${STD}`,
		answer: { message_count: '54', drop_off_count: '0', conversation_count: '27' },
	},
	{
		source: 'Chatlayer reference §4.4: edges',
		call: `GET ${BOT}/flows/start/edges?${STD}&type=targets`,
		answer: {
			edges: expect.arrayContaining([
				{ count: int64, from_step: { id: 'start', type: 'dialog' }, to_step: step, id: text, type: text },
			]) as unknown,
		},
	},
	{
		source: 'Chatlayer reference §4.4: edges need a type',
		call: `GET ${BOT}/flows/start/edges?${STD}`,
		status: 400,
		answer: error(3),
	},
	{
		source: 'Chatlayer reference §4.7: flow funnel',
		call: `POST ${BOT}/flows/funnel`,
		body: {
			...funnel,
			steps: [
				{ order: 1, event_id: 'start' },
				{ order: 2, event_id: 'booking' },
			],
		},
		answer: {
			result: [
				{
					values: [
						{ event_id: 'start', count: 27, order: '1', breakdown_value: '' },
						{ event_id: 'booking', count: number, order: '2', breakdown_value: '' },
					],
				},
			],
		},
	},
	{
		source: 'Chatlayer reference §4.5: event stream',
		call: `GET ${BOT}/events/stream?${STD}&page_size=10`,
		answer: { events: listOf(10, event), next_page_token: text },
	},
	{
		source: 'Chatlayer reference §7: larger pages are lowered to 100',
		call: `GET ${BOT}/events/stream?${STD}&page_size=500`,
		answer: { events: listOf(100, event), next_page_token: expect.stringMatching(/.+/) as string },
	},
	{
		source: 'Chatlayer reference §4.5: stream by event',
		call: `GET ${BOT}/events/stream?${STD}&event=order_placed`,
		answer: { events: listOf(9, holding({ event: 'order_placed' })), next_page_token: '' },
	},
	{
		source: 'Chatlayer reference §4.5: stream with filters',
		call: `POST ${BOT}/events/stream`,
		body: {
			...funnel,
			event: 'order_placed',
			filters: [{ key: 'currency', operator: 'equals', value: ['EUR'] }],
		},
		answer: { events: listOf(5, holding({ attributes: holding({ currency: 'EUR' }) })), next_page_token: '' },
	},
	{
		source: 'Chatlayer reference §4.5: track',
		call: `POST ${BOT}/events/track`,
		body: {
			id: 'mine-1',
			version: 'LIVE',
			user_id: 'us-1',
			event: 'signed_up',
			attributes: { plan: 'free' },
			context: { conversation_id: 'cv-501', campaign: { id: 'spring' } },
			timestamp: '2026-03-02T12:00:00Z',
		},
		answer: { event_id: 'mine-1' },
	},
	{
		source: 'Chatlayer reference §4.5: a tracked event is in the stream',
		call: `GET ${BOT}/events/stream?${STD}&event=signed_up`,
		answer: {
			events: [
				holding({
					id: 'mine-1',
					user_id: 'us-1',
					conversation_id: 'cv-501',
					attributes: { plan: 'free' },
					timestamp: '2026-03-02T12:00:00.000Z',
				}),
			],
			next_page_token: '',
		},
	},
	{
		source: 'Chatlayer reference §5: attributes are texts',
		call: `POST ${BOT}/events/track`,
		body: { event: 'x', attributes: { n: 1 } },
		status: 400,
		answer: error(3),
	},
	{
		source: 'Chatlayer reference §4.5: definitions',
		call: `GET ${BOT}/events/definitions?page_size=2`,
		answer: {
			event_definitions: listOf(2, definition),
			next_page_token: expect.stringMatching(/.+/) as string,
		},
	},
	{
		source: 'Chatlayer reference §4.5: create a definition',
		call: `POST ${BOT}/events/definitions`,
		body: { event: 'vip', description: 'A VIP came', team_id: 'team-1' },
		answer: { event_definition: holding({ event: 'vip', description: 'A VIP came' }) },
	},
	{
		source: 'Chatlayer reference §4.5: attribute values',
		call: `POST ${BOT}/events/attributes/currency/values`,
		body: { query: 'e' },
		answer: {
			attributes: [
				{ key: 'currency', value: 'EUR' },
				{ key: 'currency', value: 'SEK' },
			],
		},
	},
	{
		source: 'Chatlayer reference §4.7: event funnel',
		call: `POST ${BOT}/events/funnel`,
		body: {
			...funnel,
			steps: [
				{ order: 1, event_id: 'cart_opened' },
				{
					order: 2,
					event_id: 'order_placed',
					properties: [{ key: 'currency', operator: 'equals', type: 'string', value: ['EUR'] }],
				},
			],
		},
		answer: {
			result: [
				{
					values: [
						{ event_id: 'cart_opened', count: number, order: '1', breakdown_value: '' },
						{ event_id: 'order_placed', count: number, order: '2', breakdown_value: '' },
					],
				},
			],
		},
	},
	{
		source: 'Chatlayer reference §4.7: a breakdown gives cohorts',
		call: `POST ${BOT}/events/funnel`,
		body: {
			...funnel,
			breakdown_property: 'channel_type',
			order_type: 'strict',
			steps: [{ order: 1, event_id: 'cart_opened' }],
		},
		answer: {
			result: ['web', 'whatsapp'].map((breakdown_value) => ({ values: [holding({ breakdown_value })] })),
		},
	},
	{
		source: 'Chatlayer reference §4.7: steps are required',
		call: `POST ${BOT}/events/funnel`,
		body: funnel,
		status: 400,
		answer: error(3),
	},
	{
		source: 'Chatlayer reference §4.5: team events',
		call: `GET ${TEAM}/events?${RANGE}&page_size=3&user_id=us-77`,
		answer: { events: listOf(3, holding({ user_id: 'us-77' })), next_page_token: text },
	},
	{
		source: 'Chatlayer reference §4.5: team definitions',
		call: `GET ${TEAM}/events/definitions?bot_id=k3v9x2ab`,
		answer: { event_definitions: expect.arrayContaining([definition]) as unknown, next_page_token: '' },
	},
	{
		source: 'Chatlayer reference §4.6: app logs',
		call: `GET /apps/app-1/logs/stream?${RANGE}&query=saved&page_size=5`,
		answer: {
			logs: listOf(5, {
				id: text,
				app_id: 'app-1',
				app_version: text,
				platform_version: text,
				log_message: text,
				log_type: text,
				severity_level: number,
				timestamp: iso,
				log_attributes: expect.any(Object) as unknown,
				resource_attributes: expect.any(Object) as unknown,
				event_method: text,
				event_command: text,
			}),
			next_page_token: text,
		},
	},
	{
		source: 'Chatlayer reference §4.6: only the revoked subscription of old at first',
		call: `GET ${BOT}/subscriptions`,
		answer: {
			subscriptions: [expect.objectContaining({ id: 'sub-1', status: 'notification_failures_exceeded' })],
			next_page_token: '',
		},
	},
	{
		source: 'Chatlayer reference §9: a target is public and uses TLS',
		call: `POST ${BOT}/subscriptions`,
		body: { target: 'http://hooks.example.com/x', event_type: 'TRACKING_EVENT' },
		status: 400,
		answer: error(3),
	},
	{
		source: 'Chatlayer reference §4.6: delete what is not there',
		call: `DELETE ${BOT}/subscriptions/none`,
		status: 404,
		answer: error(5),
	},
]);

it('walks a whole stream by page tokens (Chatlayer reference §7)', async () => {
	const ids: string[] = [];
	let token = '';
	do {
		const query = `${STD}&page_size=40${token === '' ? '' : `&page_token=${token}`}`;
		const { answer } = await ask(`GET ${BOT}/events/stream?${query}`);
		const page = answer as { events: Array<{ id: string }>; next_page_token: string };
		ids.push(...page.events.map((row) => row.id));
		token = page.next_page_token;
	} while (token !== '');
	expect(new Set(ids).size).toBe(ids.length);
	// 27 conversations with four events each, nine of them with a fifth, and the one tracked above.
	expect(ids.length).toBe(27 * 4 + 9 + 1);
});

it('walks intents by cursors, forward and backward (Chatlayer reference §7)', async () => {
	type Page = {
		data: Array<{ intent_id: string }>;
		pagination: { start_cursor: string; end_cursor: string; has_more: boolean };
	};
	const read = async (query: string): Promise<Page> =>
		(await ask(`GET ${BOT}/intents?${STD}&${query}`)).answer as Page;
	const whole = (await read('first=1000')).data.map((row) => row.intent_id);
	const forward: string[] = [];
	for (let query = 'first=4'; ;) {
		const page = await read(query);
		forward.push(...page.data.map((row) => row.intent_id));
		if (!page.pagination.has_more) break;
		query = `first=4&after=${page.pagination.end_cursor}`;
	}
	const backward: string[] = [];
	for (let query = 'last=4'; ;) {
		const page = await read(query);
		backward.unshift(...page.data.map((row) => row.intent_id));
		if (!page.pagination.has_more) break;
		query = `last=4&before=${page.pagination.start_cursor}`;
	}
	expect(whole.length).toBeGreaterThan(10);
	expect(forward).toEqual(whole);
	expect(backward).toEqual(whole);
});

it('refuses wrong and missing tokens, and Bearer (Chatlayer reference §2)', async () => {
	for (const header of ['', 'Basic eDp5', `Bearer ${sandbox().keys['chatlayerTokenSecret']}`]) {
		const wrong = asker(
			() => `${sandbox().baseUrls['chatlayer']}/v1`,
			() => header,
		);
		expect(await wrong('POST /echo', { message: 'ping' })).toMatchObject({
			status: 401,
			answer: { code: 16 },
		});
	}
});

describe('core API (Chatlayer reference §10)', () => {
	const core = asker(
		() => `${sandbox().baseUrls['chatlayerCore']}/v1`,
		() => `Bearer ${sandbox().keys['chatlayerCore']}`,
	);
	walk(core, [
		{ source: 'list bots', call: 'GET /bots', answer: [{ id: 'k3v9x2ab', name: text }] },
		{
			source: 'list conversations',
			call: `GET ${BOT}/conversations?version=LIVE&page=1&limit=2`,
			answer: { data: listOf(2, { user: { id: text, sessionId: text } }) },
		},
		{
			source: 'transcript',
			call: `GET ${BOT}/conversations/cv-501/messages?version=LIVE`,
			answer: {
				data: listOf(4, {
					actor: expect.stringMatching(/^(user|bot)$/) as string,
					timestamp: iso,
					message: { text },
				}),
			},
		},
		{
			source: 'session data',
			call: `GET ${BOT}/conversations/cv-501/session-data?version=LIVE`,
			answer: expect.any(Object) as unknown,
		},
		{
			source: 'delete session data',
			call: `DELETE ${BOT}/conversations/cv-501/session-data?version=LIVE`,
			status: 204,
			answer: undefined,
		},
		{
			source: 'send as agent',
			call: `POST ${BOT}/conversations/us-1/actions?version=LIVE`,
			body: { sendMessages: [{ textMessageTemplate: { textMessages: [{ text: 'Hello' }] } }] },
			answer: {},
		},
		{
			source: 'intent test',
			call: `POST ${BOT}/nlp/extract?version=LIVE`,
			body: { language: 'en', expression: 'hello' },
			answer: { extract: { intents: [holding({ name: text })], entities: [] } },
		},
		{
			source: 'webhook channel, in',
			call: 'POST /channels/webhook/wh-1/messages',
			body: { conversationId: 'c-1', message: { textMessage: { text: 'echo 3' } } },
			answer: {},
		},
		{
			source: 'webhook channel: a message is needed',
			call: 'POST /channels/webhook/wh-1/messages',
			body: { conversationId: 'c-1' },
			status: 400,
			answer: error(3),
		},
	]);

	it('tells its rate limit', async () => {
		const response = await fetch(`${sandbox().baseUrls['chatlayerCore']}/v1/bots`, {
			headers: { authorization: `Bearer ${sandbox().keys['chatlayerCore']}` },
		});
		expect(response.headers.get('x-ratelimit-limit')).toBe('1200');
		expect(Number(response.headers.get('x-ratelimit-reset'))).toBeGreaterThan(1e11);
	});

	it('counts what came in by the webhook channel, and keeps its transcript', async () => {
		const { answer } = await core(`GET ${BOT}/conversations?version=LIVE&limit=1`);
		const session =
			(answer as { data: Array<{ user: { sessionId: string } }> }).data[0]?.user.sessionId ?? '';
		const transcript = await core(`GET ${BOT}/conversations/${session}/messages?version=LIVE`);
		expect(JSON.stringify(transcript.answer)).toContain('Echo 3');
	});
});

leavesNothingOut('Chatlayer Analytics', 'Chatlayer core API');
