import { ChatlayerClient, ChatlayerCoreClient, type JsonValue } from '@convoflow/client';
import { answer, fakePorts, pagesOf } from '../support/fake-ports';

// What each call puts on the wire, written by hand from Chatlayer reference §4 and §10.

const RANGE = { startTime: '2026-03-01T00:00:00.000Z', endTime: '2026-03-08T00:00:00.000Z' };
const TIMES = 'start_time=2026-03-01T00%3A00%3A00.000Z&end_time=2026-03-08T00%3A00%3A00.000Z';
const BOT = { ...RANGE, botId: 'k3v9x2ab', version: 'LIVE' };
const FILTERED = { ...BOT, channelTypes: ['web', 'sms'], languages: ['en'] };
const STD = `version=LIVE&${TIMES}&channel_type=web%2Csms&language=en`;
const TEAM = { ...RANGE, teamId: 'team-1' };
const FUNNEL = {
	...BOT,
	orderType: 'strict',
	breakdownProperty: 'language',
	steps: [
		{ order: 1, event_id: 'cart_opened' },
		{
			order: 2,
			event_id: 'order_placed',
			properties: [{ key: 'currency', operator: 'equals', type: 'string', value: ['EUR'] }],
		},
	],
};
const FUNNEL_BODY = {
	version: 'LIVE',
	start_time: '2026-03-01T00:00:00.000Z',
	end_time: '2026-03-08T00:00:00.000Z',
	order_type: 'strict',
	breakdown_property: 'language',
	steps: FUNNEL.steps,
};

type Api = ChatlayerClient & { readonly core: ChatlayerCoreClient };
type Contract = readonly [
	operation: string,
	call: (api: Api) => Promise<unknown> | AsyncIterable<readonly unknown[]>,
	wire: string,
	body?: JsonValue,
];

const CONTRACTS: readonly Contract[] = [
	// §4.1
	[
		'GetConversations',
		(api) => api.analytics.conversations({ ...FILTERED, bucket: '1d', groupBy: 'language' }),
		`GET /v1/bots/k3v9x2ab/conversations?${STD}&group_by=language&bucket=1d`,
	],
	[
		'GetConversationsInsights',
		(api) => api.analytics.conversationInsights({ ...FILTERED, stat: 'num_messages' }),
		`GET /v1/bots/k3v9x2ab/conversations/insights?${STD}&stat=num_messages`,
	],
	[
		'GetConversationFlow',
		(api) => api.flows.ofConversation({ ...BOT, conversationId: 'cv/501', messageId: 'm-1' }),
		`GET /v1/bots/k3v9x2ab/conversations/cv%2F501/flow?version=LIVE&${TIMES}&message_id=m-1`,
	],
	[
		'GetTeamConversationsUsage',
		(api) => api.analytics.teamConversations({ ...TEAM, bucket: '1d', groupBy: ['bot_id', 'language'] }),
		`GET /v1/teams/team-1/conversations?${TIMES}&group_by=bot_id%2Clanguage&bucket=1d`,
	],
	// §4.2
	[
		'GetMessages',
		(api) => api.analytics.messages({ ...FILTERED, bucket: '1h' }),
		`GET /v1/bots/k3v9x2ab/messages?${STD}&bucket=1h`,
	],
	[
		'GetUsers',
		(api) => api.analytics.users({ ...FILTERED, bucket: '1d' }),
		`GET /v1/bots/k3v9x2ab/users?${STD}&bucket=1d`,
	],
	[
		'GetUserActivity',
		(api) => api.analytics.userActivity(FILTERED),
		`GET /v1/bots/k3v9x2ab/users/activity?${STD}`,
	],
	[
		'GetIntents',
		(api) => api.analytics.intents({ ...FILTERED, bucket: '1d', limit: 5 }),
		`GET /v1/bots/k3v9x2ab/intents?${STD}&bucket=1d&first=5`,
	],
	[
		'GetIntentInsights',
		(api) => api.analytics.intentInsights({ ...FILTERED, bucket: '1d' }),
		`GET /v1/bots/k3v9x2ab/intents/insights?${STD}&bucket=1d`,
	],
	[
		'GetVoiceAnalytics',
		(api) => api.analytics.voiceMinutes({ ...TEAM, languages: ['en', 'sv'], bucket: '1h' }),
		`GET /v1/teams/team-1/voice_minutes?${TIMES}&language=en%2Csv&bucket=1h`,
	],
	['Echo', (api) => api.echo('ping'), 'POST /v1/echo', { message: 'ping' }],
	// §4.3
	[
		'GetKnowledgeBaseUsage',
		(api) => api.analytics.knowledgeBaseUsage({ ...FILTERED, bucket: '1d' }),
		`GET /v1/bots/k3v9x2ab/knowledge_base?${STD}&bucket=1d`,
	],
	[
		'GetKnowledgeBaseTagsInsights',
		(api) => api.analytics.knowledgeBaseTags(FILTERED),
		`GET /v1/bots/k3v9x2ab/knowledge_base/tags?${STD}`,
	],
	[
		'GetTeamKnowledgeBaseUsage',
		(api) =>
			api.analytics.teamKnowledgeBaseUsage({
				...TEAM,
				channelTypes: ['web'],
				languages: ['en'],
				bucket: '1d',
			}),
		`GET /v1/teams/team-1/knowledge_base?${TIMES}&channel_type=web&language=en&bucket=1d`,
	],
	// §4.4
	[
		'GetFlows',
		(api) => api.flows.steps({ ...FILTERED, path: ['start', 'opening hours'] }),
		`GET /v1/bots/k3v9x2ab/flows?${STD}&path=start&path=opening%20hours`,
	],
	[
		'GetFlowStepDetails',
		(api) => api.flows.step({ ...FILTERED, stepId: 'st/1' }),
		`GET /v1/bots/k3v9x2ab/flows/st%2F1?${STD}`,
	],
	[
		'GetFlowStepEdges',
		(api) => api.flows.edges({ ...FILTERED, stepId: 'start', type: 'targets' }),
		`GET /v1/bots/k3v9x2ab/flows/start/edges?${STD}&type=targets`,
	],
	[
		'ComputeFlowFunnel',
		(api) => api.flows.funnel(FUNNEL),
		'POST /v1/bots/k3v9x2ab/flows/funnel',
		FUNNEL_BODY,
	],
	// §4.5
	[
		'ListEvents',
		(api) =>
			api.events.list({
				...BOT,
				event: 'order_placed',
				conversationId: 'cv-1',
				userId: 'us-1',
				campaignId: 'spring',
				limit: 7,
			}),
		`GET /v1/bots/k3v9x2ab/events/stream?version=LIVE&${TIMES}&event=order_placed&conversation_id=cv-1&user_id=us-1&campaign_id=spring&page_size=7`,
	],
	[
		'ListEventsWithFilters',
		(api) =>
			api.events.search({
				...BOT,
				event: 'order_placed',
				filters: [{ key: 'currency', operator: 'equals', value: ['EUR'] }],
			}),
		'POST /v1/bots/k3v9x2ab/events/stream',
		{
			version: 'LIVE',
			start_time: '2026-03-01T00:00:00.000Z',
			end_time: '2026-03-08T00:00:00.000Z',
			event: 'order_placed',
			filters: [{ key: 'currency', operator: 'equals', value: ['EUR'] }],
			page_size: 100,
		},
	],
	[
		'TrackEvent',
		(api) =>
			api.events.track({
				botId: 'k3v9x2ab',
				id: 'ev-1',
				version: 'LIVE',
				userId: 'us-1',
				event: 'order_placed',
				attributes: { currency: 'EUR' },
				conversationId: 'cv-1',
				campaign: { id: 'spring', source: 'mail' },
				timestamp: '2026-03-01T08:00:00.000Z',
			}),
		'POST /v1/bots/k3v9x2ab/events/track',
		{
			id: 'ev-1',
			version: 'LIVE',
			user_id: 'us-1',
			event: 'order_placed',
			attributes: { currency: 'EUR' },
			context: { conversation_id: 'cv-1', campaign: { id: 'spring', source: 'mail' } },
			timestamp: '2026-03-01T08:00:00.000Z',
		},
	],
	[
		'TrackEvent, the least',
		(api) => api.events.track({ botId: 'k3v9x2ab', event: 'order_placed' }),
		'POST /v1/bots/k3v9x2ab/events/track',
		{ event: 'order_placed' },
	],
	[
		'ListEventDefinitions',
		(api) => api.events.definitions({ botId: 'k3v9x2ab', teamId: 'team-1' }),
		'GET /v1/bots/k3v9x2ab/events/definitions?team_id=team-1&page_size=100',
	],
	[
		'CreateEventDefinition',
		(api) =>
			api.events.define({ botId: 'k3v9x2ab', event: 'paid', description: 'Money came', teamId: 'team-1' }),
		'POST /v1/bots/k3v9x2ab/events/definitions',
		{ event: 'paid', description: 'Money came', team_id: 'team-1' },
	],
	[
		'GetEventAttributeValues',
		(api) => api.events.attributeValues({ botId: 'k3v9x2ab', attributeKey: 'step name', query: 'Da' }),
		'POST /v1/bots/k3v9x2ab/events/attributes/step%20name/values',
		{ query: 'Da' },
	],
	[
		'ComputeEventsFunnel',
		(api) => api.events.funnel(FUNNEL),
		'POST /v1/bots/k3v9x2ab/events/funnel',
		FUNNEL_BODY,
	],
	[
		'GetTeamEvents',
		(api) => api.events.ofTeam({ ...TEAM, userId: 'us-1' }),
		`GET /v1/teams/team-1/events?${TIMES}&user_id=us-1&page_size=100`,
	],
	[
		'ListTeamEventDefinitions',
		(api) => api.events.definitionsOfTeam({ teamId: 'team-1', botId: 'k3v9x2ab' }),
		'GET /v1/teams/team-1/events/definitions?bot_id=k3v9x2ab&page_size=100',
	],
	// §4.6
	[
		'ListSubscriptions',
		(api) => api.subscriptions.list({ botId: 'k3v9x2ab' }),
		'GET /v1/bots/k3v9x2ab/subscriptions?page_size=100',
	],
	[
		'CreateSubscription',
		(api) =>
			api.subscriptions.create({
				botId: 'k3v9x2ab',
				botVersion: 'LIVE',
				target: 'https://hooks.example.com/chatlayer/7f2c',
				secret: 'generated-per-subscription',
				eventType: 'TRACKING_EVENT',
				eventNames: ['order_placed'],
			}),
		'POST /v1/bots/k3v9x2ab/subscriptions',
		{
			bot_version: 'LIVE',
			target: 'https://hooks.example.com/chatlayer/7f2c',
			secret: 'generated-per-subscription',
			event_type: 'TRACKING_EVENT',
			event_names: ['order_placed'],
			version: 'v1',
		},
	],
	[
		'DeleteSubscription',
		(api) => api.subscriptions.remove({ botId: 'k3v9x2ab', subscriptionId: 'sub-1' }),
		'DELETE /v1/bots/k3v9x2ab/subscriptions/sub-1',
	],
	[
		'ListAppIntegrationsLogs',
		(api) => api.subscriptions.appLogs({ ...RANGE, appId: 'app-1', query: 'saved' }),
		`GET /v1/apps/app-1/logs/stream?${TIMES}&query=saved&page_size=100`,
	],
	// §10
	['core: list bots', (api) => api.core.bots(), 'GET /v1/bots'],
	[
		'core: list conversations',
		(api) => api.core.conversations({ botId: 'k3v9x2ab', version: 'LIVE', limit: 20 }),
		'GET /v1/bots/k3v9x2ab/conversations?version=LIVE&page=1&limit=20',
	],
	[
		'core: transcript',
		(api) => api.core.transcript({ botId: 'k3v9x2ab', version: 'LIVE', sessionId: 'a/b', most: 10 }),
		'GET /v1/bots/k3v9x2ab/conversations/a%2Fb/messages?version=LIVE&limit=10',
	],
	[
		'core: session data',
		(api) => api.core.sessionData({ botId: 'k3v9x2ab', version: 'DRAFT', sessionId: 's-1' }),
		'GET /v1/bots/k3v9x2ab/conversations/s-1/session-data?version=DRAFT',
	],
	[
		'core: delete session data',
		(api) => api.core.deleteSessionData({ botId: 'k3v9x2ab', version: 'LIVE', sessionId: 's-1' }),
		'DELETE /v1/bots/k3v9x2ab/conversations/s-1/session-data?version=LIVE',
	],
	[
		'core: send as agent',
		(api) => api.core.sendText({ botId: 'k3v9x2ab', version: 'LIVE', userId: 'us-1', text: 'Hello' }),
		'POST /v1/bots/k3v9x2ab/conversations/us-1/actions?version=LIVE',
		{ sendMessages: [{ textMessageTemplate: { textMessages: [{ text: 'Hello' }] } }] },
	],
];

it.each(CONTRACTS.map(([operation, ...rest]) => ({ operation, rest })))('$operation', async ({ rest }) => {
	const [call, wire, body] = rest;
	const ports = fakePorts([answer({})]);
	const options = { baseUrl: 'https://chatlayer.test', retries: 0 };
	const core = new ChatlayerCoreClient(ports, options);
	const made = call(Object.assign(new ChatlayerClient(ports, options), { core }));
	await (Symbol.asyncIterator in made ? pagesOf(made) : made);
	const [method = '', address = ''] = wire.split(' ');
	expect(
		ports.requests.map((one) => ({
			method: one.method,
			url: one.url,
			headers: one.headers,
			body: one.body === undefined ? undefined : (JSON.parse(one.body) as JsonValue),
		})),
	).toEqual([
		{
			method,
			url: `https://chatlayer.test${address}`,
			headers:
				body === undefined
					? { accept: 'application/json' }
					: { accept: 'application/json', 'content-type': 'application/json' },
			body,
		},
	]);
});

it('covers the 31 operations of the Analytics API and the six of the core API', () => {
	const names = new Set(CONTRACTS.map(([name]) => name.split(',')[0]));
	expect(names.size).toBe(31 + 6);
});

it('leaves empty parameters out', async () => {
	const ports = fakePorts([answer({})]);
	const client = new ChatlayerClient(ports, { baseUrl: 'https://chatlayer.test', retries: 0 });
	await client.analytics.messages({ ...BOT, channelTypes: [], languages: undefined });
	expect(ports.requests[0]?.url).toBe(
		`https://chatlayer.test/v1/bots/k3v9x2ab/messages?version=LIVE&${TIMES}`,
	);
});
