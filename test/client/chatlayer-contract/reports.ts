import type { Contracts } from '../contract/recorder';
import { bare, BOT, FILTERED, OF_BOT, RANGE, STD, VERSIONED, WEEK } from './expected';

const TEAM = { teamId: 'team/1', ...WEEK };

/** What is counted: of a bot, and of a team. */
export const reports: Contracts = {
	'analytics.getConversations': [
		{
			from: '002, Get conversation analytics; reference §4.1',
			input: { ...FILTERED, groupBy: 'language' },
			wire: [bare(`GET ${BOT}/conversations?${STD}&group_by=language&bucket=1d`)],
		},
		{
			from: 'reference §3: repeated keys, the other reading',
			input: { ...FILTERED, bucket: '1h', repeatKeys: true },
			wire: [
				bare(`GET ${BOT}/conversations?${VERSIONED}&channel_type=web&channel_type=sms&language=en&bucket=1h`),
			],
		},
		{
			from: 'reference §3: what is empty is left out',
			input: { ...OF_BOT, channelTypes: '', bucket: 'none' },
			wire: [bare(`GET ${BOT}/conversations?${VERSIONED}`)],
		},
	],
	'analytics.getInsights': [
		{
			from: '002, GetConversationsInsights; reference §4.1',
			input: { ...FILTERED, version: 'DRAFT', stat: 'num_messages' },
			wire: [bare(`GET ${BOT}/conversations/insights?${STD.replace('LIVE', 'DRAFT')}&stat=num_messages`)],
		},
	],
	'analytics.getConversationFlow': [
		{
			from: '002, GetConversationFlow; reference §4.1',
			input: { ...OF_BOT, conversationId: 'cv/501', messageId: 'm-1' },
			wire: [bare(`GET ${BOT}/conversations/cv%2F501/flow?${VERSIONED}&message_id=m-1`)],
		},
	],
	'analytics.getTeamUsage': [
		{
			from: '002, GetTeamConversationsUsage; reference §4.1: several groups, a bucket always',
			input: { ...TEAM, groupBy: ['bot_id', 'language'] },
			wire: [bare(`GET /v1/teams/team%2F1/conversations?${RANGE}&group_by=bot_id%2Clanguage&bucket=1d`)],
		},
	],
	'analytics.getMessages': [
		{
			from: 'reference §4.2, GetMessages: one channel, one language',
			input: { ...OF_BOT, channelTypes: 'web', languages: 'en', bucket: '1h' },
			wire: [bare(`GET ${BOT}/messages?${VERSIONED}&channel_type=web&language=en&bucket=1h`)],
		},
	],
	'analytics.getUsers': [
		{
			from: 'reference §4.2, GetUsers',
			input: FILTERED,
			wire: [bare(`GET ${BOT}/users?${STD}&bucket=1d`)],
		},
	],
	'analytics.getUserActivity': [
		{
			from: 'reference §4.2, GetUserActivity: no bucket',
			input: FILTERED,
			wire: [bare(`GET ${BOT}/users/activity?${STD}`)],
		},
	],
	'analytics.getVoiceMinutes': [
		{
			from: 'reference §4.2, GetVoiceAnalytics: no version, no channel',
			input: { ...TEAM, languages: 'en,sv', bucket: '1h' },
			wire: [bare(`GET /v1/teams/team%2F1/voice_minutes?${RANGE}&language=en%2Csv&bucket=1h`)],
		},
	],
	'intent.getMany': [
		{
			from: 'reference §4.2, GetIntents; §7, cursor: forward by first and after while has_more',
			input: { ...FILTERED, bucket: '1d', limit: 3 },
			answers: [
				{ data: [{ intent_id: 'a' }, { intent_id: 'b' }], pagination: { end_cursor: 'c/2', has_more: true } },
				{ data: [{ intent_id: 'c' }], pagination: { end_cursor: 'c/3', has_more: false } },
			],
			wire: [
				bare(`GET ${BOT}/intents?${STD}&bucket=1d&first=3`),
				bare(`GET ${BOT}/intents?${STD}&bucket=1d&after=c%2F2&first=3`),
			],
		},
	],
	'intent.getInsights': [
		{
			from: 'reference §4.2, GetIntentInsights',
			input: FILTERED,
			wire: [bare(`GET ${BOT}/intents/insights?${STD}&bucket=1d`)],
		},
	],
	'knowledgeBase.getUsage': [
		{
			from: 'reference §4.3, GetKnowledgeBaseUsage',
			input: FILTERED,
			wire: [bare(`GET ${BOT}/knowledge_base?${STD}&bucket=1d`)],
		},
	],
	'knowledgeBase.getTags': [
		{
			from: 'reference §4.3, GetKnowledgeBaseTagsInsights',
			input: FILTERED,
			wire: [bare(`GET ${BOT}/knowledge_base/tags?${STD}`)],
		},
	],
	'knowledgeBase.getTeamUsage': [
		{
			from: 'reference §4.3, GetTeamKnowledgeBaseUsage: weeks and months are cut from days',
			input: { ...TEAM, channelTypes: 'web', languages: 'en' },
			wire: [bare(`GET /v1/teams/team%2F1/knowledge_base?${RANGE}&channel_type=web&language=en&bucket=1d`)],
		},
	],
	'chart.create': [
		{
			from: 'decision 010: drawn here, nothing is asked',
			input: {},
			items: [{ x: 'a', value: 1 }],
			wire: [],
		},
	],
	'appLog.getMany': [
		{
			from: 'reference §4.6, ListAppIntegrationsLogs',
			input: { appId: 'app 1', ...WEEK, query: 'saved', limit: 20 },
			wire: [bare(`GET /v1/apps/app%201/logs/stream?${RANGE}&query=saved&page_size=20`)],
		},
	],
};
