import { identifyEvent, parseEvent, type JsonObject, type JsonValue } from '@convoflow/client';
import fc from 'fast-check';

const fresh = (): string => 'fresh:1';

describe('identifyEvent', () => {
	it.each([
		['message', 'message'],
		['message.reply', 'message'],
		['thread.reply', 'message'],
		['message.delivered', 'delivered'],
		['control.handover', 'handover'],
		['takeover', 'handover'],
		['thread.handover', 'handover'],
		['control.pause', 'paused'],
		['paused', 'paused'],
		['control.resume', 'resumed'],
		['resumed', 'resumed'],
		['history', 'history'],
		['threads', 'threads'],
		['trigger.events', 'triggerEvents'],
		['businessHours', 'businessHours'],
		['isPaused', 'pauseStatus'],
		['inbound', 'inbound'],
		['outbound', 'outbound'],
	])('HOOK-26 takes %s for %s wherever the name stands (Flow.ai reference §4.1)', (name, kind) => {
		for (const member of ['type', 'event', 'eventType', 'eventName', 'action']) {
			expect(identifyEvent({ threadId: 't', [member]: name })).toEqual({ kind, name });
		}
	});

	it.each([
		[{ messages: [] }, 'message'],
		[{ history: [] }, 'history'],
		[{ threads: [] }, 'threads'],
		[{ items: [] }, 'triggerEvents'],
		[{ businessHours: [] }, 'businessHours'],
		[{ isPaused: false }, 'pauseStatus'],
		[{ isPaued: true }, 'pauseStatus'],
	])('finds an event without a name by its fields %j, wrapped or not', (fields, kind) => {
		for (const body of [fields, { payload: fields }, { result: fields }]) {
			expect(identifyEvent(body)).toEqual({ kind, name: null });
		}
	});

	it('looks on when a name is unknown, and keeps it', () => {
		expect(identifyEvent({ type: 'brand.new', messages: [] })).toEqual({
			kind: 'message',
			name: 'brand.new',
		});
		expect(identifyEvent({ type: 'brand.new', event: 'paused' })).toEqual({ kind: 'paused', name: 'paused' });
		expect(identifyEvent({ type: 'brand.new' })).toEqual({ kind: 'other', name: 'brand.new' });
		expect(identifyEvent({ type: 5, event: null, action: ['message'] })).toEqual({
			kind: 'other',
			name: null,
		});
	});

	it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
		'takes the name %s for no event',
		(name) => {
			expect(identifyEvent({ type: name })).toEqual({ kind: 'other', name });
		},
	);
});

describe('parseEvent of the bodies of Flow.ai reference §4.2', () => {
	const MESSAGE: JsonObject = {
		type: 'message',
		activityId: 'act-5502',
		threadId: 't-100|w_c51f0e2a',
		originator: { name: 'Hostess', role: 'bot' },
		messages: [
			{ fallback: 'Yes.', responses: [{ type: 'text', payload: { text: 'Yes.' } }], meta: { msgId: 'm-72' } },
		],
	};

	it('reads a reply', () => {
		expect(parseEvent(MESSAGE, fresh)).toEqual({
			kind: 'message',
			hasOwnKey: true,
			eventKey: 'activity:act-5502',
			output: {
				event: 'message',
				eventName: 'message',
				eventKey: 'activity:act-5502',
				threadId: 't-100|w_c51f0e2a',
				text: 'Yes.',
				role: 'bot',
				name: 'Hostess',
				silent: false,
				quickReplies: [],
				attachments: [],
				messages: MESSAGE['messages'],
				body: MESSAGE,
			},
		});
	});

	it.each<[JsonObject, string, JsonObject]>([
		[{ type: 'message.delivered', threadId: 't-100', traceId: 90210 }, 'delivered', { traceId: 90210 }],
		[{ type: 'message.delivered', threadId: 't-100', traceId: 0 }, 'delivered', { traceId: 0 }],
		[{ type: 'control.pause', threadId: 't-100' }, 'paused', {}],
		[{ type: 'isPaused', threadId: 't-100', isPaued: false }, 'pauseStatus', { isPaused: false }],
		[{ type: 'isPaused', threadId: 't-100', isPaused: true }, 'pauseStatus', { isPaused: true }],
		[
			{ type: 'history', result: { history: [], threadId: 't-100', page: 1, pages: 1 } },
			'history',
			{ history: [], page: 1, pages: 1 },
		],
		[
			{ type: 'threads', threadId: 't-100', threads: ['a'], page: '1' },
			'threads',
			{ threads: ['a'], page: '1', pages: null },
		],
		[
			{ type: 'trigger.events', threadId: 't-100', payload: { items: ['W'] } },
			'triggerEvents',
			{ items: ['W'] },
		],
		[{ type: 'businessHours', threadId: 't-100', businessHours: [] }, 'businessHours', { businessHours: [] }],
	])('reads %j', (body, kind, fields) => {
		expect(parseEvent(body, fresh)).toEqual({
			kind,
			hasOwnKey: false,
			eventKey: 'fresh:1',
			output: {
				event: kind,
				eventName: body['type'],
				eventKey: 'fresh:1',
				threadId: 't-100',
				...fields,
				body,
			},
		});
	});

	it.each(['inbound', 'outbound', 'message.reply'])('reads %s like a message', (type) => {
		expect(parseEvent({ ...MESSAGE, type }, fresh).output).toMatchObject({ text: 'Yes.', role: 'bot' });
	});

	it('HOOK-26 hands an unknown event on with its body untouched', () => {
		const body = { type: 'brand.new', deep: { list: [1, null] } };
		expect(parseEvent(body, fresh).output).toEqual({
			event: 'other',
			eventName: 'brand.new',
			eventKey: 'fresh:1',
			threadId: null,
			body,
		});
	});
});

describe('the event key', () => {
	const messages = (...ids: (string | undefined)[]): JsonObject[] =>
		ids.map((id) => (id === undefined ? {} : { meta: { msgId: id } }));

	it.each<[JsonObject, string | undefined]>([
		[{ activityId: 'a', messages: messages('m') }, 'activity:a'],
		[{ payload: { activityId: 'a' } }, 'activity:a'],
		[{ activityId: '', messages: messages('m-1', 'm-2') }, 'message:m-1,m-2'],
		[{ messages: messages('m-1', undefined) }, undefined],
		[{ messages: [] }, undefined],
		[{ type: 'paused', threadId: 't' }, undefined],
	])('of %j is %p', (body, key) => {
		const { eventKey, hasOwnKey } = parseEvent(body, fresh);
		expect({ eventKey, hasOwnKey }).toEqual({ eventKey: key ?? 'fresh:1', hasOwnKey: key !== undefined });
	});

	it('HOOK-21 lets equal events without an ID be events of their own', () => {
		let count = 0;
		const next = (): string => `key-${(count += 1)}`;
		const keys = [1, 2].map(() => parseEvent({ type: 'paused', threadId: 't' }, next).eventKey);
		expect(keys).toEqual(['key-1', 'key-2']);
	});
});

describe('odd bodies', () => {
	it.each<[JsonValue]>([[null], [5], ['text'], [true], [[]], [[{ type: 'message' }]]])(
		'%j comes out as other, untouched',
		(body) => {
			expect(parseEvent(body, fresh)).toMatchObject({ kind: 'other', output: { event: 'other', body } });
		},
	);

	it('pollute nothing', () => {
		const body = JSON.parse('{"type":"message","__proto__":{"threadId":"evil","messages":[]}}') as JsonValue;
		expect(parseEvent(body, fresh).output['threadId']).toBeNull();
		expect({}).not.toHaveProperty('threadId');
	});

	it('of any form are read without a throw and always carry kind, key and body', () => {
		const names = fc.constantFrom('message', 'history', 'delivered', 'isPaused', '__proto__');
		const shaped = fc.record(
			{
				type: names,
				messages: fc.jsonValue(),
				originator: fc.jsonValue(),
				payload: fc.jsonValue(),
				result: fc.jsonValue(),
				threadId: fc.jsonValue(),
				activityId: fc.jsonValue(),
			},
			{ requiredKeys: [] },
		);
		fc.assert(
			fc.property(fc.oneof(fc.jsonValue(), shaped), (any) => {
				const body = any as JsonValue;
				const { output, eventKey } = parseEvent(body, fresh);
				expect(output['eventKey']).toBe(eventKey);
				expect(typeof output['event']).toBe('string');
				expect(output['body']).toBe(body);
				expect(() => JSON.stringify(output)).not.toThrow();
			}),
		);
	});
});
