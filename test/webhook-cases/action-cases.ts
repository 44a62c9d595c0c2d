import { actionCall, call, NEXT_SECRET, SECRET, type Listening, type WebhookHost } from './host';

/** What says that the call was understood, and nothing else. */
const EMPTY = { verifyToken: SECRET };

function said(text: string, verifyToken = SECRET): object {
	const responses = [{ type: 'text', payload: { text } }];
	return { verifyToken, messages: [{ fallback: text, responses }] };
}

/** The cases of a webhook receiver with the Flow.ai Action Trigger, whose answer is the reply of the flow. */
export function actionCases(host: () => WebhookHost): void {
	describe('an action that replies with what it was asked', () => {
		let trigger: Listening;
		beforeAll(
			async () => (trigger = await host().listen({ kind: 'action', secrets: [`${SECRET} \n`, NEXT_SECRET] })),
		);

		it('HOOK-25 says it in the answer, whose length is that of its bytes', async () => {
			const { status, headers, body, text } = await call(trigger.url, {
				body: actionCall('Åtta personer 🍽️'),
			});
			expect([status, JSON.parse(text)]).toEqual([200, said('Åtta personer 🍽️')]);
			expect(headers['content-type']).toContain('application/json');
			expect(Number(headers['content-length'])).toBe(body.length);
		});

		it('HOOK-07 HOOK-08 takes both tokens, also when stored with a new line, and answers with the one that came', async () => {
			for (const one of [SECRET, NEXT_SECRET])
				expect(JSON.parse((await call(trigger.url, { body: actionCall('both', one) })).text)).toEqual(
					said('both', one),
				);
		});

		it.each<[string, string, string]>([
			['HOOK-01', 'a wrong token', actionCall('wrong', 'fake-webhook-secreT')],
			['HOOK-02', 'no token', actionCall('missing').replace('verifyToken', 'token')],
			['HOOK-03', 'a short token', actionCall('short', SECRET.slice(0, 4))],
			['HOOK-04', 'a token that is no ASCII', actionCall('no ASCII', 'ä'.repeat(SECRET.length))],
			['HOOK-26', 'an event in place of a call', '{"type":"message","messages":[]}'],
		])('%s %s gets 401, a reason without the secret, and starts nothing', async (_id, _what, body) => {
			const { status, text } = await call(trigger.url, { body });
			expect([status, text]).toEqual([401, expect.stringContaining('verify')]);
			expect(text).not.toContain(SECRET);
			await call(trigger.url, { body: actionCall('last') });
			expect(await trigger.textsUntil('last')).not.toContain((JSON.parse(body) as { query?: string }).query);
		});

		it('HOOK-13 HOOK-14 HOOK-15 HOOK-16 HOOK-17 refuses what is no call, and answers probes', async () => {
			const status = async (body: string | Buffer): Promise<number> =>
				(await call(trigger.url, { body })).status;
			expect(await status(Buffer.from('{"query":"\xff"}', 'latin1'))).toBe(400);
			expect(await status('{"verifyToken":')).toBe(host().noJson);
			expect(await status(actionCall('x'.repeat(host().tooMuch)))).toBe(host().tooMuchStatus);
			for (const method of ['GET', 'HEAD']) expect((await call(trigger.url, { method })).status).toBe(200);
			expect((await call(trigger.url, { method: 'PUT', body: actionCall('put') })).status).toBe(
				host().wrongMethod,
			);
			expect((await call(`${trigger.url}x`, { body: actionCall('elsewhere') })).status).toBe(404);
			const form = { 'content-type': 'application/x-www-form-urlencoded' };
			expect((await call(trigger.url, { headers: form, body: 'a=b' })).status).toBe(415);
		});
	});

	it('HOOK-22 an action that is slower than 8 seconds gets an empty answer in time, and starts once', async () => {
		const trigger = await host().listen({ kind: 'action', secrets: [SECRET], flow: 'slow' });
		const before = Date.now();
		const { status, text } = await call(trigger.url, { body: actionCall('slow') });
		expect([status, JSON.parse(text)]).toEqual([200, EMPTY]);
		expect(Date.now() - before).toBeGreaterThan(7_500);
		expect(Date.now() - before).toBeLessThan(9_500);
		expect(await trigger.failure()).toContain('waits for a reply no longer');
		expect(await trigger.textsUntil('slow')).toEqual(['slow']);
	});

	it('HOOK-22 an action that answers at once does so whatever the flow does, and a reply is refused', async () => {
		const trigger = await host().listen({ kind: 'action', secrets: [SECRET], answer: 'atOnce' });
		const { status, text } = await call(trigger.url, { body: actionCall('at once') });
		expect([status, JSON.parse(text)]).toEqual([200, EMPTY]);
		expect(await trigger.failure()).toContain('answered the call of Flow.ai at once');
	});
}
