import type { Contracts } from '../contract/recorder';
import { bare, BOT, FILTERED, json, OF_BOT, RANGE, STD, VERSIONED, WEEK } from './expected';

const STEPS = [
	{ eventId: 'cart_opened' },
	{
		eventId: 'order_placed',
		properties: [{ key: 'currency', operator: 'equals', type: 'string', value: ['EUR'] }],
	},
];
const FUNNEL = { ...OF_BOT, steps: STEPS, orderType: 'strict', breakdownProperty: 'language' };
/** Reference §4.7, its example but for the week. */
const FUNNEL_BODY = {
	version: 'LIVE',
	start_time: '2026-03-01T00:00:00.000Z',
	end_time: '2026-03-08T00:00:00.000Z',
	order_type: 'strict',
	breakdown_property: 'language',
	steps: [
		{ order: 1, event_id: 'cart_opened' },
		{
			order: 2,
			event_id: 'order_placed',
			properties: [{ key: 'currency', operator: 'equals', type: 'string', value: ['EUR'] }],
		},
	],
};
const LEAST = { botId: 'k3v9x2ab', returnAll: true };

/** Ways through a bot. */
const flows: Contracts = {
	'flow.getSteps': [
		{
			from: 'reference §4.4, GetFlows: the path by repeated keys',
			input: { ...FILTERED, path: 'start, opening hours' },
			wire: [bare(`GET ${BOT}/flows?${STD}&path=start&path=opening%20hours`)],
		},
	],
	'flow.getStep': [
		{
			from: 'reference §4.4, GetFlowStepDetails',
			input: { ...FILTERED, stepId: 'st/1' },
			wire: [bare(`GET ${BOT}/flows/st%2F1?${STD}`)],
		},
	],
	'flow.getStepEdges': [
		{
			from: 'reference §4.4, GetFlowStepEdges',
			input: { ...FILTERED, stepId: 'start', direction: 'sources' },
			wire: [bare(`GET ${BOT}/flows/start/edges?${STD}&type=sources`)],
		},
	],
	'flow.getFunnel': [
		{
			from: 'reference §4.7, of flows',
			input: FUNNEL,
			wire: [json(`POST ${BOT}/flows/funnel`, FUNNEL_BODY)],
		},
	],
};

/** Tracked events. */
const events: Contracts = {
	'event.getMany': [
		{
			from: 'reference §4.5, ListEvents; §7: by the token of the page before, until it is empty',
			input: {
				...OF_BOT,
				event: 'order_placed',
				conversationId: 'cv-1',
				userId: 'us-1',
				campaignId: 'spring',
				returnAll: true,
			},
			answers: [
				{ events: [], next_page_token: 't/2' },
				{ events: [{ id: 'e' }], next_page_token: '' },
			],
			wire: ['', '&page_token=t%2F2'].map((token) =>
				bare(
					`GET ${BOT}/events/stream?${VERSIONED}&event=order_placed&conversation_id=cv-1&user_id=us-1&campaign_id=spring&page_size=100${token}`,
				),
			),
		},
	],
	'event.search': [
		{
			from: 'reference §4.5, ListEventsWithFilters',
			input: {
				...OF_BOT,
				event: 'order_placed',
				conditions: [{ key: 'currency', operator: 'equals', value: 'EUR, SEK' }],
				returnAll: true,
			},
			wire: [
				json(`POST ${BOT}/events/stream`, {
					version: 'LIVE',
					start_time: '2026-03-01T00:00:00.000Z',
					end_time: '2026-03-08T00:00:00.000Z',
					event: 'order_placed',
					filters: [{ key: 'currency', operator: 'equals', value: ['EUR', 'SEK'] }],
					page_size: 100,
				}),
			],
		},
	],
	'event.track': [
		{
			from: 'reference §4.5, TrackEvent',
			input: {
				botId: 'k3v9x2ab',
				event: 'order_placed',
				userId: 'us-1',
				id: 'ev-1',
				attributes: { currency: 'EUR' },
				conversationId: 'cv-1',
				campaign: { id: 'spring', source: 'mail' },
				timestamp: '2026-03-01T08:00:00Z',
			},
			wire: [
				json(`POST ${BOT}/events/track`, {
					id: 'ev-1',
					version: 'LIVE',
					user_id: 'us-1',
					event: 'order_placed',
					attributes: { currency: 'EUR' },
					context: { conversation_id: 'cv-1', campaign: { id: 'spring', source: 'mail' } },
					timestamp: '2026-03-01T08:00:00.000Z',
				}),
			],
		},
		{
			from: 'reference §4.5, TrackEvent: nothing is required',
			input: { botId: 'k3v9x2ab', event: 'order_placed' },
			wire: [json(`POST ${BOT}/events/track`, { version: 'LIVE', event: 'order_placed' })],
		},
	],
	'event.getAttributeValues': [
		{
			from: 'reference §4.5, GetEventAttributeValues',
			input: { botId: 'k3v9x2ab', attributeKey: 'step name', query: 'Da' },
			wire: [json(`POST ${BOT}/events/attributes/step%20name/values`, { query: 'Da' })],
		},
		{
			from: 'reference §4.5: a body is required, even where no field of it is',
			input: { botId: 'k3v9x2ab', attributeKey: 'flow' },
			wire: [json(`POST ${BOT}/events/attributes/flow/values`, {})],
		},
	],
	'event.getFunnel': [
		{
			from: 'reference §4.7, of events',
			input: FUNNEL,
			wire: [json(`POST ${BOT}/events/funnel`, FUNNEL_BODY)],
		},
	],
	'event.getTeamEvents': [
		{
			from: 'reference §4.5, GetTeamEvents',
			input: { teamId: 'team-1', ...WEEK, userId: 'us-1', limit: 7 },
			wire: [bare(`GET /v1/teams/team-1/events?${RANGE}&user_id=us-1&page_size=7`)],
		},
	],
	'eventDefinition.getMany': [
		{
			from: 'reference §4.5, ListEventDefinitions',
			input: { ...LEAST, teamId: 'team-1' },
			wire: [bare(`GET ${BOT}/events/definitions?team_id=team-1&page_size=100`)],
		},
	],
	'eventDefinition.getManyOfTeam': [
		{
			from: 'reference §4.5, ListTeamEventDefinitions',
			input: { teamId: 'team-1', botId: 'k3v9x2ab', returnAll: true },
			wire: [bare('GET /v1/teams/team-1/events/definitions?bot_id=k3v9x2ab&page_size=100')],
		},
	],
	'eventDefinition.create': [
		{
			from: 'reference §4.5, CreateEventDefinition',
			input: { botId: 'k3v9x2ab', event: 'paid', description: 'Money came', teamId: 'team-1' },
			wire: [
				json(`POST ${BOT}/events/definitions`, {
					event: 'paid',
					description: 'Money came',
					team_id: 'team-1',
				}),
			],
		},
	],
};

/** Event subscriptions. */
const subscriptions: Contracts = {
	'subscription.getMany': [
		{
			from: 'reference §4.6, ListSubscriptions',
			input: LEAST,
			wire: [bare(`GET ${BOT}/subscriptions?page_size=100`)],
		},
	],
	'subscription.create': [
		{
			from: 'reference §4.6, CreateSubscription; §9, create body',
			input: {
				botId: 'k3v9x2ab',
				target: 'https://hooks.example.com/chatlayer/7f2c',
				eventNames: 'order_placed',
			},
			wire: [
				json(`POST ${BOT}/subscriptions`, {
					bot_version: 'LIVE',
					target: 'https://hooks.example.com/chatlayer/7f2c',
					secret: 'UUID',
					event_type: 'TRACKING_EVENT',
					event_names: ['order_placed'],
					version: 'v1',
				}),
			],
		},
	],
	'subscription.delete': [
		{
			from: 'reference §4.6, DeleteSubscription',
			input: { botId: 'k3v9x2ab', subscriptionId: 'sub/1' },
			wire: [bare(`DELETE ${BOT}/subscriptions/sub%2F1`)],
		},
	],
};

export const flowsAndEvents: Contracts = { ...flows, ...events, ...subscriptions };
