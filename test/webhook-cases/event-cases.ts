import {
	call,
	inSeconds,
	jwt,
	message,
	NEXT_SECRET,
	SECRET,
	type Listening,
	type RawAnswer,
	type RawCall,
	type WebhookHost,
} from './host';

const HEADER = 'x-access-token';
let count = 0;

/** The cases of a webhook receiver with the Flow.ai Trigger, by calls as they come over the wire. */
export function eventCases(host: () => WebhookHost): void {
	const token = (): Promise<Listening> =>
		host().listen({ kind: 'event', verification: 'token', secrets: [SECRET] });
	const byJwt = (): Promise<Listening> =>
		host().listen({ kind: 'event', verification: 'jwt', secrets: [SECRET] });
	const open = (): Promise<Listening> => host().listen({ kind: 'event', verification: 'none' });

	/** Texts that started the flow, once one that is right has come after everything else. */
	async function started(trigger: Listening, headers: RawCall['headers'] = {}): Promise<string[]> {
		count += 1;
		const marker = `the end ${count}`;
		expect((await call(trigger.url, { headers, body: message(marker) })).status).toBe(200);
		const texts = await trigger.textsUntil(marker);
		return texts.filter((text) => text !== marker);
	}

	function expectRefused({ status, text }: RawAnswer, words = /./): void {
		expect([status, text]).toEqual([401, expect.stringMatching(words)]);
		for (const secret of [SECRET, NEXT_SECRET]) expect(text).not.toContain(secret);
	}

	describe('a token', () => {
		let trigger: Listening;
		const right = { [HEADER]: SECRET };
		beforeAll(async () => (trigger = await token()));

		it.each<[string, string, string]>([
			['HOOK-01', 'a wrong one', 'fake-webhook-secreT'],
			['HOOK-03', 'one that is shorter', SECRET.slice(0, 6)],
			['HOOK-03', 'an empty one', ''],
			['HOOK-04', 'one of equal length that is no ASCII', 'fäke-wébhook-sêcr'.padEnd(SECRET.length, 'ÿ')],
		])('%s %s gets 401 and starts nothing', async (_id, what, value) => {
			const headers = { [HEADER]: Buffer.from(value, 'latin1').toString('latin1') };
			expectRefused(await call(trigger.url, { headers, body: message(what) }), /x-access-token/);
			expect(await started(trigger, right)).not.toContain(what);
		});

		it('HOOK-02 that is missing gets 401 which names the header', async () => {
			expectRefused(await call(trigger.url, { body: message('none') }), /x-access-token.* is missing/);
			expect(await started(trigger, right)).not.toContain('none');
		});

		it('HOOK-05 in a header that comes twice counts as one value', async () => {
			for (const values of [
				['fake-other', SECRET],
				[SECRET, 'fake-other'],
				['', ''],
			])
				expectRefused(await call(trigger.url, { headers: { [HEADER]: values }, body: message('twice') }));
			expect(await started(trigger, right)).not.toContain('twice');
		});

		it('HOOK-06 fits a body of any spelling, which arrives as it was sent', async () => {
			const body =
				'{ "payload" : {"messages":[ {"fallback":"\\u0041 \\/ B","responses":[]} ],"threadId":"t-1"},\n "type":"message.reply" }';
			expect((await call(trigger.url, { headers: right, body })).status).toBe(200);
			expect(await started(trigger, right)).toContain('A / B');
		});

		it('HOOK-13 with a body that is no UTF-8 gets 400', async () => {
			const body = Buffer.concat([
				Buffer.from('{"type":"message","x":"'),
				Buffer.from([0xff, 0xc3]),
				Buffer.from('"}'),
			]);
			expect((await call(trigger.url, { headers: right, body })).status).toBe(400);
			expect((await call(trigger.url, { body })).status).toBe(401);
		});

		it('HOOK-14 with broken JSON gets 400, and with a form 415', async () => {
			for (const body of ['{"type":', '', '"text', 'type=message'])
				expect([body, (await call(trigger.url, { headers: right, body })).status]).toEqual([
					body,
					body === '' ? 400 : host().noJson,
				]);
			const form = { ...right, 'content-type': 'application/x-www-form-urlencoded' };
			expect((await call(trigger.url, { headers: form, body: 'type=message' })).status).toBe(415);
		});

		it('HOOK-15 with a body over the limit gets 413', async () => {
			const body = message('x'.repeat(host().tooMuch));
			expect((await call(trigger.url, { headers: right, body })).status).toBe(host().tooMuchStatus);
			expect((await started(trigger, right)).every((text) => text.length < 1_000)).toBe(true);
		});
	});

	it.each([`${SECRET}\n`, ` ${SECRET} `])('HOOK-07 a secret stored as %j is trimmed', async (stored) => {
		const trigger = await host().listen({ kind: 'event', verification: 'token', secrets: [stored] });
		expect(await started(trigger, { [HEADER]: SECRET })).toEqual([]);
	});

	it('HOOK-08 a second secret is accepted as well, whichever is the new one', async () => {
		const trigger = await host().listen({
			kind: 'event',
			verification: 'token',
			secrets: [SECRET, NEXT_SECRET],
		});
		for (const value of [SECRET, NEXT_SECRET])
			expect(
				(await call(trigger.url, { headers: { [HEADER]: value }, body: message(value.length.toString()) }))
					.status,
			).toBe(200);
		expectRefused(await call(trigger.url, { headers: { [HEADER]: 'fake-third' }, body: message('third') }));
	});

	describe('a JWT', () => {
		let trigger: Listening;
		beforeAll(async () => (trigger = await byJwt()));

		it.each<[string, string, () => string]>([
			['HOOK-01', 'signed with another secret', () => jwt({}, { secret: 'fake-other-secret' })],
			['HOOK-09', 'that has expired', () => jwt({ exp: inSeconds(-60) })],
			['HOOK-10', 'that begins in the future', () => jwt({ nbf: inSeconds(600) })],
			['HOOK-11', 'whose time is no number, signed all the same', () => jwt({ exp: 'soon' })],
			['HOOK-11', 'whose begin is no number, signed all the same', () => jwt({ nbf: null })],
			['HOOK-12', 'without an algorithm', () => jwt({}, { alg: 'none' })],
			['HOOK-12', 'of another algorithm', () => jwt({}, { alg: 'HS512', hash: 'sha512' })],
			['HOOK-03', 'with half a signature', () => jwt({}).slice(0, -20)],
			['HOOK-04', 'that is no JWT', () => 'é.ß.ÿ'],
		])('%s %s gets 401 and starts nothing', async (_id, what, token_) => {
			const headers = { authorization: `Bearer ${token_()}` };
			expectRefused(await call(trigger.url, { headers, body: message(what) }));
			const right = { authorization: `Bearer ${jwt({ exp: inSeconds(60) })}` };
			expect(await started(trigger, right)).not.toContain(what);
		});
	});

	describe('a trigger that checks nothing', () => {
		let trigger: Listening;
		beforeAll(async () => (trigger = await open()));

		it('HOOK-16 answers GET and HEAD with 200 and starts nothing', async () => {
			const before = await started(trigger);
			for (const method of ['GET', 'HEAD']) expect((await call(trigger.url, { method })).status).toBe(200);
			expect((await started(trigger)).length).toBe(before.length + 1);
		});

		it('HOOK-17 refuses another method, another path and a form', async () => {
			const body = message('wrong');
			expect((await call(trigger.url, { method: 'PUT', body })).status).toBe(host().wrongMethod);
			expect((await call(`${trigger.url}x`, { body })).status).toBe(404);
			const form = { 'content-type': 'application/x-www-form-urlencoded' };
			expect((await call(trigger.url, { headers: form, body: 'a=b' })).status).toBe(415);
			expect(await started(trigger)).not.toContain('wrong');
		});

		it('HOOK-18 starts once for an id that comes again', async () => {
			const body = message('in series', { activityId: 'act-series' });
			for (const _time of [1, 2, 3]) expect((await call(trigger.url, { body })).status).toBe(200);
			expect((await started(trigger)).filter((text) => text === 'in series')).toHaveLength(1);
		});

		it('HOOK-19 starts once for an id that comes several times at once', async () => {
			const body = message('at once', { activityId: 'act-once' });
			const answers = await Promise.all(Array.from({ length: 5 }, () => call(trigger.url, { body })));
			expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
			expect((await started(trigger)).filter((text) => text === 'at once')).toHaveLength(1);
		});

		it('HOOK-21 starts each time for equal events without an id', async () => {
			for (const _time of [1, 2, 3]) await call(trigger.url, { body: message('again') });
			expect((await started(trigger)).filter((text) => text === 'again')).toHaveLength(3);
		});

		it('HOOK-26 takes both vocabularies, and what it does not know as "other"', async () => {
			const events = [
				{ type: 'message', threadId: 't-1', messages: [{ fallback: 'v1', responses: [] }] },
				{ event: 'message.reply', payload: { messages: [{ fallback: 'v2', responses: [] }] } },
				{ threadId: 't-1', messages: [{ fallback: 'no name', responses: [] }] },
				{ type: 'brand.new', degrees: 12 },
				{ degrees: 13 },
				[],
			];
			for (const event of events)
				expect((await call(trigger.url, { body: JSON.stringify(event) })).status).toBe(200);
			const texts = await started(trigger);
			expect(texts).toEqual(expect.arrayContaining(['v1', 'v2', 'no name']));
			expect(texts.filter((text) => text.startsWith('other'))).toEqual([
				'other {"type":"brand.new","degrees":12}',
				'other {"degrees":13}',
				'other []',
			]);
		});
	});

	it('HOOK-22 answers before slow work, once, and starts it once', async () => {
		const trigger = await host().listen({ kind: 'event', verification: 'none', flow: 'slow' });
		const before = Date.now();
		expect((await call(trigger.url, { body: message('slow') })).status).toBe(200);
		expect(Date.now() - before).toBeLessThan(1_000);
		expect(await started(trigger)).toEqual(['slow']);
	});

	it('HOOK-23 answers, and shows in the host that the flow has failed', async () => {
		const trigger = await host().listen({ kind: 'event', verification: 'none', flow: 'failing' });
		expect((await call(trigger.url, { body: message('fails') })).status).toBe(200);
		expect(await trigger.failure()).toContain('made to fail');
	});
}
