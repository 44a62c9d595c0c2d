import { spawnSandbox, type SpawnedSandbox } from '../bench/spawn';

/** One operation of a reference: where it is documented, what is sent, what must come. */
export interface Row {
	/** Document and section, for example "Flow.ai reference §2.2 row 4". */
	source: string;
	/** Method and path below the service's base address. */
	call: string;
	body?: unknown;
	/** Status; 200 when absent. */
	status?: number;
	/** What the answer must hold; matchers of jest may stand in it. */
	answer: unknown;
}

export type Ask = (
	call: string,
	body?: unknown,
) => Promise<{ status: number; type: string; answer: unknown }>;

let sandbox: SpawnedSandbox;

/** Starts a sandbox in a process of its own for the suite that calls it. Nothing but HTTP and web sockets leads in. */
export function useSandbox(...options: string[]): () => SpawnedSandbox {
	beforeAll(async () => {
		sandbox = await spawnSandbox(...options);
	});
	afterAll(() => sandbox.stop());
	return () => sandbox;
}

/** Calls one service with its key. */
export function asker(base: () => string, authorization: () => string): Ask {
	return async (call, body) => {
		const [method = 'GET', path = ''] = call.split(' ');
		const response = await fetch(base() + path, {
			method,
			headers: {
				authorization: authorization(),
				...(body === undefined ? {} : { 'content-type': 'application/json' }),
			},
			...(body === undefined ? {} : { body: JSON.stringify(body) }),
		});
		const text = await response.text();
		const type = response.headers.get('content-type') ?? '';
		return { status: response.status, type, answer: text === '' ? undefined : (JSON.parse(text) as unknown) };
	};
}

/** Walks a table. */
export function walk(ask: Ask, rows: Row[]): void {
	it.each(rows.map((row) => [`${row.call} (${row.source})`, row] as const))('%s', async (_name, row) => {
		const { status, type, answer } = await ask(row.call, row.body);
		expect(status).toBe(row.status ?? 200);
		if (row.answer === undefined) expect(answer).toBeUndefined();
		else expect(answer).toEqual(row.answer);
		// Every answer is JSON, errors too.
		if (answer !== undefined) expect(type).toContain('application/json');
	});
}

interface Description {
	paths: Record<string, Record<string, { tags: string[] }>>;
}

/** The last test of a suite: no operation of these services was left out of its tables. */
export function leavesNothingOut(...services: string[]): void {
	it(`has called every operation of ${services.join(', ')}`, async () => {
		const read = async (path: string): Promise<unknown> => (await fetch(sandbox.url + path)).json();
		const { paths } = (await read('/openapi.json')) as Description;
		const { requests } = (await read('/sandbox/api/requests')) as {
			requests: Array<{ method: string; path: string }>;
		};
		const operations = Object.entries(paths).flatMap(([path, methods]) =>
			Object.entries(methods)
				.filter(([, { tags }]) => services.includes(tags[0] ?? ''))
				.map(([method]) => `${method.toUpperCase()} ${path}`),
		);
		expect(operations.length).toBeGreaterThan(0);
		const missed = operations.filter((operation) => {
			const pattern = new RegExp(`^${operation.replace(/\./g, '\\.').replace(/\{\w+\}/g, '[^/]+')}/?$`);
			return !requests.some(({ method, path }) => pattern.test(`${method} ${path}`));
		});
		expect(missed).toEqual([]);
	});
}

export const text = expect.any(String) as unknown as string;
export const number = expect.any(Number) as unknown as number;
export const flag = expect.any(Boolean) as unknown as boolean;
export const list = expect.any(Array) as unknown as unknown[];
export const iso = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?Z$/) as unknown as string;
export const holding = (value: object): unknown => expect.objectContaining(value);
/** A list of which every item fits. */
export const listOf = (length: number, item: unknown): unknown[] => Array.from({ length }, () => item);
