import {
	chatlayerApi,
	chatlayerCoreApi,
	credentials,
	flowAiApi,
	flowAiManagementApi,
	flowAiSocketApi,
	flowXoApi,
	flowXoFlowApi,
	secretSets,
} from '@convoflow/credentials';
import {
	connect,
	findCredential,
	readFields,
	redactorOf,
	secretsOf,
	testCredential,
	testPath,
	type Credential,
} from '@convoflow/kit';
import { answer, fakePorts, fault, text, type Step } from '../support/fake-ports';

const KEY = 'fake-key-for-tests';

/** Values as a host reads them from a form. */
function values(credential: Credential, raw: Record<string, unknown>): Record<string, unknown> {
	return readFields(credential.fields, raw, { timeZone: 'UTC' });
}

const basic = (pair: string): string => `Basic ${Buffer.from(pair).toString('base64')}`;

describe('sign', () => {
	const PASTED = [KEY, ` ${KEY}\n`, `Bearer ${KEY}`, `bearer   ${KEY}`, `Bearer Bearer ${KEY}`];

	it.each(PASTED)('flowAiApi never doubles Bearer: %j', (apiKey) => {
		const sign = (scheme?: string): unknown => flowAiApi.sign(values(flowAiApi, { apiKey, scheme }));
		expect(sign()).toEqual({ headers: { authorization: `Bearer ${KEY}` } });
		expect(sign('bearer')).toEqual({ headers: { authorization: `Bearer ${KEY}` } });
		expect(sign('bare')).toEqual({ headers: { authorization: KEY } });
	});

	it.each(PASTED)('flowXoApi never doubles Bearer: %j', (apiKey) => {
		expect(flowXoApi.sign(values(flowXoApi, { apiKey }))).toEqual({
			headers: { authorization: `Bearer ${KEY}` },
		});
	});

	it.each(PASTED)('flowAiManagementApi never doubles Bearer: %j', (apiKey) => {
		const read = values(flowAiManagementApi, { apiKey, projectId: 'p' });
		expect(flowAiManagementApi.sign(read)).toEqual({ headers: { authorization: `Bearer ${KEY}` } });
	});

	it.each(PASTED)('chatlayerCoreApi never doubles Bearer: %j', (accessToken) => {
		expect(chatlayerCoreApi.sign(values(chatlayerCoreApi, { accessToken }))).toEqual({
			headers: { authorization: `Bearer ${KEY}` },
		});
	});

	it('flowAiSocketApi sends the client ID in both documented forms', () => {
		expect(flowAiSocketApi.sign(values(flowAiSocketApi, { clientId: ` ${KEY} ` }))).toEqual({
			headers: { 'x-flowai-clientid': KEY },
			query: { clientId: KEY },
		});
	});

	it.each([
		['fake-id', 'fake-secret', 'fake-id:fake-secret'],
		[' fake-id ', ' fake-secret\n', 'fake-id:fake-secret'],
		['fake-id:fake-secret', undefined, 'fake-id:fake-secret'],
		[' fake-id:fake-secret ', '', 'fake-id:fake-secret'],
		['fake-id:with:colons', undefined, 'fake-id:with:colons'],
		['fake-id:fake-secret', 'fake-secret', 'fake-id:fake-secret'],
		['fåke', 'sécret', 'fåke:sécret'],
	])('chatlayerApi takes the ID %j and the secret %j for %j', (tokenId, tokenSecret, pair) => {
		expect(chatlayerApi.sign(values(chatlayerApi, { tokenId, tokenSecret }))).toEqual({
			headers: { authorization: basic(pair) },
		});
	});
});

describe('baseUrl', () => {
	it.each<[Credential, Record<string, unknown>, string]>([
		[flowAiApi, { apiKey: KEY }, 'https://api.flow.ai'],
		[flowAiApi, { apiKey: KEY, baseUrl: 'https://api.flow.ai/rest/v1/' }, 'https://api.flow.ai'],
		[flowAiApi, { apiKey: KEY, baseUrl: ' http://127.0.0.1:3000/flowai/ ' }, 'http://127.0.0.1:3000/flowai'],
		[
			flowAiManagementApi,
			{ apiKey: KEY, projectId: 'p', baseUrl: 'https://api.flow.ai/v1' },
			'https://api.flow.ai',
		],
		[flowAiSocketApi, { clientId: KEY }, 'https://sdk.flow.ai'],
		[flowAiSocketApi, { clientId: KEY, baseUrl: 'https://api.flow.ai/socket.info/' }, 'https://api.flow.ai'],
		[flowXoApi, { apiKey: KEY }, 'https://flowxo.com/api'],
		[flowXoApi, { apiKey: KEY, baseUrl: 'https://flowxo.com/api/conversations' }, 'https://flowxo.com/api'],
		[chatlayerCoreApi, { accessToken: KEY }, 'https://api.chatlayer.ai'],
		[chatlayerCoreApi, { accessToken: KEY, region: 'us' }, 'https://api.prod.us-east4.gcp.chatlayer.ai'],
		[chatlayerCoreApi, { accessToken: KEY, region: 'apac' }, 'https://api.prod.asia-south1.gcp.chatlayer.ai'],
		[chatlayerCoreApi, { accessToken: KEY, region: 'custom', baseUrl: 'http://h.test/v1/' }, 'http://h.test'],
		[chatlayerApi, { tokenId: 'i' }, 'https://analytics.api.chatlayer.ai'],
		[chatlayerApi, { tokenId: 'i', region: 'us' }, 'https://analytics.api.prod.us-east4.gcp.chatlayer.ai'],
		[
			chatlayerApi,
			{ tokenId: 'i', region: 'apac' },
			'https://analytics.api.prod.asia-south1.gcp.chatlayer.ai',
		],
		[chatlayerApi, { tokenId: 'i', region: 'sa' }, 'https://analytics.api.prod.sa-east1.gcp.chatlayer.ai'],
		[chatlayerApi, { tokenId: 'i', region: 'custom', baseUrl: 'http://h.test/v1/' }, 'http://h.test'],
	])('$name with %j is %s', (credential, raw, expected) => {
		expect(credential.baseUrl(values(credential, raw))).toBe(expected);
	});

	it('of an address that is none is refused by the name of the field', () => {
		for (const baseUrl of ['flow.ai', 'ftp://flow.ai']) {
			expect(() => flowAiApi.baseUrl(values(flowAiApi, { apiKey: KEY, baseUrl }))).toThrow(
				expect.objectContaining({ code: 'CONVOFLOW_INVALID_INPUT', field: 'baseUrl' }) as Error,
			);
		}
		expect(() => values(chatlayerApi, { tokenId: 'i', region: 'custom' })).toThrow('Base URL is empty');
	});
});

const RAW: Readonly<Record<string, Record<string, unknown>>> = {
	flowAiApi: { apiKey: KEY },
	flowAiManagementApi: { apiKey: KEY, projectId: 'pr|1' },
	flowAiSocketApi: { clientId: KEY },
	flowXoApi: { apiKey: KEY },
	chatlayerApi: { tokenId: 'fake-id', tokenSecret: KEY },
	chatlayerCoreApi: { accessToken: KEY },
};
const RIGHT: Readonly<Record<string, Step>> = {
	flowAiApi: answer({ status: 'ok', businessHours: [] }),
	flowAiManagementApi: answer([{ flowId: 'fl-1' }]),
	flowAiSocketApi: answer({ status: 'ok', payload: { endpoint: 'wss://x' } }),
	flowXoApi: answer({ total: 0, skip: 0, limit: 1, conversations: [] }),
	chatlayerApi: answer({ message: 'ping' }),
	chatlayerCoreApi: answer([{ id: 'k3v9x2ab', name: 'Bike Shop' }]),
};

/** A right form and a wrong one of each credential that no call can test. */
const FORMS: Readonly<Record<string, readonly [Record<string, unknown>, Record<string, unknown>]>> = {
	flowAiActionApi: [{ verifyToken: KEY }, { verifyToken: KEY, baseUrl: 'flow.ai' }],
	flowXoFlowApi: [{ secretUrl: 'https://flowxo.com/hooks/a/x7Kp29Qz' }, { secretUrl: 'flowxo.com' }],
};

it.each(credentials.filter(({ test }) => !test).map((credential) => [credential.name, credential] as const))(
	'%s has no call to be tested by: its form is checked, and nothing is sent',
	async (name, credential) => {
		const ports = fakePorts([]);
		const [right = {}, bad = {}] = FORMS[name] ?? [];
		expect(await testCredential(credential, ports, values(credential, right))).toMatchObject({ ok: true });
		const wrong = await testCredential(credential, ports, values(credential, bad));
		expect(wrong).toMatchObject({ ok: false, code: 'CONVOFLOW_INVALID_INPUT' });
		expect(ports.requests).toEqual([]);
	},
);

/** Those that a call can show to be right. */
const callable = credentials.filter(({ test }) => test !== undefined);

describe.each(callable.map((credential) => [credential.name, credential] as const))(
	'%s',
	(name, credential) => {
		const raw = RAW[name] ?? {};
		const tried = async (step: Step): ReturnType<typeof testCredential> =>
			await testCredential(credential, fakePorts([step], { secrets: [KEY] }), values(credential, raw));

		it('passes its test with the right answer, by a call that changes nothing', async () => {
			const ports = fakePorts([RIGHT[name] ?? text('')]);
			expect(await testCredential(credential, ports, values(credential, raw))).toMatchObject({ ok: true });
			const [request] = ports.requests;
			expect(ports.requests).toHaveLength(1);
			const path = testPath(credential.test?.path ?? 'none', credential.fields, values(credential, raw));
			expect(new URL(request?.url ?? '').pathname.endsWith(path)).toBe(true);
			expect(request?.method === 'GET' || request?.url.endsWith('/v1/echo')).toBe(true);
		});

		it.each<[string, Step]>([
			['a wrong key', answer({ message: `no ${KEY}` }, 401)],
			['NODE-14 a sign-in page', text('<html>Sign in</html>', 200, { 'content-type': 'text/html' })],
			['an empty answer', text('')],
			['another service', answer({ hello: 'world' })],
			['a list of other things', answer([{ name: 'x' }])],
			[
				'a refusal with status 200',
				answer({ status: 'error', payload: { message: `Unknown ${KEY}` }, message: `Unknown ${KEY}` }),
			],
			['a redirect', text('', 302)],
			['a closed port', fault('ECONNREFUSED', `no way to ${KEY}`)],
			['a fault', new RangeError(KEY)],
		])('fails its test with %s, in one try, with words and without the key', async (_name, step) => {
			const result = await tried(step);
			expect(result.ok).toBe(false);
			expect(result.message).not.toBe('');
			expect(result.advice).not.toBe('');
			expect(result.code).toMatch(/^(FLOWAI|FLOWXO|CHATLAYER|CONVOFLOW)_/);
			expect(JSON.stringify(result)).not.toContain(KEY);
		});

		it('makes its client, and is found by its name', () => {
			expect(connect(credential, fakePorts([]), values(credential, raw))).toBeInstanceOf(Object);
			expect(findCredential(credentials, name)).toBe(credential);
		});

		it('has every secret that it signs with taken out of texts', () => {
			const read = values(credential, raw);
			const { headers = {}, query = {} } = credential.sign(read);
			const pair = [`${String(read['tokenId'])}:${String(read['tokenSecret'])}`];
			const redact = redactorOf(secretsOf(credential.fields, read), pair);
			for (const signed of [...Object.values(headers), ...Object.values(query)]) {
				expect(redact(signed)).toMatch(/^((Bearer|Basic) )?\[secret\]$/);
			}
		});
	},
);

it('the Management API is tested with the flows of the project, also where it has none', async () => {
	const read = values(flowAiManagementApi, { apiKey: KEY, projectId: ' pr|1 ' });
	const ports = fakePorts([answer([])]);
	expect(await testCredential(flowAiManagementApi, ports, read)).toMatchObject({ ok: true });
	expect(ports.requests[0]?.url).toBe('https://api.flow.ai/v1/projects/pr%7C1/flows?limit=1&skip=0');
	const refused = await testCredential(flowAiManagementApi, ports, { ...read, projectId: '..' });
	expect(refused).toMatchObject({ ok: false, code: 'CONVOFLOW_INVALID_INPUT' });
	expect(refused.message).toContain('Project ID');
});

describe('flowXoFlowApi', () => {
	const HOOK = 'https://flowxo.com/hooks/a/x7Kp29Qz';
	const tried = async (
		secretUrl: string,
		step: Step = fault('a request'),
	): ReturnType<typeof testCredential> =>
		await testCredential(flowXoFlowApi, fakePorts([step]), values(flowXoFlowApi, { secretUrl }));

	it('is tested by its form alone, since every call would start the flow', async () => {
		expect(await tried(`${HOOK}/`)).toEqual({
			ok: true,
			message: 'The form is right; whether it fits shows with the first call',
			advice: '',
		});
	});

	it.each(['words', 'flowxo.com/hooks/a/x7Kp29Qz', 'https://u:p@flowxo.com/x7Kp29Qz'])(
		'refuses %j without repeating it',
		async (url) => {
			const result = await tried(url);
			expect(result).toMatchObject({ ok: false, code: 'CONVOFLOW_INVALID_INPUT' });
			expect(JSON.stringify(result)).not.toContain('x7Kp29Qz');
		},
	);

	it('keeps the whole address out of texts, and makes its client', () => {
		const read = values(flowXoFlowApi, { secretUrl: HOOK });
		expect(redactorOf(secretsOf(flowXoFlowApi.fields, read))(`at ${HOOK}`)).toBe('at [secret]');
		expect(connect(flowXoFlowApi, fakePorts([]), read)).toBeInstanceOf(Object);
	});
});

describe('what people paste into one field', () => {
	it('is kept out of texts as well: a whole pair, a key with its scheme', () => {
		const pair = values(chatlayerApi, { tokenId: `fake-id:${KEY}` });
		expect(redactorOf(secretsOf(chatlayerApi.fields, pair))(`${KEY} ${basic(`fake-id:${KEY}`)}`)).toBe(
			'[secret] Basic [secret]',
		);
		const key = values(flowXoApi, { apiKey: `Bearer ${KEY}` });
		expect(redactorOf(secretsOf(flowXoApi.fields, key))(`key ${KEY}`)).toBe('key [secret]');
	});
});

it('every name is used once, ends in Api, and its secrets are secret fields', () => {
	const all = [...credentials, ...secretSets];
	const names = all.map(({ name }) => name);
	expect(new Set(names).size).toBe(names.length);
	for (const { name, fields } of all) {
		expect(name).toMatch(/^[a-z][A-Za-z]*Api$/);
		for (const [field, { kind }] of Object.entries(fields)) {
			if (/key|secret|token|clientId/i.test(field)) expect(kind).toBe('secret');
		}
	}
});

it('findCredential says which name is missing', () => {
	expect(() => findCredential(credentials, 'nobodyApi')).toThrow('nobodyApi');
});
