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
