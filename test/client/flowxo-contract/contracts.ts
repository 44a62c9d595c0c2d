import type { Contract, Contracts } from '../contract/recorder';
import { bare, ENCODED, hook, json, message, RAW } from './expected';

const NONE = { total: 0, skip: 0, limit: 25, conversations: [] };
const TALK = { id: RAW, id_url_encoded: ENCODED };
const MESSAGES = `GET /api/conversations/${ENCODED}/messages`;
/** One conversation, written into a file: its end is looked for, since the list tells no length. */
const EXPORTED = [
	bare(`GET /api/conversations/${ENCODED}`),
	bare(`${MESSAGES}?skip=0&limit=100`),
	bare(`${MESSAGES}?skip=0&limit=2`),
];

/** A conversation by any form of its id. */
function byId(conversationId: string): Contract {
	return {
		from: `000, Listing a single conversation, by ${conversationId}`,
		input: { conversationId },
		answers: [TALK],
		wire: [bare(`GET /api/conversations/${ENCODED}`)],
	};
}

/** Every operation of Flow XO. */
export const contracts: Contracts = {
	'conversation.getMany': [
		{
			from: '000, Listing Conversations',
			input: { limit: 25 },
			answers: [NONE],
			wire: [bare('GET /api/conversations?skip=0&limit=25')],
		},
		{
			from: '000, Parameters: start and end; a plain date as it is, a moment in UTC',
			input: { limit: 25, skip: 50, start: '2026-02-01', end: '2026-03-01T01:00:00+01:00' },
			answers: [NONE],
			wire: [
				bare('GET /api/conversations?skip=50&limit=25&start=2026-02-01&end=2026-03-01T00%3A00%3A00.000Z'),
			],
		},
		{
			from: '000, Pagination: the next page begins behind the rows received, and overlaps them by one',
			input: { returnAll: true, pageSize: 2 },
			answers: [
				{ total: 3, conversations: [{ id: 'a/c/1' }, { id: 'a/c/2' }] },
				{ total: 3, conversations: [{ id: 'a/c/2' }, { id: 'a/c/3' }] },
				{ total: 3, conversations: [{ id: 'a/c/1' }, { id: 'a/c/2' }] },
			],
			wire: [
				bare('GET /api/conversations?skip=0&limit=2'),
				bare('GET /api/conversations?skip=1&limit=2'),
				bare('GET /api/conversations?skip=0&limit=2'),
			],
		},
		{
			from: 'Flow XO reference §2: no filter but the time, so none of the own ones is sent',
			input: {
				limit: 1,
				platform: 'telegram',
				bot: 'Bike Shop',
				agentMode: 'on',
				unreachable: 'no',
				activeAfter: '2026-01-01',
				activeBefore: '2026-02-01',
			},
			answers: [NONE],
			wire: [bare('GET /api/conversations?skip=0&limit=100')],
		},
	],
	'conversation.count': [
		{
			from: '000, Pagination: total',
			input: { start: '2026-02-01' },
			answers: [{ ...NONE, total: 3 }],
			wire: [bare('GET /api/conversations?skip=0&limit=1&start=2026-02-01')],
		},
	],
	'conversation.get': [byId(RAW), byId(ENCODED), byId(ENCODED.replaceAll('%', '%25'))],
	'conversation.getMessages': [
		{
			from: '000, Listing messages of a conversation: a bare list',
			input: { conversationId: RAW, limit: 50 },
			answers: [[]],
			wire: [bare(`${MESSAGES}?skip=0&limit=50`)],
		},
	],
	'conversation.exportTranscript': [
		{
			from: '000, Listing a single conversation, and its messages',
			input: { conversationId: RAW, format: 'jsonl' },
			answers: [TALK, TALK, [{ id: 'm-1' }]],
			wire: [bare(`GET /api/conversations/${ENCODED}`), ...EXPORTED],
		},
	],
	'conversation.exportTranscripts': [
		{
			from: '000, Listing a single conversation, and its messages',
			input: { format: 'csv' },
			items: [{ id: RAW }, { conversationId: ENCODED }],
			answers: [TALK, [{ id: 'm-1' }]],
			wire: EXPORTED,
		},
	],
	'message.sendText': [
		{
			from: 'Flow XO reference §6, text',
			input: { conversationId: ENCODED, text: 'We open at nine.' },
			wire: message('text', { body: 'We open at nine.' }),
		},
	],
	'message.sendMedia': [
		{
			from: 'Flow XO reference §6, its sample',
			input: { conversationId: RAW, mediaType: 'image', url: 'https://files.example.com/route.png' },
			wire: message('media', { type: 'image', url: 'https://files.example.com/route.png' }),
		},
		{
			from: 'Flow XO reference §6, file; its keys are [inferred]',
			input: {
				conversationId: RAW,
				mediaType: 'file',
				url: 'https://files.example.com/a',
				fileName: 'a.pdf',
				caption: 'Plan',
				thumbnail: 'https://files.example.com/a.png',
			},
			wire: message('media', {
				type: 'file',
				url: 'https://files.example.com/a',
				filename: 'a.pdf',
				caption: 'Plan',
				thumbnail: 'https://files.example.com/a.png',
			}),
		},
	],
	'message.sendCard': [
		{
			from: 'Flow XO reference §6, card; its keys are [inferred]',
			input: { conversationId: RAW, title: 'City bike', text: 'From 9 a day', buttons: [{ label: 'Rent' }] },
			wire: message('card', { title: 'City bike', text: 'From 9 a day', buttons: [{ label: 'Rent' }] }),
		},
		{
			from: 'Flow XO reference §6: a card of any other shape, as it is given',
			input: { conversationId: RAW, card: { header: 'City bike' } },
			wire: message('card', { header: 'City bike' }),
		},
	],
	'message.sendCustom': [
		{
			from: 'Flow XO reference §6, custom request',
			input: { conversationId: RAW, message: { text: '*Hi*', parse_mode: 'MarkdownV2' } },
			wire: message('custom', { text: '*Hi*', parse_mode: 'MarkdownV2' }),
		},
		{
			from: 'Flow XO reference §6, card set',
			input: { conversationId: RAW, message: { cards: [] }, typeName: 'card_set' },
			wire: message('card_set', { cards: [] }),
		},
	],
	'account.getInsights': [
		{
			from: 'Flow XO reference §6, account analytics',
			input: { start: '2026-01-01', end: '2026-01-31', unit: 'month', offsetMinutes: 60 },
			answers: [{ stats: [], metrics: [] }],
			wire: [bare('GET /api/insights?offset=60&start=2026-01-01&end=2026-01-31&unit=month')],
		},
	],
	'flow.getMany': [
		{
			from: 'Flow XO reference §6, flows',
			input: {},
			answers: [[]],
			wire: [bare('GET /api/workflows/simple')],
		},
	],
	'flow.setActive': [
		{
			from: 'Flow XO reference §6, flows; the path is [inferred]',
			input: { flowId: '64c0ffee1234567890abcde1', active: false },
			wire: [json('PUT /api/workflows/64c0ffee1234567890abcde1', { active: false })],
		},
	],
	'flow.start': [
		{
			from: 'Flow XO reference §8, into Flow XO: null rather than absent',
			input: { data: { order: 7 }, keys: 'order, note' },
			wire: [hook({ order: 7, note: null })],
		},
	],
	'api.request': [
		{
			from: 'Flow XO reference §6, sub-accounts',
			input: { method: 'GET', path: '/users/subaccounts', query: { limit: 2 } },
			wire: [bare('GET /api/users/subaccounts?limit=2')],
		},
	],
};
