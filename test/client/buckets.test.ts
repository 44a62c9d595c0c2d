import { bucketMs, cutRange } from '@convoflow/client';
import fc from 'fast-check';

const at = (text: string): number => Date.parse(`${text}Z`);
const told = (pieces: readonly (readonly [number, number])[]): string[] =>
	pieces.map(([from, to]) => `${new Date(from).toISOString()} ${new Date(to).toISOString()}`);

it('leaves a short range whole, wherever it begins', () => {
	const [start, end] = [at('2026-03-01T10:30:00'), at('2026-03-09T09:00:00')];
	for (const bucket of ['1h', '1d', '1w', '1m', '15m'])
		expect(cutRange(start, end, bucket)).toEqual([[start, end]]);
});

it('cuts hours and days at UTC midnight', () => {
	expect(told(cutRange(at('2026-03-01T10:00:00'), at('2026-03-04T12:00:00'), '1h', 30))).toEqual([
		'2026-03-01T10:00:00.000Z 2026-03-02T00:00:00.000Z',
		'2026-03-02T00:00:00.000Z 2026-03-03T00:00:00.000Z',
		'2026-03-03T00:00:00.000Z 2026-03-04T00:00:00.000Z',
		'2026-03-04T00:00:00.000Z 2026-03-04T12:00:00.000Z',
	]);
});

it('cuts weeks on Mondays', () => {
	// 1 March 2026 is a Sunday.
	expect(told(cutRange(at('2026-03-01T00:00:00'), at('2026-04-01T00:00:00'), '1w', 2))).toEqual([
		'2026-03-01T00:00:00.000Z 2026-03-09T00:00:00.000Z',
		'2026-03-09T00:00:00.000Z 2026-03-23T00:00:00.000Z',
		'2026-03-23T00:00:00.000Z 2026-04-01T00:00:00.000Z',
	]);
});

it('cuts months on their first day', () => {
	expect(told(cutRange(at('2026-01-15T00:00:00'), at('2026-07-01T00:00:00'), '1m', 3))).toEqual([
		'2026-01-15T00:00:00.000Z 2026-04-01T00:00:00.000Z',
		'2026-04-01T00:00:00.000Z 2026-06-01T00:00:00.000Z',
		'2026-06-01T00:00:00.000Z 2026-07-01T00:00:00.000Z',
	]);
});

it('asks a year of hours in pieces of a month', () => {
	const pieces = cutRange(at('2025-01-01T00:00:00'), at('2026-01-01T00:00:00'), '1h');
	expect(pieces).toHaveLength(12);
	expect(Math.max(...pieces.map(([from, to]) => (to - from) / 3_600_000))).toBe(744);
});

it('tiles any range with pieces that are longer than a bucket and cut at its boundaries', () => {
	const MOST = 6;
	fc.assert(
		fc.property(
			fc.constantFrom('1h', '1d', '1w'),
			fc.integer({ min: at('2024-01-01T00:00:00'), max: at('2027-01-01T00:00:00') }),
			fc.double({ min: 1.01, max: 60, noNaN: true }),
			(bucket, start, buckets) => {
				const length = bucketMs(bucket) ?? 0;
				const end = start + Math.ceil(buckets * length);
				const pieces = cutRange(start, end, bucket, bucket === '1h' ? 30 : MOST);
				expect(pieces[0]?.[0]).toBe(start);
				expect(pieces.at(-1)?.[1]).toBe(end);
				pieces.slice(1).forEach(([from], index) => expect(from).toBe(pieces[index]?.[1]));
				for (const [from] of pieces.slice(1)) {
					const date = new Date(from);
					expect(from % 86_400_000).toBe(0);
					if (bucket === '1w') expect(date.getUTCDay()).toBe(1);
				}
				for (const [from, to] of pieces.slice(1)) expect(to - from).toBeGreaterThan(length);
			},
		),
	);
});
