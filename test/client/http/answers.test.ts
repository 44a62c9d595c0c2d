import { FLOW_AI, HttpClient, type Call, type ConvoflowError } from '@convoflow/client';
import { answer, fakePorts, rejection, text } from '../../support/fake-ports';

const READ: Call = { method: 'GET', path: '/things', effect: 'read' };
const BASE = { baseUrl: 'https://api.example.test' };

describe('answers', () => {
	it('HTTP-10 an HTML page with status 200 is named as such, with a hint at base URL and key', async () => {
		const page = '<!doctype html><title>Sign in</title>';
		const ports = fakePorts([text(page, 200, { 'content-type': 'text/html' })]);
		const error = (await rejection(new HttpClient(ports, FLOW_AI, BASE).json(READ))) as ConvoflowError;
		expect(error).toMatchObject({ code: 'FLOWAI_NOT_JSON', status: 200, body: page });
		expect(error.message).toContain('text/html');
		expect(error.advice).toMatch(/base URL.*key/);
		expect(ports.requests).toHaveLength(1);
	});

	it.each(['', '  \r\n'])('HTTP-11 an empty answer %j is undefined', async (body) => {
		const ports = fakePorts([text(body, 204)]);
		expect(await new HttpClient(ports, FLOW_AI, BASE).json(READ)).toBeUndefined();
	});

	it.each([null, 5, 'text', true, [1], { a: 1 }])('HTTP-11 %j arrives as it is', async (body) => {
		const ports = fakePorts([answer(body)]);
		expect(await new HttpClient(ports, FLOW_AI, BASE).json(READ)).toEqual(body);
	});

	it('reads JSON behind a byte order mark', async () => {
		const ports = fakePorts([text('\ufeff{"a":1}')]);
		expect(await new HttpClient(ports, FLOW_AI, BASE).json(READ)).toEqual({ a: 1 });
	});

	it('HTTP-20 a redirect is refused and names the setting', async () => {
		const ports = fakePorts([text('', 302, { location: 'https://elsewhere.example.test/' })]);
		const error = (await rejection(new HttpClient(ports, FLOW_AI, BASE).json(READ))) as ConvoflowError;
		expect(error).toMatchObject({ code: 'FLOWAI_REDIRECTED', status: 302 });
		expect(error.advice).toContain('base URL');
		expect(ports.requests).toHaveLength(1);
	});

	it('HTTP-13 a huge error body is quoted in a short excerpt', async () => {
		const ports = fakePorts([text('x'.repeat(5_000_000), 400)]);
		const error = (await rejection(new HttpClient(ports, FLOW_AI, BASE).json(READ))) as ConvoflowError;
		expect(error.message.length).toBeLessThan(500);
		expect(error.body?.length).toBeLessThan(400);
	});

	it.each([
		['{"message":"first"}', 'first'],
		['{"error":"second"}', 'second'],
		['{"error":{"message":"third"}}', 'third'],
		['{"payload":{"message":"fourth"}}', 'fourth'],
		['plain\n  words', 'plain words'],
	])('quotes the words of the error body %s', async (body, words) => {
		const ports = fakePorts([text(body, 400)]);
		const error = (await rejection(new HttpClient(ports, FLOW_AI, BASE).json(READ))) as ConvoflowError;
		expect(error.message).toMatch(new RegExp(`: ${words}$`));
	});

	it.each(['', 'null', '5', '[]', '{"code":3}', '<html>oops</html>', '{"message":""}'])(
		'quotes nothing of the error body %j',
		async (body) => {
			const ports = fakePorts([text(body, 400)]);
			const error = (await rejection(new HttpClient(ports, FLOW_AI, BASE).json(READ))) as ConvoflowError;
			expect(error.message).toBe('Flow.ai did not accept the request (status 400)');
		},
	);
});
