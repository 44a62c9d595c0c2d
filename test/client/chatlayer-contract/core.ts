import type { Contracts } from '../contract/recorder';
import { BOT, core, json } from './expected';

const OF_BOT = { botId: 'k3v9x2ab' };

/** The core API, as it was seen in use, and whatever else the Analytics API has. */
export const others: Contracts = {
	'bot.getMany': [
		{ from: 'reference §10, list bots', input: {}, answers: [[]], wire: [core('GET /v1/bots')] },
	],
	'conversation.getMany': [
		{
			from: 'reference §10, list conversations; pages count from 1 [inferred]',
			input: { ...OF_BOT, limit: 20 },
			answers: [{ data: [] }],
			wire: [core(`GET ${BOT}/conversations?version=LIVE&page=1&limit=20`)],
		},
	],
	'conversation.getMessages': [
		{
			from: 'reference §10, transcript',
			input: { ...OF_BOT, sessionId: 'a/b', most: 10 },
			answers: [{ data: [] }],
			wire: [core(`GET ${BOT}/conversations/a%2Fb/messages?version=LIVE&limit=10`)],
		},
	],
	'conversation.getSessionData': [
		{
			from: 'reference §10, session data',
			input: { ...OF_BOT, version: 'DRAFT', sessionId: 's-1' },
			wire: [core(`GET ${BOT}/conversations/s-1/session-data?version=DRAFT`)],
		},
	],
	'conversation.deleteSessionData': [
		{
			from: 'reference §10, session data',
			input: { ...OF_BOT, sessionId: 's-1' },
			wire: [core(`DELETE ${BOT}/conversations/s-1/session-data?version=LIVE`)],
		},
	],
	'conversation.sendText': [
		{
			from: 'reference §10, send as agent',
			input: { ...OF_BOT, userId: 'us/1', text: 'Hello' },
			wire: [
				core(`POST ${BOT}/conversations/us%2F1/actions?version=LIVE`, {
					sendMessages: [{ textMessageTemplate: { textMessages: [{ text: 'Hello' }] } }],
				}),
			],
		},
	],
	'api.request': [
		{
			from: 'reference §4.2, Echo',
			input: { method: 'POST', path: '/v1/echo', body: { message: 'ping' } },
			wire: [json('POST /v1/echo', { message: 'ping' })],
		},
	],
	'coreApi.request': [
		{
			from: 'reference §10, calls under the access token',
			input: {
				method: 'POST',
				path: '/v1/bots/k3v9x2ab/nlp/extract',
				query: { version: 'LIVE' },
				body: { language: 'en', expression: 'hi' },
			},
			wire: [core(`POST ${BOT}/nlp/extract?version=LIVE`, { language: 'en', expression: 'hi' })],
		},
	],
};
