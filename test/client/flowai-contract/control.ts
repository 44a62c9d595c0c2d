import { bare, json, THREAD } from './expected';
import type { Contracts } from '../contract/recorder';

const EMPTY_LIST = { status: 'ok', result: { threads: [], items: [], page: '1', pages: 1 } };
const MANAGEMENT = { accept: 'application/json', authorization: 'Bearer MY_MANAGEMENT_API_KEY' };
const FLOWS = [{ flowId: 'fl-1' }, { flowId: 'fl-2' }];

/** Threads, the bot, events, the project, broadcasts, flows and whatever else the APIs have. */
export const control: Contracts = {
	'thread.generateId': [
		{
			from: 'Flow.ai reference §2.2 row 7: no body',
			input: {},
			answers: [{ status: 'ok', threadId: 't-1|w_c' }],
			wire: [bare('POST /rest/v1/messages')],
		},
	],
	'thread.getMany': [
		{
			from: 'Flow.ai reference §2.2 row 8; §9: page is always sent',
			input: { returnAll: true },
			answers: [EMPTY_LIST],
			wire: [bare('GET /rest/v1/threads?sync=true&page=1')],
		},
		{
			from: 'Flow.ai reference §2.2 row 8, async',
			input: { answer: 'webhook', page: 3 },
			wire: [bare('GET /rest/v1/threads?page=3')],
		},
	],
	'thread.handover': [
		{
			from: 'Flow.ai reference §2.2 row 9',
			input: { threadId: 't|o_c' },
			wire: [json('POST /rest/v1/handover/t%7Co_c', {})],
		},
		{
			from: 'Flow.ai reference §2.4, the flat form',
			input: { threadId: 't', secondsToPause: 900 },
			wire: [json('POST /rest/v1/handover/t', { secondsToPause: 900 })],
		},
	],
	'thread.takeover': [
		{
			from: 'Flow.ai reference §2.2 row 10',
			input: { threadId: 't|o_c' },
			wire: [json('POST /rest/v1/takeover/t%7Co_c', {})],
		},
	],
	'thread.resolve': [
		{
			from: 'Flow.ai reference §2.2 row 11: no body',
			input: { threadId: 't|o_c' },
			wire: [bare('POST /rest/v1/resolve/t%7Co_c')],
		},
	],
	'bot.pause': [
		{
			from: '001, Pause, its sample',
			input: { threadId: THREAD },
			wire: [json(`POST /rest/v1/pause/${THREAD}`, {})],
		},
	],
	'bot.resume': [
		{ from: '001, Resume', input: { threadId: 't|w_c' }, wire: [bare('DELETE /rest/v1/pause/t%7Cw_c')] },
	],
	'bot.getStatus': [
		{
			from: '001, Bot status, sync; its answer is spelled isPaued',
			input: { threadId: THREAD },
			answers: [{ status: 'ok', isPaued: true, threadId: THREAD }],
			wire: [bare(`GET /rest/v1/pause/${THREAD}?sync=true`)],
		},
		{
			from: '001, Bot status, async',
			input: { threadId: THREAD, answer: 'webhook' },
			wire: [bare(`GET /rest/v1/pause/${THREAD}`)],
		},
	],
	'event.getMany': [
		{
			from: 'Flow.ai reference §2.2 row 12',
			input: {},
			answers: [EMPTY_LIST],
			wire: [bare('GET /rest/v1/trigger/event?sync=true')],
		},
		{
			from: 'Flow.ai reference §2.2 row 12, async',
			input: { answer: 'webhook' },
			wire: [bare('GET /rest/v1/trigger/event')],
		},
	],
	'event.trigger': [
		{
			from: 'Flow.ai reference §2.2 row 13',
			input: { threadId: 't|w_c', eventName: 'CART LEFT&' },
			wire: [json('POST /rest/v1/trigger/event/t%7Cw_c?eventName=CART%20LEFT%26', {})],
		},
	],
	'project.getBusinessHours': [
		{
			from: '001, Business hours, sync',
			input: { at: '2026-03-03T10:30:00Z' },
			answers: [{ status: 'ok', businessHours: [] }],
			wire: [bare('GET /rest/v1/businesshours?sync=true')],
		},
		{
			from: '001, Business hours, async',
			input: { answer: 'webhook' },
			wire: [bare('GET /rest/v1/businesshours')],
		},
	],
	'broadcast.sendToAudience': [
		{
			from: 'Flow.ai reference §2.4, the request for row 14',
			input: {
				audience: [{ name: 'Mara', phoneNumber: '+46700000001', profile: { firstName: 'Mara' } }],
				channelName: 'whatsapp',
				externalId: '+46800000002',
				content: 'event',
				eventName: 'CART_LEFT',
				language: 'sv',
				timezone: 2,
				paramValues: [{ name: 'cart', value: 'c-31' }],
			},
			wire: [
				json('POST /rest/v1/broadcast/instant', {
					audience: [{ name: 'Mara', phoneNumber: '+46700000001', profile: { firstName: 'Mara' } }],
					channel: { channelName: 'whatsapp', externalId: '+46800000002' },
					payload: {
						type: 'event',
						eventName: 'CART_LEFT',
						metadata: { language: 'sv', timezone: 2, params: { cart: [{ value: 'c-31' }] } },
					},
				}),
			],
		},
	],
	'broadcast.sendToSegment': [
		{
			from: 'Flow.ai reference §2.4, the request for row 15, by name',
			input: { segmentBy: 'name', segmentName: 'Buyers', text: 'Doors open at nine' },
			wire: [
				json('POST /rest/v1/broadcast/instant/segment', {
					audience: [{ name: 'Buyers' }],
					payload: { type: 'text', speech: 'Doors open at nine' },
				}),
			],
		},
		{
			from: 'Flow.ai reference §2.4: media and location too, by id',
			input: {
				segmentId: 'au-9',
				content: 'location',
				latitude: '59.3',
				longitude: '18.1',
				title: 'Here',
			},
			wire: [
				json('POST /rest/v1/broadcast/instant/segment', {
					audience: [{ id: 'au-9' }],
					payload: { type: 'location', lat: '59.3', long: '18.1', title: 'Here' },
				}),
			],
		},
	],
	'broadcast.getSegments': [
		{
			from: 'Flow.ai reference §2.2 row 16: always sync',
			input: {},
			answers: [{ status: 'ok', segments: [] }],
			wire: [bare('GET /rest/v1/broadcast/segments?sync=true')],
		},
	],
	'flow.getMany': [
		{
			from: '001, Management API, List all Flows',
			input: { projectId: 'a/b', limit: 2, skip: 4 },
			answers: [FLOWS],
			wire: [{ request: 'GET /v1/projects/a%2Fb/flows?limit=2&skip=4', headers: MANAGEMENT }],
		},
	],
	'flow.get': [
		{
			from: '001, Management API, List all Flows; the project of the credential',
			input: { flowId: 'fl-2' },
			answers: [FLOWS],
			wire: [{ request: 'GET /v1/projects/pr-1/flows?limit=50&skip=0', headers: MANAGEMENT }],
		},
	],
	'api.request': [
		{
			from: '001, REST API: any call under the key',
			input: {
				method: 'POST',
				path: '/rest/v1/later/å',
				query: { page: 2, tag: ['a', 'b'] },
				headers: { 'X-Own': '1' },
				body: { a: [1] },
			},
			wire: [
				{
					request: 'POST /rest/v1/later/%C3%A5?page=2&tag=a&tag=b',
					headers: {
						accept: 'application/json',
						authorization: 'Bearer MY_MESSAGING_API_KEY',
						'content-type': 'application/json',
						'x-own': '1',
					},
					body: { a: [1] },
				},
			],
		},
	],
	'managementApi.request': [
		{
			from: '001, Management API: any call under the key',
			input: { method: 'GET', path: '/v1/projects/pr-1/flows', query: { limit: 5 } },
			wire: [{ request: 'GET /v1/projects/pr-1/flows?limit=5', headers: MANAGEMENT }],
		},
	],
	'action.reply': [
		{
			from: 'Flow.ai reference §8, the answer',
			input: { text: 'Booked', events: 'RESERVED', params: { reservation: 'r-77' } },
			wire: [],
			answered: {
				verifyToken: 'vt-secret',
				messages: [{ fallback: 'Booked', responses: [{ type: 'text', payload: { text: 'Booked' } }] }],
				events: [{ name: 'RESERVED' }],
				params: { reservation: [{ value: 'r-77' }] },
			},
		},
	],
	'action.replyLater': [
		{
			from: 'Flow.ai reference §8, the later answer: the same JSON to the reply URL',
			input: { replyUrl: 'of the service', text: 'Booked' },
			wire: [
				{
					request: 'POST /reply/abc',
					headers: { accept: 'application/json', 'content-type': 'application/json' },
					body: {
						verifyToken: 'vt-secret',
						messages: [{ fallback: 'Booked', responses: [{ type: 'text', payload: { text: 'Booked' } }] }],
					},
				},
			],
		},
	],
};
