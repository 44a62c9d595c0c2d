import { pollRange, readWindow, type JsonValue } from '@convoflow/client';

const MINUTE = 60_000;
const OVERLAP = 5 * MINUTE;

interface Row {
	readonly id: string;
	readonly at: number;
}

let rows: Row[];
let stored: string | undefined;
let nowMs: number;
let asked: number[];
beforeEach(() => {
	[rows, stored, nowMs, asked] = [[], undefined, Date.UTC(2026, 0, 1), []];
});

async function poll(backlogFromMs?: number): Promise<string[]> {
	const before = stored === undefined ? undefined : readWindow(JSON.parse(stored) as JsonValue);
	const outcome = await pollRange<Row>({
		async *pages(startMs, endMs) {
			asked.push(startMs);
			const inside = rows.filter(({ at }) => at >= startMs && at <= endMs);
			for (let from = 0; from < inside.length; from += 3)
				yield await Promise.resolve(inside.slice(from, from + 3));
		},
		idOf: ({ id }) => id,
		timeOf: ({ at }) => at,
		before,
		backlogFromMs,
		overlapMs: OVERLAP,
		nowMs,
	});
	stored = JSON.stringify(outcome.cursor);
	return outcome.rows.map(({ id }) => id);
}
function add(id: string, at = nowMs): string {
	rows.push({ id, at });
	return id;
}

it('takes only what comes after the first poll, or the backlog', async () => {
	add('old', nowMs - MINUTE);
	expect(await poll()).toEqual([]);
	expect(await poll()).toEqual([]);
	add('new');
	expect(await poll()).toEqual(['new']);
	stored = undefined;
	expect(await poll(nowMs - 10 * MINUTE)).toEqual(['old', 'new']);
});

it('takes rows of the same instant and late rows once, the oldest first', async () => {
	await poll();
	add('one');
	expect(await poll()).toEqual(['one']);
	add('same instant');
	add('late', nowMs - 4 * MINUTE);
	expect(await poll()).toEqual(['late', 'same instant']);
	expect(await poll()).toEqual([]);
});

it('asks for a range that moves on, and keeps the ids of that range only', async () => {
	await poll();
	for (let minute = 0; minute < 60; minute += 1) {
		add(`row ${minute}`);
		expect(await poll()).toEqual([`row ${minute}`]);
		nowMs += MINUTE;
	}
	expect(asked.at(-1)).toBe(nowMs - 2 * MINUTE - OVERLAP);
	expect(Object.keys(readWindow(JSON.parse(stored ?? '') as JsonValue)?.seen ?? {})).toHaveLength(5);
});

it.each([-30 * MINUTE, 30 * MINUTE])('loses nothing when the clocks differ by %i ms', async (skewMs) => {
	await poll();
	const told: string[] = [];
	for (let minute = 0; minute < 20; minute += 1) {
		add(`row ${minute}`, nowMs + skewMs);
		told.push(...(await poll()));
		nowMs += MINUTE;
	}
	expect(told).toEqual(Array.from({ length: 20 }, (_, minute) => `row ${minute}`));
});

it('is not led astray by a row from the future', async () => {
	await poll();
	add('ahead', nowMs + 50 * 60 * MINUTE);
	add('beside');
	expect(await poll()).toEqual(['beside']);
	nowMs += MINUTE;
	add('after');
	expect(await poll()).toEqual(['after']);
});

it('starts anew where what is stored makes no sense', () => {
	for (const nonsense of [null, 'text', [], {}, { floor: 'x' }]) expect(readWindow(nonsense)).toBeUndefined();
});

describe('more rows than a poll takes', () => {
	interface Reading {
		readonly order: (rows: Row[]) => Row[];
		readonly moments: (index: number) => number;
	}
	/** Polls until everything was taken; gives what each poll told and how many rows were read. */
	async function catchUp({ order, moments }: Reading): Promise<{ told: string[][]; read: number }> {
		const all = order(Array.from({ length: 1_000 }, (_, index) => ({ id: `${index}`, at: moments(index) })));
		let before: ReturnType<typeof readWindow>;
		let read = 0;
		const told: string[][] = [];
		for (;;) {
			const outcome = await pollRange<Row>({
				async *pages(startMs, endMs) {
					const inside = all.filter(({ at }) => at >= startMs && at <= endMs);
					for (let from = 0; from < inside.length; from += 10) {
						const page = inside.slice(from, from + 10);
						read += page.length;
						yield await Promise.resolve(page);
					}
				},
				idOf: ({ id }) => id,
				timeOf: ({ at }) => at,
				before,
				backlogFromMs: nowMs - 24 * 60 * MINUTE,
				overlapMs: OVERLAP,
				maxRows: 50,
				nowMs,
			});
			told.push(outcome.rows.map(({ id }) => id));
			before = readWindow(JSON.parse(JSON.stringify(outcome.cursor)) as JsonValue);
			if (outcome.isComplete) return { told, read };
			if (told.length > 1_000) throw new Error('it does not get on');
		}
	}
	const once = Array.from({ length: 1_000 }, (_, index) => `${index}`);
	const shuffled = (rows: Row[]): Row[] =>
		[...rows].sort((one, other) => ((Number(one.id) * 7_919) % 1_000) - ((Number(other.id) * 7_919) % 1_000));
	const spread = (index: number): number => nowMs - 12 * 60 * MINUTE + index * 30_000;
	const dense = (index: number): number => nowMs - MINUTE + index;

	it.each([
		['in the order of time', (rows: Row[]) => rows, spread],
		['newest first', (rows: Row[]) => [...rows].reverse(), spread],
		['in no order', shuffled, spread],
		['within a second', (rows: Row[]) => rows, dense],
		['within a second, newest first', (rows: Row[]) => [...rows].reverse(), dense],
	])('takes them piece by piece, each once and in order: %s', async (_name, order, moments) => {
		const { told } = await catchUp({ order, moments });
		expect(told.flat()).toEqual(once);
		expect(Math.max(...told.map((rows) => rows.length))).toBeLessThanOrEqual(60);
	});

	it('reads rows in order hardly more than once', async () => {
		const { read } = await catchUp({ order: (rows) => rows, moments: spread });
		expect(read).toBeLessThan(1_000 * 1.5);
	});

	it.each([(rows: Row[]) => rows, shuffled])('takes a thousand of one moment at once', async (order) => {
		const { told } = await catchUp({ order, moments: () => nowMs - MINUTE });
		expect(told.flat().sort((one, other) => Number(one) - Number(other))).toEqual(once);
	});
});
