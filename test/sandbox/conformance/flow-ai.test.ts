/* eslint-disable @typescript-eslint/no-unsafe-assignment -- answers are foreign JSON, and what they hold is asserted */
import {
	asker,
	flag,
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
const key = (name: keyof ReturnType<typeof sandbox>['keys']): string => sandbox().keys[name];
const base = (): string => sandbox().baseUrls['flowAi'] ?? '';

const author = { name: 'Mara Lind', role: 'external' };
const message = (payload: object): unknown => ({ payload: { originator: author, ...payload } });
const ok = { status: 'ok' };
const error = { status: 'error', message: text };
const entry = holding({
	originator: holding({
		name: text,
		role: expect.stringMatching(/^(user|bot|moderator)$/),
		profile: expect.any(Object),
	}),
	messages: [
		holding({
			fallback: text,
			contexts: [],
			params: {},
			intents: [],
			createdAt: iso,
			responses: [holding({ type: text, payload: expect.any(Object) })],
		}),
	],
});

describe('REST', () => {
	const ask = asker(
		() => `${base()}/rest/v1`,
		() => key('flowAiRest'),
	);

	walk(ask, [
		{
			source: 'Flow.ai reference §2.3: text with every optional field of the 2019 form',
			call: 'POST /messages/c-1',
			body: message({
				type: 'text',
				traceId: 90210,
				speech: 'Is table six free?',
				lang: 'en',
				timezone: 2,
				params: { table: [{ value: 't-6', match: 'table six' }] },
				originator: {
					...author,
					metadata: { loyalty: 'silver' },
					profile: {
						fullName: 'Mara Lind',
						locale: 'sv-SE',
						timezone: 2,
						country: 'se',
						email: 'mara@example.com',
					},
				},
			}),
			answer: ok,
		},
		{
			source: 'Flow.ai reference §2.3: event',
			call: 'POST /messages/c-1',
			body: message({ type: 'event', eventName: 'WELCOME' }),
			answer: ok,
		},
		{
			source: 'Flow.ai reference §2.3: location, strings',
			call: 'POST /messages/c-1',
			body: message({ type: 'location', lat: '59.3293', long: '18.0686' }),
			answer: ok,
		},
		{
			source: 'Flow.ai reference §3.1: lat and long are strings',
			call: 'POST /messages/c-1',
			body: message({ type: 'location', lat: 59, long: 18 }),
			status: 400,
			answer: error,
		},
		{
			source: 'Flow.ai reference §2.3: media by address',
			call: 'POST /messages/c-1',
			body: message({
				type: 'media',
				mediaType: 'image',
				mimeType: 'image/png',
				url: 'https://cdn.example.com/cat.png',
			}),
			answer: ok,
		},
		{
			source: 'Flow.ai reference §9: text for speech, mimetype for mimeType',
			call: 'POST /messages/c-1',
			body: message({ type: 'text', text: 'Hello' }),
			answer: ok,
		},
		{
			source: 'Flow.ai reference §3.1: context in metadata',
			call: 'POST /messages/c-1',
			body: message({ type: 'text', speech: 'Hello', metadata: { language: 'sv', timezone: 2, params: {} } }),
			answer: ok,
		},
		{
			source: 'Flow.ai reference §3.1: an originator on every message',
			call: 'POST /messages/c-1',
			body: { payload: { type: 'text', speech: 'Hello' } },
			status: 400,
			answer: error,
		},
		{
			source: 'Flow.ai reference §2.6: at most 255 characters',
			call: 'POST /messages/c-1',
			body: message({ type: 'text', speech: 'é'.repeat(256) }),
			status: 400,
			answer: error,
		},
		{
			source: 'Flow.ai reference §2.6: 255 characters fit',
			call: 'POST /messages/c-1',
			body: message({ type: 'text', speech: 'é'.repeat(255) }),
			answer: ok,
		},
		{
			source: 'Flow.ai reference §2.1: writeConcern keeps the short body',
			call: 'POST /messages/c-1?writeConcern=true',
			body: message({ type: 'text', speech: 'Hello' }),
			answer: ok,
		},
		{
			source: 'Flow.ai reference §2.5: sync reply',
			call: 'POST /messages/c-2%7Cw_c51f0e2a?sync=true',
			body: message({ type: 'text', speech: 'Is table six free?', traceId: 5 }),
			answer: {
				status: 'ok',
				activityId: text,
				agentId: text,
				channelId: 'c51f0e2a',
				channelName: text,
				threadId: 'c-2|w_c51f0e2a',
				traceId: expect.stringMatching(/^[^:]+:[^:]+:[^:]+:[^:]+$/),
				createdAt: iso,
				replyTo: 'Is table six free?',
				sentiment: number,
				accuracy: number,
				connectionKey: text,
				originator: holding({ role: 'bot' }),
				user: author,
				metadata: { params: {} },
				messages: [
					{
						fallback: text,
						silent: flag,
						replyTo: 'Is table six free?',
						originator: holding({ role: 'bot' }),
						actions: [],
						intents: [],
						entities: [],
						contexts: [],
						params: {},
						responses: [holding({ type: 'text', payload: { text }, delay: 0 })],
						flow: { flowId: text, title: text, group: text, metadata: [] },
						step: { stepId: text, title: text, type: 'INTENT' },
						slot: false,
						meta: {
							msgId: text,
							prevMsgId: null,
							childMsgId: null,
							prevChildMsgId: null,
							createdAt: number,
							keepTyping: false,
						},
					},
				],
			},
		},
		{
			source: 'Flow.ai reference §2.3, §2.6: history, 20 entries a page, page a number',
			call: 'GET /messages/t-100?sync=true&page=2',
			answer: { status: 'ok', result: { threadId: 't-100', page: 2, pages: 3, history: listOf(20, entry) } },
		},
		{
			source: 'Flow.ai reference §2.2 row 2: the last page',
			call: 'GET /messages/t-100?sync=true&page=3',
			answer: { status: 'ok', result: holding({ history: listOf(5, expect.anything()) }) },
		},
		{
			source: 'Flow.ai reference §2.1: without sync only an acknowledgement',
			call: 'GET /messages/t-100?page=1',
			answer: ok,
		},
		{
			source: 'Flow.ai reference §2.1: only the literal true',
			call: 'GET /messages/t-100?sync=enabled',
			answer: ok,
		},
		{
			source: 'Flow.ai reference §9: a slash before the question mark',
			call: 'GET /messages/t-101/?sync=true',
			answer: { status: 'ok', result: holding({ threadId: 't-101', pages: 1 }) },
		},
		{
			source: 'Flow.ai reference §2.3: business hours without a wrapper, hours without leading zero',
			call: 'GET /businesshours?sync=true',
			answer: {
				status: 'ok',
				businessHours: [
					{
						label: text,
						timezone: expect.stringMatching(/^\(UTC[+-]\d\d:\d\d\)/),
						weekdays: expect.arrayContaining([
							{
								weekday: 'Tuesday',
								content: [
									{ from: '8:05', to: '12:00' },
									{ from: '13:00', to: '17:30' },
								],
							},
						]),
						holidays: [{ holiday: text, date: iso }],
					},
				],
			},
		},
		{ source: 'Flow.ai reference §2.2 row 4', call: 'POST /pause/c-1', body: {}, answer: ok },
		{
			source: 'Flow.ai reference §2.2 row 6, spelling of §9',
			call: 'GET /pause/c-1?sync=true',
			answer: { status: 'ok', isPaued: true, threadId: 'c-1' },
		},
		{ source: 'Flow.ai reference §2.2 row 5', call: 'DELETE /pause/c-1', answer: ok },
		{
			source: 'Flow.ai reference §9: a body on DELETE is ignored',
			call: 'DELETE /pause/c-1',
			body: {},
			answer: ok,
		},
		{
			source: 'Flow.ai reference §2.2 row 6: resumed',
			call: 'GET /pause/c-1?sync=true',
			answer: { status: 'ok', isPaued: false, threadId: 'c-1' },
		},
		{
			source: 'Flow.ai reference §2.2 row 7: make a thread id',
			call: 'POST /messages',
			answer: { status: 'ok', threadId: expect.stringMatching(/^[0-9a-f-]{36}\|w_c51f0e2a$/) },
		},
		{
			source: 'Flow.ai reference §2.4: threads, page a text and pages a number',
			call: 'GET /threads?page=1&sync=true',
			answer: {
				status: 'ok',
				result: {
					threads: expect.arrayContaining(['t-100|o_c51f0e2a', 't-101|o_c51f0e2a']),
					page: '1',
					pages: 1,
				},
			},
		},
		{ source: 'Flow.ai reference §2.2 row 8: without sync', call: 'GET /threads?page=1', answer: ok },
		{
			source: 'Flow.ai reference §2.2 row 9: handover for a time',
			call: 'POST /handover/c-1',
			body: { secondsToPause: 900 },
			answer: ok,
		},
		{
			source: 'Flow.ai reference §2.2 row 9: it pauses the bot',
			call: 'GET /pause/c-1?sync=true',
			answer: holding({ isPaued: true }),
		},
		{ source: 'Flow.ai reference §2.2 row 11: resolve', call: 'POST /resolve/c-1', answer: ok },
		{
			source: 'Flow.ai reference §2.2 row 11: it resumes the bot',
			call: 'GET /pause/c-1?sync=true',
			answer: holding({ isPaued: false }),
		},
		{ source: 'Flow.ai reference §2.2 row 10: takeover', call: 'POST /takeover/c-1', body: {}, answer: ok },
		{
			source: 'Flow.ai reference §2.4: names of events with a manual trigger',
			call: 'GET /trigger/event?sync=true',
			answer: { status: 'ok', result: { items: ['WELCOME', 'CART_LEFT'] } },
		},
		{
			source: 'Flow.ai reference §2.2 row 13',
			call: 'POST /trigger/event/c-1?eventName=WELCOME',
			body: {},
			answer: ok,
		},
		{
			source: 'Flow.ai reference §2.2 row 13: eventName is required',
			call: 'POST /trigger/event/c-1',
			body: {},
			status: 400,
			answer: error,
		},
		{
			source: 'Flow.ai reference §2.4: instant broadcast',
			call: 'POST /broadcast/instant',
			body: {
				audience: [{ name: 'Mara', phoneNumber: '+46700000001', profile: { firstName: 'Mara' } }],
				channel: { channelName: 'whatsapp', externalId: '+46800000002' },
				payload: {
					type: 'event',
					eventName: 'CART_LEFT',
					metadata: { language: 'sv', timezone: 2, params: { cart: [{ value: 'c-31' }] } },
				},
			},
			answer: ok,
		},
		{
			source: 'Flow.ai reference §2.4: channel names',
			call: 'POST /broadcast/instant',
			body: {
				audience: [{ name: 'Mara', identifier: 'x' }],
				channel: { channelName: 'pigeon', externalId: '1' },
				payload: { type: 'text', speech: 'x' },
			},
			status: 400,
			answer: error,
		},
		{
			source: 'Flow.ai reference §2.4: broadcast to a segment',
			call: 'POST /broadcast/instant/segment',
			body: {
				audience: [{ id: 'au-9', name: 'Buyers' }],
				payload: { type: 'text', speech: 'Doors open at nine' },
			},
			answer: ok,
		},
		{
			source: 'Flow.ai reference §2.4: segments without a wrapper',
			call: 'GET /broadcast/segments?sync=true',
			answer: {
				status: 'ok',
				segments: [
					{
						agentId: text,
						audienceId: text,
						title: text,
						type: 'segment',
						contact: null,
						channels: [],
						conditions: [{ condition: text, conditionValue: text }],
						importCondition: null,
						createdAfterCondition: null,
						createdBeforeCondition: null,
						createdAt: iso,
						updatedAt: iso,
					},
				],
			},
		},
	]);

	it('finds one thread under its three written forms (Flow.ai reference §3.4)', async () => {
		await ask('POST /messages/c-3?writeConcern=true', message({ type: 'text', speech: 'echo 1' }));
		for (const id of ['c-3', 'c-3%7Cw_c51f0e2a', 'c-3%7Co_c51f0e2a']) {
			const { answer } = await ask(`GET /messages/${id}?sync=true`);
			expect(answer).toMatchObject({
				result: { threadId: decodeURIComponent(id), history: listOf(2, expect.anything()) },
			});
		}
	});

	it('shows events in a history only when asked (Flow.ai reference §2.2 row 2)', async () => {
		await ask('POST /messages/c-4?writeConcern=true', message({ type: 'event', eventName: 'WELCOME' }));
		const types = async (query: string): Promise<string[]> => {
			const { answer } = await ask(`GET /messages/c-4?sync=true${query}`);
			const history = (
				answer as { result: { history: Array<{ messages: Array<{ responses: Array<{ type: string }> }> }> } }
			).result.history;
			return history.map((item) => item.messages[0]?.responses[0]?.type ?? '').sort();
		};
		expect(await types('')).toEqual(['text']);
		expect(await types('&event=true')).toEqual(['event', 'text']);
		expect(await types('&events=true')).toEqual(['event', 'text']);
	});

	it('takes a file with a JSON part named query (Flow.ai reference §2.3)', async () => {
		const form = new FormData();
		form.set('file', new Blob(['hello'], { type: 'text/plain' }), 'note.txt');
		form.set('query', JSON.stringify({ payload: { type: 'media', mediaType: 'file', originator: author } }));
		const response = await fetch(`${base()}/rest/v1/messages/c-5`, {
			method: 'POST',
			headers: { authorization: key('flowAiRest') },
			body: form,
		});
		expect([response.status, await response.json()]).toEqual([200, ok]);
		const { answer } = await ask('GET /messages/c-5?sync=true');
		expect(JSON.stringify(answer)).toContain('/flowai/files/');
	});

	it('answers browsers of other sites (Flow.ai reference §1: CORS)', async () => {
		const response = await fetch(`${base()}/rest/v1/messages/c-1`, {
			method: 'OPTIONS',
			headers: { origin: 'https://example.com' },
		});
		expect([response.status, response.headers.get('access-control-allow-origin')]).toEqual([204, '*']);
	});
});

describe('Management', () => {
	const ask = asker(
		() => `${base()}/v1`,
		() => `Bearer ${key('flowAiManagement')}`,
	);
	const flow = {
		flowId: text,
		projectId: 'pr-1',
		brainId: text,
		title: text,
		group: text,
		createdAt: iso,
		disabled: flag,
		steps: list,
	};
	walk(ask, [
		{
			source: 'Flow.ai reference §7: a bare array',
			call: 'GET /projects/pr-1/flows?limit=5&skip=0',
			answer: listOf(5, flow),
		},
		{
			source: 'Flow.ai reference §7: a short last page',
			call: 'GET /projects/pr-1/flows?limit=10&skip=20',
			answer: listOf(3, flow),
		},
		{
			source: 'Flow.ai reference §7: an empty page',
			call: 'GET /projects/pr-1/flows?limit=10&skip=30',
			answer: [],
		},
	]);

	it('has intents and actions as ids and as objects, and steps of the type SLOT (Flow.ai reference §7)', async () => {
		const { answer } = await ask('GET /projects/pr-1/flows?limit=50');
		const written = JSON.stringify(answer);
		expect(written).toMatch(/"intent":"in-/);
		expect(written).toMatch(/"intent":\{"intentId"/);
		expect(written).toMatch(/"actions":\["ac-/);
		expect(written).toMatch(/"type":"SLOT".*"validation":"REQUIRED"/);
	});

	it('takes the key as Bearer only (Flow.ai reference §1)', async () => {
		const bare = asker(
			() => `${base()}/v1`,
			() => key('flowAiManagement'),
		);
		expect((await bare('GET /projects/pr-1/flows')).status).toBe(401);
	});
});

leavesNothingOut('Flow.ai REST', 'Flow.ai management');
