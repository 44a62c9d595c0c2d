import { message, bare, THREAD, WORKFLOW } from './expected';
import type { Contracts } from '../contract/recorder';

const JOHN = { name: 'John Doe', role: 'external' };
const FILE = { name: 'menu.txt', mimeType: 'text/plain', content: Buffer.from('Soup\r\n') };

/** Every field that a message may carry beside its content. */
const EVERYTHING = {
	traceId: 0,
	originatorName: 'John Doe',
	originatorRole: 'moderator',
	language: 'en',
	timezone: -5,
	paramValues: [
		{ name: 'food', value: 'food-item-22332', match: 'Pizza Hawaii' },
		{ name: 'food', value: 'food-item-44525', match: 'Pizza Calzone' },
	],
	params: { passengerCount: [{ value: '2' }] },
	profile: { fullName: 'John Doe', locale: 'en-US', gender: 'M', timezone: -5 },
	metadata: { clientNumber: 'asddaasq333ee332' },
};
const PARAMS = {
	food: [
		{ value: 'food-item-22332', match: 'Pizza Hawaii' },
		{ value: 'food-item-44525', match: 'Pizza Calzone' },
	],
	passengerCount: [{ value: '2' }],
};
const ORIGINATOR = {
	name: 'John Doe',
	role: 'moderator',
	profile: { fullName: 'John Doe', locale: 'en-US', gender: 'M', timezone: -5 },
	metadata: { clientNumber: 'asddaasq333ee332' },
};
const FLAT = { traceId: 0, lang: 'en', timezone: -5, params: PARAMS, originator: ORIGINATOR };
const UNDER_METADATA = {
	traceId: 0,
	metadata: { language: 'en', timezone: -5, params: PARAMS },
	originator: ORIGINATOR,
};

/** The operations of the resource Message. */
export const messages: Contracts = {
	'message.sendText': [
		{
			from: '001, Text message, its sample',
			input: { threadId: THREAD, text: 'Hello', originatorName: 'John Doe', traceId: 1 },
			wire: message(THREAD, { type: 'text', traceId: 1, speech: 'Hello', originator: JOHN }),
		},
		{
			from: '001, Text message, its arguments; Originator, Profile and Params object',
			input: { threadId: 't-100|w_c51f0e2a', text: 'Två, tack 🍽️', ...EVERYTHING },
			wire: message('t-100%7Cw_c51f0e2a', { type: 'text', speech: 'Två, tack 🍽️', ...FLAT }),
		},
		{
			from: 'Flow.ai reference §3.1, the form of later docs; §2.1, writeConcern',
			input: {
				threadId: 't/1',
				text: 'Hi',
				contextForm: 'metadata',
				waitForProcessing: true,
				...EVERYTHING,
			},
			wire: message('t%2F1?writeConcern=true', { type: 'text', speech: 'Hi', ...UNDER_METADATA }),
		},
		{
			from: '001, Text message: at most 255 characters',
			input: { threadId: 't', text: `${'a'.repeat(200)}. ${'b'.repeat(200)}`, longText: 'split', traceId: 5 },
			wire: [
				...message('t', {
					type: 'text',
					traceId: 5,
					speech: `${'a'.repeat(200)}.`,
					originator: WORKFLOW,
				}),
				...message('t', { type: 'text', traceId: 6, speech: 'b'.repeat(200), originator: WORKFLOW }),
			],
		},
	],
	'message.sendEvent': [
		{
			from: '001, Event message, its sample',
			input: { threadId: THREAD, eventName: 'MY_EVENT', originatorName: 'John Doe', traceId: 1 },
			wire: message(THREAD, { type: 'event', traceId: 1, eventName: 'MY_EVENT', originator: JOHN }),
		},
		{
			from: '001, Event message, its arguments',
			input: { threadId: 't', eventName: 'MY_EVENT', ...EVERYTHING },
			wire: message('t', { type: 'event', eventName: 'MY_EVENT', ...FLAT }),
		},
	],
	'message.sendLocation': [
		{
			from: '001, Location message, its sample with a place on Earth',
			input: { threadId: THREAD, latitude: 59.3293, longitude: '-18.0', traceId: 1 },
			wire: message(THREAD, {
				type: 'location',
				traceId: 1,
				lat: '59.3293',
				long: '-18.0',
				originator: WORKFLOW,
			}),
		},
		{
			from: '001, Location message, its arguments; Flow.ai reference §3.1, title',
			input: { threadId: 't', latitude: '1', longitude: '2', title: 'Here', ...EVERYTHING },
			wire: message('t', { type: 'location', lat: '1', long: '2', title: 'Here', ...FLAT }),
		},
	],
	'message.sendMedia': [
		{
			from: '001, Media message, its HTTP sample with both spellings',
			input: {
				threadId: THREAD,
				url: 'https://source.unsplash.com/random/880x400',
				mimeType: 'image/png',
				mimeTypeSpelling: 'both',
				traceId: 1,
			},
			wire: message(THREAD, {
				type: 'media',
				traceId: 1,
				mediaType: 'image',
				mimeType: 'image/png',
				mimetype: 'image/png',
				url: 'https://source.unsplash.com/random/880x400',
				originator: WORKFLOW,
			}),
		},
		{
			from: '001, Media message, its arguments; Flow.ai reference §3.1, title',
			input: {
				threadId: 't',
				mediaType: 'video',
				url: 'https://cdn.example.com/v.mp4',
				title: 'V',
				...EVERYTHING,
			},
			wire: message('t', {
				type: 'media',
				mediaType: 'video',
				url: 'https://cdn.example.com/v.mp4',
				title: 'V',
				...FLAT,
			}),
		},
	],
	'message.sendMediaFile': [
		{
			from: '001, Media message, its prose and JavaScript sample: multipart with file and query',
			input: { threadId: THREAD, file: FILE, traceId: 1 },
			wire: [
				{
					request: `POST /rest/v1/messages/${THREAD}`,
					headers: {
						accept: 'application/json',
						authorization: 'Bearer MY_MESSAGING_API_KEY',
						'content-type': 'multipart/form-data; boundary=BOUNDARY',
					},
					body: [
						'--BOUNDARY',
						'Content-Disposition: form-data; name="query"',
						'',
						'{"payload":{"type":"media","traceId":1,"mediaType":"file","mimeType":"text/plain",' +
							'"originator":{"name":"Workflow","role":"external"}}}',
						'--BOUNDARY',
						'Content-Disposition: form-data; name="file"; filename="menu.txt"',
						'Content-Type: text/plain',
						'',
						'Soup\r\n',
						'--BOUNDARY--',
						'',
					].join('\r\n'),
				},
			],
		},
	],
	'message.sendAndWait': [
		{
			from: 'Flow.ai reference §2.5: sync',
			input: { threadId: THREAD, text: 'Hello', traceId: 1 },
			wire: message(`${THREAD}?sync=true`, {
				type: 'text',
				traceId: 1,
				speech: 'Hello',
				originator: WORKFLOW,
			}),
		},
	],
	'message.getMany': [
		{
			from: '001, Thread messages, sync with its pages of 20',
			input: { threadId: 't-100|w_c', returnAll: true },
			answers: [
				{ status: 'ok', result: { threadId: 't', page: 1, pages: 2, history: [{ createdAt: 1 }] } },
				{ status: 'ok', result: { threadId: 't', page: 2, pages: 2, history: [{ createdAt: 2 }] } },
			],
			wire: [
				bare('GET /rest/v1/messages/t-100%7Cw_c?sync=true&page=1'),
				bare('GET /rest/v1/messages/t-100%7Cw_c?sync=true&page=2'),
			],
		},
		{
			from: 'Flow.ai reference §2.2 row 2: event',
			input: { threadId: 't', includeEvents: true, order: 'newest' },
			answers: [{ status: 'ok', result: { history: [], page: 1, pages: 1 } }],
			wire: [bare('GET /rest/v1/messages/t?sync=true&page=1&event=true')],
		},
		{
			from: '001, Thread messages, its first sample: the answer arrives at the webhook',
			input: { threadId: THREAD, answer: 'webhook' },
			wire: [bare(`GET /rest/v1/messages/${THREAD}`)],
		},
		{
			from: '001, Thread messages, page without sync',
			input: { threadId: THREAD, answer: 'webhook', page: 2, includeEvents: true },
			wire: [bare(`GET /rest/v1/messages/${THREAD}?page=2&event=true`)],
		},
	],
};
