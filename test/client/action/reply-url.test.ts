import fc from 'fast-check';
import { FlowAiActionClient } from '@convoflow/client';
import { answer, fakePorts, rejection } from '../../support/fake-ports';

const TOKEN = 'fake-verify-token';

/** Where a later reply went, or why it went nowhere. */
async function outcome(replyUrl: string, baseUrl: string, hosts: readonly string[] = []): Promise<string> {
	const ports = fakePorts([answer({ status: 'ok' })]);
	const client = new FlowAiActionClient(ports, { baseUrl, hosts, tokens: [TOKEN] });
	try {
		await client.replyLater(replyUrl, { text: 'Booked' });
		return ports.requests.map(({ url }) => url).join();
	} catch (error) {
		expect(error).toMatchObject({ code: 'CONVOFLOW_INVALID_INPUT', field: 'replyUrl' });
		expect(ports.requests).toEqual([]);
		return (error as Error).message;
	}
}

const LIVE = 'https://api.flow.ai';
const LOCAL = 'http://127.0.0.1:4010/flowai';

describe('the address of a later reply', () => {
	it.each([
		['https://api.flow.ai/reply/abc?x=%2F', LIVE, []],
		['https://flow.ai/reply/abc', LIVE, ['*.flow.ai']],
		['https://eu.api.flow.ai/reply/abc', LIVE, ['*.flow.ai']],
		['https://replies.example.com/abc', LIVE, ['*.flow.ai', 'replies.example.com']],
		['https://replies.example.com:8443/abc', LIVE, [' Replies.example.com:8443 ']],
		['http://127.0.0.1:4010/flowai/reply/abc', LOCAL, []],
		['http://localhost:4011/reply/abc', LOCAL, ['localhost:4011']],
	])('%s is allowed under %s with %j', async (url, base, hosts) => {
		expect(await outcome(url, base, hosts)).toBe(url);
	});

	it.each([
		['https://evil.example/reply', LIVE, ['*.flow.ai'], 'leads to evil.example'],
		['https://api.flow.ai.evil.example/', LIVE, ['*.flow.ai'], 'leads to api.flow.ai.evil.example'],
		['https://notflow.ai/reply', LIVE, ['*.flow.ai'], 'leads to notflow.ai'],
		['https://api.flow.ai:8443/reply', LIVE, ['*.flow.ai'], 'leads to api.flow.ai:8443'],
		['https://api.flow.ai/reply', LIVE, ['*.'], 'https://api.flow.ai/reply'],
		['http://api.flow.ai/reply', LIVE, ['*.flow.ai'], 'must begin with https://'],
		['https://user:pass@api.flow.ai/reply', LIVE, [], 'user name or password'],
		['https://api.flow.ai@evil.example/reply', LIVE, [], 'user name or password'],
		['ftp://api.flow.ai/reply', LIVE, [], 'must be the web address'],
		['/reply/abc', LIVE, [], 'must be the web address'],
		['http://127.0.0.1:4011/reply', LOCAL, [], 'leads to 127.0.0.1:4011'],
	])('%s under %s with %j: %s', async (url, base, hosts, words) => {
		expect(await outcome(url, base, hosts)).toContain(words);
	});

	it.each([
		'localhost',
		'127.0.0.1',
		'0x7f.1',
		'2130706433',
		'0177.0.0.1',
		'10.0.0.8',
		'172.31.255.255',
		'192.168.1.1',
		'169.254.169.254',
		'100.64.0.1',
		'[::1]',
		'[::ffff:127.0.0.1]',
		'[fd00::1]',
		'[fe80::1]',
		'[2002:7f00:1::]',
		'intranet',
		'db.internal',
		'printer.local.',
	])('%s is private: allowed by the list only when the base URL is private too', async (host) => {
		const url = `https://${host}/reply`;
		const rule = new URL(url).host;
		expect(await outcome(url, LIVE, [rule])).toContain('inside a private network');
		expect(await outcome(url, LOCAL, [rule])).toBe(`https://${rule}/reply`);
	});

	it.each(['172.32.0.1', '11.0.0.1', '[2a00:1450::8a]', 'localhost.example.com'])(
		'%s is public',
		async (host) => {
			expect(await outcome(`https://${host}/reply`, LIVE, [host])).toBe(`https://${host}/reply`);
		},
	);

	it('never leads to a host that was not named, whatever the text', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.oneof(fc.webUrl({ withFragments: true, withQueryParameters: true }), fc.string()),
				async (text) => {
					const went = await outcome(text, LIVE, []);
					const isOurs = /^https:\/\/api\.flow\.ai\//.test(text);
					expect(went.startsWith('https://api.flow.ai/') ? isOurs : true).toBe(true);
				},
			),
		);
	});
});

describe('a later reply', () => {
	const client = (ports: ReturnType<typeof fakePorts>, ...tokens: string[]): FlowAiActionClient =>
		new FlowAiActionClient(ports, { baseUrl: LIVE, hosts: [], tokens });
	const URL_OF_CALL = 'https://api.flow.ai/reply/abc';

	it('is one POST with the verify token and nothing that was not given', async () => {
		const ports = fakePorts([answer({ status: 'ok' })], { secrets: [TOKEN] });
		await client(ports, TOKEN).replyLater(URL_OF_CALL, {});
		const [{ method, body, headers } = {}] = ports.requests;
		expect([ports.requests.length, method, body]).toEqual([1, 'POST', `{"verifyToken":"${TOKEN}"}`]);
		expect(headers).toMatchObject({ 'content-type': 'application/json' });
		expect(headers).not.toHaveProperty('authorization');
	});

	it('tries the second token when the first is refused, and only then', async () => {
		const refused = answer({ message: `no ${TOKEN}` }, 401);
		const ports = fakePorts([refused, answer({ status: 'ok' })]);
		await client(ports, TOKEN, 'fake-next-token').replyLater(URL_OF_CALL, { text: 'Hi' });
		expect(
			ports.requests.map(({ body }) => (JSON.parse(body ?? '') as { verifyToken: string }).verifyToken),
		).toEqual([TOKEN, 'fake-next-token']);
		const failing = fakePorts([answer({}, 500)]);
		expect(
			await rejection(client(failing, TOKEN, 'fake-next-token').replyLater(URL_OF_CALL, {})),
		).toMatchObject({
			code: 'CONVOFLOW_OUTCOME_UNKNOWN',
		});
		expect(failing.requests).toHaveLength(1);
	});

	it('counts any success, since the answer is documented nowhere, but not one that says error', async () => {
		for (const text of ['', 'OK', '[]', '{"anything":1}']) {
			const ports = fakePorts([{ status: 200, headers: {}, text }]);
			await expect(client(ports, TOKEN).replyLater(URL_OF_CALL, {})).resolves.toBeUndefined();
		}
		const ports = fakePorts([answer({ status: 'error', message: `expired, ${TOKEN}` })], {
			secrets: [TOKEN],
		});
		const error = await rejection(client(ports, TOKEN).replyLater(URL_OF_CALL, {}));
		expect(error).toMatchObject({
			code: 'FLOWAI_REJECTED',
			message: 'Flow.ai refused this: expired, [secret]',
		});
		expect(JSON.stringify(error)).not.toContain(TOKEN);
	});
});
