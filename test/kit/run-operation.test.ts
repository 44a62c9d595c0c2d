import { ConvoflowError, invalidInput, type JsonObject } from '@convoflow/client';
import {
	formFields,
	operationsFor,
	readInput,
	runOperation,
	type Operation,
	type RunContext,
} from '@convoflow/kit';
import { pagesOf, rejection } from '../support/fake-ports';

const UTC = { timeZone: 'UTC' };
const define = operationsFor<FakeClient>('fake', 'fakeApi');

/** A client with one list, which counts the pages asked for. */
class FakeClient {
	asked = 0;
	limits: (number | undefined)[] = [];
	failAt = Infinity;
	closed = 0;

	async *list(limit?: number): AsyncGenerator<JsonObject[], void, void> {
		this.limits.push(limit);
		try {
			for (let page = 0; page < 5; page += 1) {
				this.asked += 1;
				if (this.asked === this.failAt) throw new ConvoflowError('FAKE_NOT_FOUND', 'gone', { status: 404 });
				await Promise.resolve();
				yield [{ n: page * 2 }, { n: page * 2 + 1 }];
			}
		} finally {
			this.closed += 1;
		}
	}
}

const COMMON = { displayName: 'Get', action: 'Get things', description: 'Get', effect: 'read' } as const;

const many = define({
	...COMMON,
	name: 'getMany',
	returns: 'many',
	fields: {},
	run: (client, _input, { limit }) => client.list(limit),
	simplify: (rows) => rows.map((row) => ({ simple: row['n'] ?? null })),
	errors: {
		FAKE_NOT_FOUND: { code: 'FAKE_THING_NOT_FOUND', message: 'No such thing', advice: 'Look again.' },
	},
	examples: [{ name: 'Any', input: {} }],
});

const context = (signal = new AbortController().signal): Omit<RunContext, 'limit'> => ({
	signal,
	now: () => 0,
	log: () => undefined,
	notice: () => undefined,
});

function run(
	operation: Operation,
	raw: Record<string, unknown>,
	client = new FakeClient(),
): Promise<JsonObject[][]> {
	return pagesOf(runOperation(operation, client, readInput(operation, raw, UTC), context()));
}

const numbers = (count: number): JsonObject[] => Array.from({ length: count }, (_, n) => ({ n }));

describe('a list', () => {
	it.each([
		[1, 1],
		[2, 1],
		[3, 2],
		[10, 5],
		[50, 5],
	])('with limit %i gives that many rows at most, in %i pages', async (limit, pages) => {
		const client = new FakeClient();
		const read = await run(many, { limit, simplify: false }, client);
		expect(read.flat()).toEqual(numbers(10).slice(0, limit));
		expect(client.asked).toBe(pages);
		expect(client.limits).toEqual([limit]);
		expect(client.closed).toBe(1);
	});

	it('has a limit of 50 unless told otherwise, and none with Return All', async () => {
		const client = new FakeClient();
		await run(many, {}, client);
		await run(many, { returnAll: true, limit: 1 }, client);
		expect(client.limits).toEqual([50, undefined]);
	});

	it('has a limit that is a whole number of at least 1', () => {
		for (const limit of [0, -1, 1.5, 'x']) {
			expect(() => readInput(many, { limit }, UTC)).toThrow(
				expect.objectContaining({ code: 'CONVOFLOW_INVALID_INPUT', field: 'limit' }) as Error,
			);
		}
	});

	it('is simplified unless told otherwise', async () => {
		expect((await run(many, { limit: 2 })).flat()).toEqual([{ simple: 0 }, { simple: 1 }]);
		expect((await run(many, { limit: 2, simplify: false })).flat()).toEqual(numbers(2));
	});

	it('counts rows after they were simplified, since those are what the user sees', async () => {
		const doubled = { ...many, simplify: (rows: readonly JsonObject[]) => rows.flatMap((row) => [row, row]) };
		expect((await run(doubled, { limit: 3 })).flat()).toEqual([{ n: 0 }, { n: 0 }, { n: 1 }]);
	});

	it('PAGE-07 asks no more when its reader stops', async () => {
		const client = new FakeClient();
		for await (const _page of runOperation(many, client, readInput(many, {}, UTC), context())) break;
		expect(client.asked).toBe(1);
		expect(client.closed).toBe(1);
	});

	it('keeps the rows read before an error, and gives the error in words of its own', async () => {
		const client = new FakeClient();
		client.failAt = 3;
		const rows: JsonObject[] = [];
		const reading = async (): Promise<void> => {
			const input = readInput(many, { simplify: false }, UTC);
			for await (const page of runOperation(many, client, input, context())) rows.push(...page);
		};
		expect(await rejection(reading())).toMatchObject({
			code: 'FAKE_THING_NOT_FOUND',
			message: 'No such thing',
			advice: 'Look again.',
			status: 404,
		});
		expect(rows).toEqual(numbers(4));
	});

	it('HTTP-16 ends with its signal, before the next page is handed on', async () => {
		const stop = new AbortController();
		const client = new FakeClient();
		const pages = runOperation(many, client, readInput(many, {}, UTC), context(stop.signal));
		await pages.next();
		stop.abort();
		expect(await rejection(pages.next())).toMatchObject({ code: 'CONVOFLOW_ABORTED' });
		expect(client.closed).toBe(1);
	});
});

describe('one row and one answer of rows', () => {
	const one = define({
		...COMMON,
		name: 'get',
		returns: 'one',
		fields: { id: { kind: 'string', label: 'ID', description: 'Which', required: true } },
		run: (_client, { id }) => Promise.resolve({ id, more: 1 }),
		simplify: (rows) => rows.map((row) => ({ id: row['id'] ?? null })),
		examples: [{ name: 'Any', input: { id: 'x' } }],
	});
	const rows = define({
		...COMMON,
		name: 'report',
		returns: 'rows',
		fields: {},
		run: () => Promise.resolve(numbers(3)),
		examples: [{ name: 'Any', input: {} }],
	});

	it('come as one page', async () => {
		expect(await run(one, { id: 'x' })).toEqual([[{ id: 'x' }]]);
		expect(await run(one, { id: 'x', simplify: false })).toEqual([[{ id: 'x', more: 1 }]]);
		expect(await run(rows, {})).toEqual([numbers(3)]);
	});

	it('have neither limit nor Return All, and Simplify only where it is defined', () => {
		expect(Object.keys(formFields(one))).toEqual(['id', 'simplify']);
		expect(formFields(rows)).toEqual({});
		for (const operation of [one, rows]) {
			const input = readInput(operation, { id: 'x', limit: 5, returnAll: true }, UTC);
			expect(Object.keys(input)).not.toEqual(expect.arrayContaining(['limit']));
			expect(Object.keys(input)).not.toEqual(expect.arrayContaining(['returnAll']));
		}
	});
});

describe('errors', () => {
	const failing = (thrown: () => never): Operation => ({ ...many, run: thrown });

	it('keep their own words where the operation has none', async () => {
		const error = invalidInput('start', 'Start', 'must not be later than End');
		expect(
			await rejection(
				run(
					failing(() => {
						throw error;
					}),
					{},
				),
			),
		).toBe(error);
	});

	it('of our own are called so', async () => {
		const error = await rejection(
			run(
				failing(() => {
					throw new TypeError('x is not a function');
				}),
				{},
			),
		);
		expect(error).toMatchObject({ code: 'CONVOFLOW_BUG' });
		expect((error as Error).message).toContain('x is not a function');
	});

	it('advice replaces only what it names, and keeps what the error knows', async () => {
		const advised: Operation = { ...many, errors: { FAKE_NOT_FOUND: { advice: 'Only this.' } } };
		const client = new FakeClient();
		client.failAt = 1;
		const error = (await rejection(run(advised, {}, client))) as ConvoflowError;
		expect(error).toMatchObject({
			code: 'FAKE_NOT_FOUND',
			message: 'gone',
			advice: 'Only this.',
			status: 404,
		});
	});
});
