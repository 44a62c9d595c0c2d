import {
	ApiCalls,
	ChatlayerClient,
	ChatlayerCoreClient,
	checkedPath,
	FLOW_AI,
	FlowAiClient,
	FlowAiManagementClient,
	FlowXoClient,
	type ApiRequest,
} from '@convoflow/client';
import { readInput, runOperation } from '@convoflow/kit';
import { services } from '@convoflow/nodes';
import fc from 'fast-check';
import { answer, fakePorts, fault, pagesOf, rejection, text, type Step } from '../support/fake-ports';
import { JSON_BODY, NO_BODY, wire } from './flowai-harness';

const BASE = 'https://api.example.test/base';

async function call(request: Partial<ApiRequest>, script: readonly Step[] = [answer({ ok: true })]) {
	const ports = fakePorts(script);
	const calls = new ApiCalls(ports, FLOW_AI, { baseUrl: BASE, policy: { baseDelayMs: 1 } });
	const work = calls.request({ method: 'GET', path: '/things', ...request });
	return { result: await ports.clock.run(work), ports };
}

async function refused(request: Partial<ApiRequest>, script?: readonly Step[]): Promise<unknown> {
	return await rejection(call(request, script));
}

describe('a call of anything', () => {
	it('goes below the base URL with query, headers and a JSON body', async () => {
		const { ports } = await call({
			method: 'PATCH',
			path: 'things/a|b/ü',
			query: { page: 2, sync: true, tag: ['x', 'y z'], none: null },
			headers: { 'X-Request-ID': 42, none: null },
			body: { a: [1] },
		});
		expect(wire(ports)).toEqual([
			{
				method: 'PATCH',
				url: `${BASE}/things/a%7Cb/%C3%BC?page=2&sync=true&tag=x&tag=y%20z`,
				headers: { ...JSON_BODY, 'x-request-id': '42' },
				body: { a: [1] },
			},
		]);
		expect(wire((await call({})).ports)).toEqual([
			{ method: 'GET', url: `${BASE}/things`, headers: NO_BODY },
		]);
	});

	it('gives what came back, whatever it is, but no cookies', async () => {
		const json = answer([{ a: 1 }], 201, { 'set-cookie': 's=1', etag: 'x' });
		expect((await call({}, [json])).result).toEqual({
			status: 201,
			headers: { 'content-type': 'application/json', etag: 'x' },
			body: [{ a: 1 }],
		});
		expect((await call({}, [text('plain words')])).result.body).toBe('plain words');
		expect((await call({}, [text('', 204)])).result).toEqual({ status: 204, headers: {}, body: null });
	});

	it('is repeated as a GET; any other method only when it surely did not arrive', async () => {
		expect((await call({}, [text('', 500), answer({})])).ports.requests).toHaveLength(2);
		for (const method of ['POST', 'PUT', 'PATCH', 'DELETE'] as const) {
			expect(await refused({ method }, [text('', 500)])).toMatchObject({ code: 'CONVOFLOW_OUTCOME_UNKNOWN' });
			expect((await call({ method }, [fault('ECONNREFUSED'), answer({})])).ports.requests).toHaveLength(2);
		}
	});

	it.each([
		['https://evil.example/x'],
		['//evil.example/x'],
		['javascript:alert(1)'],
		['/a/../b'],
		['/a/%2e%2E/b'],
		['/a/./b'],
		['/..'],
		['/a?x=1'],
		['/a#x'],
		['/a\\..\\b'],
		['/a\nb'],
	])('never leaves the base URL: %j', async (path) => {
		expect(await refused({ path })).toMatchObject({ code: 'CONVOFLOW_INVALID_INPUT', field: 'path' });
	});

	it('stays below the base URL for any path, with nothing but what URL leaves as it is', () => {
		fc.assert(
			fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.webPath(), fc.webUrl()), (path) => {
				let checked: string;
				try {
					checked = checkedPath(BASE, path);
				} catch (error) {
					expect(error).toMatchObject({ code: 'CONVOFLOW_INVALID_INPUT', field: 'path' });
					return;
				}
				const url = new URL(`${BASE}${checked}`);
				expect(url.origin).toBe('https://api.example.test');
				expect(url.pathname.startsWith('/base/')).toBe(true);
				expect(url.pathname).toBe(`/base${checked}`);
				expect(url.search + url.hash).toBe('');
			}),
			{ numRuns: 1_000 },
		);
	});

	it.each([
		'Authorization',
		'AUTHORIZATION ',
		'cookie',
		'Host',
		'content-length',
		'Content-Type',
		'Proxy-Authorization',
	])('does not take the header %j, which the credential or the host sets', async (name) => {
		const error = await refused({ headers: { [name]: 'mine' } });
		expect(error).toMatchObject({ code: 'CONVOFLOW_INVALID_INPUT', field: 'headers' });
	});

	it('refuses headers and query values that cannot travel', async () => {
		for (const headers of [{ 'a b': 'x' }, { a: 'x\r\nb: y' }, { a: { b: 1 } }])
			expect(await refused({ headers })).toMatchObject({ field: 'headers' });
		for (const query of [{ a: { b: 1 } }, { a: [{ b: 1 }] }])
			expect(await refused({ query })).toMatchObject({ field: 'query' });
	});
});

const APIS = {
	flowAiApi: (ports: ReturnType<typeof fakePorts>) => new FlowAiClient(ports, { baseUrl: BASE, retries: 0 }),
	flowAiManagementApi: (ports: ReturnType<typeof fakePorts>) =>
		new FlowAiManagementClient(ports, { baseUrl: BASE, retries: 0, projectId: 'p' }),
	flowXoApi: (ports: ReturnType<typeof fakePorts>) => new FlowXoClient(ports, { baseUrl: BASE, retries: 0 }),
	chatlayerApi: (ports: ReturnType<typeof fakePorts>) =>
		new ChatlayerClient(ports, { baseUrl: BASE, retries: 0 }),
	chatlayerCoreApi: (ports: ReturnType<typeof fakePorts>) =>
		new ChatlayerCoreClient(ports, { baseUrl: BASE, retries: 0 }),
};
const requests = services.flatMap(({ resources }) =>
	resources.flatMap(({ operations }) => operations.filter(({ name }) => name === 'request')),
);

it('there is a request for each API', () => {
	expect(requests.map(({ credential }) => credential).sort()).toEqual(Object.keys(APIS).sort());
});

describe.each(requests.map((operation) => [operation.credential, operation] as const))(
	'the request with %s',
	(name, operation) => {
		const run = async (raw: Record<string, unknown>, step: Step): Promise<unknown[]> => {
			const client = APIS[name as keyof typeof APIS](fakePorts([step]));
			const context = {
				signal: new AbortController().signal,
				now: () => 0,
				log: () => undefined,
				notice: () => undefined,
			};
			const input = readInput(operation, { path: '/x', ...raw }, { timeZone: 'UTC' });
			return (await pagesOf(runOperation(operation, client, input, context))).flat();
		};

		it('puts out rows or the whole answer', async () => {
			expect(await run({}, answer([{ a: 1 }, 'b']))).toEqual([{ a: 1 }, { value: 'b' }]);
			expect(await run({}, answer({ a: 1 }))).toEqual([{ a: 1 }]);
			expect(await run({}, text('', 204))).toEqual([{ status: 204 }]);
			expect(await run({ output: 'raw' }, answer([1]))).toEqual([
				{ status: 200, headers: { 'content-type': 'application/json' }, body: [1] },
			]);
			expect(await run({ maskPersonalData: true }, answer([{ email: 'm@x.se' }]))).toEqual([
				{ email: '[email]' },
			]);
		});

		it('says what a fault means', async () => {
			expect(await rejection(run({}, text('', 404)))).toMatchObject({ status: 404 });
			expect(await rejection(run({ method: 'POST' }, text('', 500)))).toMatchObject({
				code: 'CONVOFLOW_OUTCOME_UNKNOWN',
				message: 'It is not known whether this request had its effect',
			});
		});
	},
);
