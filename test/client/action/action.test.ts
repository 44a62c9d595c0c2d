import { FlowAiActionClient, parseActionCall, verifyActionCall, type ActionVerdict } from '@convoflow/client';
import fc from 'fast-check';
import { fakePorts } from '../../support/fake-ports';

const TOKEN = 'fake-verify-token';
const NEXT = 'fake-next-token';

/** Flow.ai reference §8, with other values. */
const CALL = {
	type: 'action',
	verifyToken: TOKEN,
	threadId: 't-100',
	channelName: 'web',
	query: 'Book it',
	action: 'reserve',
	params: { day: [{ value: '2020-05-01' }, { value: '2020-05-02' }], seats: [] },
	replyUrl: 'https://api.flow.ai/reply/abc',
	originator: { actorId: 'a-1', userId: 'u-1', name: 'Mara', role: 'external', profile: {} },
	user: { userId: 'u-1', name: 'Mara', role: 'external', profile: {} },
};

describe('the verify token', () => {
	it.each([
		[TOKEN, 0],
		[NEXT, 1],
		[` ${TOKEN}\n`, 0],
	])('%j is accepted', async (verifyToken, tokenIndex) => {
		expect(await verifyActionCall({ verifyToken }, [TOKEN, NEXT])).toEqual({ ok: true, tokenIndex });
	});

	it('HOOK-07 is accepted when it was stored with spaces or a new line', async () => {
		expect(await verifyActionCall(CALL, [`${TOKEN}\n `])).toMatchObject({ ok: true });
	});

	it.each([
		[{ verifyToken: 'fake-other-token' }, 'does not fit'],
		[{ verifyToken: TOKEN.slice(0, 5) }, 'does not fit'],
		[{ verifyToken: 'fäke-vérify-tokën' }, 'does not fit'],
		[{ verifyToken: '' }, 'does not fit'],
		[{ verifyToken: [TOKEN] }, 'missing'],
		[{}, 'missing'],
		[null, 'missing'],
		['text', 'missing'],
	])('%j is refused', async (body, words) => {
		const verdict = await verifyActionCall(body, [TOKEN, '']);
		expect(verdict).toMatchObject({ ok: false });
		const { reason } = verdict as Extract<ActionVerdict, { ok: false }>;
		expect(reason).toContain(words);
		expect(reason).not.toContain(TOKEN);
	});

	it('never fits where none is stored', async () => {
		for (const tokens of [[], [''], [' ', '\n']])
			expect(await verifyActionCall({ verifyToken: '' }, tokens)).toEqual({
				ok: false,
				reason: 'no verify token is set',
			});
	});

	it('fits for any text and no other, and never throws', async () => {
		const text = fc.string({ unit: 'binary', minLength: 1 }).filter((one) => one.trim() !== '');
		await fc.assert(
			fc.asyncProperty(text, text, async (token, given) => {
				const { ok } = await verifyActionCall({ verifyToken: given }, [token]);
				expect(ok).toBe(given.trim() === token.trim());
			}),
		);
	});
});

describe('a call', () => {
	it('is read into fields, beside the body without its secret', () => {
		const { verifyToken: _secret, ...body } = CALL;
		expect(parseActionCall(CALL)).toEqual({
			action: 'reserve',
			threadId: 't-100',
			channelName: 'web',
			query: 'Book it',
			values: { day: '2020-05-01', seats: null },
			params: CALL.params,
			userId: 'u-1',
			name: 'Mara',
			role: 'external',
			replyUrl: 'https://api.flow.ai/reply/abc',
			body,
		});
	});

	it('is read without what may be missing', () => {
		const nothing = { action: null, threadId: null, channelName: null, query: null, userId: null };
		const rest = { values: {}, params: {}, name: null, role: null, replyUrl: null };
		expect(parseActionCall({})).toEqual({ ...nothing, ...rest, body: {} });
		expect(parseActionCall({ params: 'odd', user: [], originator: { name: 'Jon' } })).toMatchObject({
			values: {},
			params: 'odd',
			name: 'Jon',
		});
	});
});

describe('an answer', () => {
	const client = new FlowAiActionClient(fakePorts([]), {
		baseUrl: 'https://api.flow.ai',
		hosts: [],
		tokens: [TOKEN, NEXT],
	});

	it('has the form that the reference shows', () => {
		const reply = { text: 'Booked', events: ['RESERVED'], params: { reservation: 'r-77' } };
		expect(JSON.stringify(client.answer(reply))).toBe(
			`{"verifyToken":"${TOKEN}","messages":[{"fallback":"Booked","responses":[{"type":"text","payload":{"text":"Booked"}}]}],` +
				'"events":[{"name":"RESERVED"}],"params":{"reservation":[{"value":"r-77"}]}}',
		);
	});

	it('carries the token that the call carried', () => {
		expect(client.answer({}, 1)).toEqual({ verifyToken: NEXT });
	});

	it('says the text before the messages', () => {
		const message = {
			fallback: 'A cat',
			responses: [{ type: 'image', payload: { title: 'A cat', url: 'u' } }],
		};
		const { messages } = client.answer({ text: 'Look', messages: [message] });
		expect(messages).toEqual([expect.objectContaining({ fallback: 'Look' }), message]);
	});

	it('takes parameters plain, in lists and in their own form', () => {
		const params = { a: 1, b: ['x', { value: 'y', match: 'z' }], c: { value: true }, d: { x: 1 }, e: [] };
		expect(client.answer({ params })['params']).toEqual({
			a: [{ value: 1 }],
			b: [{ value: 'x' }, { value: 'y', match: 'z' }],
			c: [{ value: true }],
			d: [{ value: { x: 1 } }],
			e: [],
		});
	});

	it.each([[{}], ['text'], [{ responses: [] }], [{ responses: [{ type: 'text' }] }], [{ responses: ['x'] }]])(
		'refuses the message %j by its number',
		(message) => {
			const good = { responses: [{ type: 'text', payload: {} }] };
			expect(() => client.answer({ messages: [good, message] })).toThrow(
				expect.objectContaining({
					code: 'CONVOFLOW_INVALID_INPUT',
					field: 'messages',
					message: expect.stringContaining('in message 2') as string,
				}) as Error,
			);
		},
	);
});
