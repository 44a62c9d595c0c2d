import { readFrame, type JsonValue } from '@convoflow/client';
import fc from 'fast-check';
import { bench, connected, received } from './stream-bench';
import { rejection } from '../../support/fake-ports';

describe('readFrame (Flow.ai reference §5.3)', () => {
	const read = (frame: JsonValue): ReturnType<typeof readFrame> => readFrame(JSON.stringify(frame));

	it.each([
		['pong', 'pong'],
		['message.received', 'message'],
		['activities.created', 'message'],
		['message.delivered', 'delivered'],
		['activities.delivered', 'delivered'],
		['agent.typing', 'typing'],
		['error', 'error'],
		['secret.generated', 'secret'],
		['interruption.occurred', 'other'],
		['__proto__', 'other'],
	])('takes %s for %s', (type, kind) => {
		expect(read({ type })?.kind).toBe(kind);
	});

	it('reads the message of the document', () => {
		const frame = {
			type: 'message.received',
			payload: {
				threadId: 't-100',
				originator: { userId: 'flow|1', name: 'Hostess', role: 'bot', profile: {} },
				messages: [
					{
						fallback: 'Which day?',
						silent: false,
						replyTo: 'Book it',
						responses: [
							{
								type: 'text',
								payload: {
									text: 'Which day?',
									quickReplies: [{ label: 'Today', value: 'today', type: 'text' }],
								},
							},
						],
						meta: { msgId: 'm-72' },
					},
				],
			},
		};
		expect(read(frame)).toEqual({
			kind: 'message',
			threadId: 't-100',
			output: {
				event: 'message',
				eventName: 'message.received',
				eventKey: 'message:m-72',
				threadId: 't-100',
				text: 'Which day?',
				role: 'bot',
				name: 'Hostess',
				silent: false,
				quickReplies: [{ label: 'Today', value: 'today', type: 'text' }],
				attachments: [],
				recovered: false,
				body: frame,
			},
		});
	});

	it('reads a delivery without originator and metadata, and a trace ID of 0', () => {
		expect(
			read({ type: 'message.delivered', payload: { threadId: 't', traceId: 0, speech: 'hi' } }),
		).toMatchObject({
			kind: 'delivered',
			threadId: 't',
			output: { traceId: 0, text: 'hi' },
		});
	});

	it('takes the secret of the thread out of an echo', () => {
		const payload = { threadId: 't', traceId: 1, speech: 'hi' };
		const read = readFrame(
			JSON.stringify({ type: 'message.delivered', payload: { ...payload, nonce: 'n-1' } }),
		);
		expect(read?.output['body']).toEqual({ type: 'message.delivered', payload });
	});

	it('takes the last of two trace IDs, as the document shows them', () => {
		const text = '{"type":"message.delivered","payload":{"traceId":1,"threadId":"t","traceId":2}}';
		expect(readFrame(text)?.output['traceId']).toBe(2);
	});

	it('reads the words of an error from message, else from payload', () => {
		expect(read({ type: 'error', message: 'Invalid message format' })?.output['text']).toBe(
			'Invalid message format',
		);
		expect(read({ type: 'error', payload: { message: 'deep' } })?.output['text']).toBe('deep');
		expect(read({ type: 'error', message: { a: 1 } })?.output['text']).toBe('{"a":1}');
	});

	it('WS-21 passes on an unknown type with its body', () => {
		const frame = { type: 'brand.new', payload: { threadId: 't', deep: [1] } };
		expect(read(frame)).toMatchObject({ kind: 'other', output: { eventName: 'brand.new', body: frame } });
	});

	it.each([null, '', 'words', '{', '5', 'null', '[]', '"text"'])('WS-21 %j cannot be read', (text) => {
		expect(readFrame(text)).toBeUndefined();
	});

	it('WS-22 does not parse a frame above 8 Mi characters', () => {
		const frame = (length: number): string => {
			const empty = JSON.stringify({ type: 'error', message: '' });
			return JSON.stringify({ type: 'error', message: 'x'.repeat(length - empty.length) });
		};
		expect(readFrame(frame(8 * 1024 * 1024))).toBeDefined();
		expect(readFrame(frame(8 * 1024 * 1024 + 1))).toBeUndefined();
	});

	it('reads any JSON, and any text, without a throw', () => {
		const types = fc.constantFrom('message.received', 'message.delivered', 'error', 'secret.generated', 'x');
		const shaped = fc.record({ type: types, payload: fc.jsonValue(), message: fc.jsonValue() });
		const texts = fc.oneof(
			fc.string(),
			fc.jsonValue().map((value) => JSON.stringify(value)),
			shaped.map((value) => JSON.stringify(value)),
		);
		fc.assert(
			fc.property(texts, (text) => {
				const frame = readFrame(text);
				if (frame) expect(JSON.parse(text)).toEqual(frame.output['body']);
			}),
		);
	});
});

describe('events of a stream', () => {
	it('WS-21 a frame that cannot be read is logged; the connection stays and the next one is handled', async () => {
		const made = await connected();
		made.sockets.last.receiveText('{"type":');
		made.sockets.last.receive(null);
		made.sockets.last.receiveText('[]');
		made.sockets.last.receive(received('after'));
		expect(made.events.map(({ output }) => output['text'])).toEqual(['after']);
		expect(made.ports.logs.filter(({ level }) => level === 'warn')).toHaveLength(3);
		expect(made.sockets.live).toHaveLength(1);
		await made.stream.stop();
	});

	it('WS-23 a handler that throws is logged, and the next event comes in order', async () => {
		const seen: unknown[] = [];
		const made = await connected(undefined, {
			onEvent: (_kind, output) => {
				seen.push(output['text']);
				if (seen.length === 1) throw new Error('broken flow');
			},
		});
		for (const text of ['one', 'two', 'three']) made.sockets.last.receive(received(text));
		expect(seen).toEqual(['one', 'two', 'three']);
		expect(
			made.ports.logs.some(({ level, message }) => level === 'error' && message.includes('broken flow')),
		).toBe(true);
		expect(made.stream.status).toEqual({ state: 'connected' });
		await made.stream.stop();
	});

	it('WS-27 of another thread are left out; those without a thread come through', async () => {
		const made = await connected();
		made.sockets.last.receive(received('not ours', 't-2'));
		made.sockets.last.receive(received('ours'));
		made.sockets.last.receive(received('whose', null));
		made.sockets.last.receive({ type: 'error', message: 'Frame could not be read' });
		expect(made.events.map(({ kind, output }) => [kind, output['text']])).toEqual([
			['message', 'ours'],
			['message', 'whose'],
			['error', 'Frame could not be read'],
		]);
		await made.stream.stop();
	});

	it('leave out pongs', async () => {
		const made = await connected();
		made.sockets.last.receive({ type: 'pong' });
		expect(made.events).toEqual([]);
		await made.stream.stop();
	});

	it('come through even before the first pong: any frame shows that the connection works', async () => {
		const made = bench();
		const started = made.stream.start();
		await made.ports.clock.advance(0);
		made.sockets.last.open();
		made.sockets.last.receive(received('early'));
		await started;
		expect(made.events).toHaveLength(1);
		await made.stream.stop();
		expect(await rejection(made.stream.start())).toBeInstanceOf(Error);
	});
});
