import {
	joinSeries,
	readSeries,
	regroupSeries,
	summaryRows,
	tableRows,
	tidyRows,
	timeOfX,
	type JsonObject,
	type JsonValue,
} from '@convoflow/client';
import fc from 'fast-check';

function data(series: JsonValue, x: JsonValue = [], names: JsonValue = []): JsonObject {
	return { data: { series, x_values: x, series_labels: names } };
}

/** Chatlayer reference §6, worked example. */
const EXAMPLE = data(
	[
		{ values: [12, 7, 0], mean: 6, max: 12, min: 0, sum: 19, labels: { channel_type: 'web' } },
		{ values: [3, 5], mean: 4, max: 5, min: 3, sum: 8, labels: { channel_type: 'whatsapp' } },
	],
	['2026-03-01', '2026-03-02', '2026-03-03'],
	['channel_type'],
);

describe('tableRows', () => {
	it('gives the three rows of the worked example (Chatlayer reference §6)', () => {
		expect(tableRows(EXAMPLE)).toEqual([
			{ x: '2026-03-01', web: 12, whatsapp: 3 },
			{ x: '2026-03-02', web: 7, whatsapp: 5 },
			{ x: '2026-03-03', web: 0, whatsapp: null },
		]);
	});

	it('numbers repeated names, and a series that is called x (rule 7)', () => {
		const values = [{ values: [1] }, { values: [2] }, { values: [3] }, { values: [4] }];
		expect(tableRows(data(values, ['a'], ['x', 'web', 'web', 'web (2)']))).toEqual([
			{ x: 'a', 'x (2)': 1, web: 2, 'web (2)': 3, 'web (2) (2)': 4 },
		]);
	});

	it('loses no series, whatever it is called', () => {
		const [row] = tableRows(data([{ values: [1] }, { values: [2] }], ['a'], ['__proto__', 'constructor']));
		expect(Object.values(row ?? {})).toEqual(['a', 1, 2]);
	});
});

describe('summaryRows', () => {
	it('sums the values, takes the mean from the sum, and leaves out what was rounded', () => {
		const [row] = summaryRows(data([{ values: [1, 2, null], mean: 1, sum: 99 }], ['a', 'b', 'c']));
		expect(row).toEqual({
			series_index: 0,
			series: 'series_1',
			points: 2,
			sum: 3,
			mean: 1.5,
			min: 1,
			max: 2,
		});
	});

	it.each<[string, JsonValue, JsonValue, number | null, number | null]>([
		['more', [30], [20], 20, 50],
		['less', [15], [20], 20, -25],
		['a third', [4], [3], 3, 33.3],
		['nothing before: no share of 0', [5], [0], 0, null],
		['no values before', [5], [], null, null],
		['no values now', [], [5], 5, null],
	])('compares with the period before: %s', (_name, now, before, previous_sum, change_percent) => {
		const [row] = summaryRows(data([{ values: now }]), data([{ values: before }]));
		expect(row).toMatchObject({ previous_sum, change_percent });
	});

	it('compares each series with its own, by its labels', () => {
		const web = { values: [4], labels: { channel_type: 'web' } };
		const sms = { values: [3], labels: { channel_type: 'sms' } };
		const before = data([{ ...sms, values: [6] }], ['x'], ['channel_type']);
		expect(summaryRows(data([web, sms], ['x'], ['channel_type']), before)).toMatchObject([
			{ channel_type: 'web', previous_sum: null, change_percent: null },
			{ channel_type: 'sms', previous_sum: 6, change_percent: -50 },
		]);
	});
});

describe('timeOfX', () => {
	it.each([
		['2026-03-01', '2026-03-01T00:00:00.000Z'],
		['2026-03-01T05:00:00Z', '2026-03-01T05:00:00.000Z'],
		['2026-03-01T05:00:00.250+02:00', '2026-03-01T03:00:00.250Z'],
		['2026-03-01T05:00', '2026-03-01T05:00:00.000Z'],
		['2026-03-01 05:00:00', '2026-03-01T05:00:00.000Z'],
		['2026-13-01', null],
		['2026-02-30T25:00:00Z', null],
		['Monday', null],
		['7', null],
		['2026', null],
		['', null],
		[null, null],
	])('%s is %s', (x, time) => {
		expect(timeOfX(x)).toBe(time);
	});
});

describe('joinSeries', () => {
	it('gives a single answer back untouched', () => {
		expect(joinSeries([EXAMPLE])).toBe(EXAMPLE);
		expect(joinSeries([])).toEqual({});
	});

	it('joins pieces; a series that a piece does not have is null there', () => {
		const later = data(
			[
				{ values: ['2'], labels: { channel_type: 'sms' } },
				{ values: [9], labels: { channel_type: 'web' } },
			],
			['2026-03-04'],
			['channel_type'],
		);
		expect(tableRows(joinSeries([EXAMPLE, later]))).toEqual([
			{ x: '2026-03-01', web: 12, whatsapp: 3, sms: null },
			{ x: '2026-03-02', web: 7, whatsapp: 5, sms: null },
			{ x: '2026-03-03', web: 0, whatsapp: null, sms: null },
			{ x: '2026-03-04', web: 9, whatsapp: null, sms: 2 },
		]);
	});

	it('keeps the names of series that are named by series_labels', () => {
		const joined = joinSeries([
			data([{ values: [1] }, { values: [2] }], ['a'], ['One', 'Two']),
			data([{ values: [3] }], ['b'], ['Two']),
		]);
		expect(tableRows(joined)).toEqual([
			{ x: 'a', One: 1, Two: 2 },
			{ x: 'b', One: null, Two: 3 },
		]);
	});

	it('adds the two halves of a torn bucket', () => {
		const joined = joinSeries([
			data([{ values: [1, 2] }], ['a', 'b']),
			data([{ values: [3, 4] }], ['b', 'c']),
		]);
		expect(tableRows(joined).map((row) => row['series_1'])).toEqual([1, 5, 4]);
		expect(summaryRows(joined)).toMatchObject([{ sum: 10, points: 3 }]);
	});

	it('adds figures that came without values, but no means', () => {
		const one = { sum: 4, max: 3, min: 1, mean: 2 };
		const [serie] = readSeries(joinSeries([data([one]), data([{ ...one, max: 9, min: 0 }])])).series;
		expect(serie).toMatchObject({ sum: 8, max: 9, min: 0, mean: undefined });
	});

	const piece = fc.record({
		x: fc.array(fc.string({ maxLength: 3 }), { maxLength: 5 }),
		series: fc.array(
			fc.record({
				label: fc.constantFrom('web', 'sms', 'voice'),
				values: fc.array(fc.option(fc.integer({ min: 0, max: 1_000 })), { maxLength: 7 }),
			}),
			{ maxLength: 3 },
		),
	});
	const asAnswer = ({ x, series }: typeof piece extends fc.Arbitrary<infer P> ? P : never): JsonObject =>
		data(
			series.map(({ label, values }) => ({ values, labels: { channel_type: label } })),
			x,
			['channel_type'],
		);
	const total = (rows: readonly JsonObject[], column: string): number =>
		rows.reduce((sum, row) => sum + Number(row[column] ?? 0), 0);

	it('loses no number, whatever the lengths, names and repeats', () => {
		fc.assert(
			fc.property(fc.array(piece, { minLength: 1, maxLength: 4 }), (pieces) => {
				const sum = pieces
					.flatMap(({ series }) => series.flatMap(({ values }) => values))
					.reduce<number>((all, value) => all + (value ?? 0), 0);
				const joined = joinSeries(pieces.map(asAnswer));
				expect(total(tidyRows(joined), 'value') + 0).toBe(sum);
				expect(total(summaryRows(joined), 'sum')).toBe(sum);
				const cells = tableRows(joined).flatMap(({ x: _x, ...rest }) => Object.values(rest));
				const hasPoints = readSeries(joined).xValues.length > 0;
				if (hasPoints) expect(cells.reduce<number>((all, cell) => all + Number(cell ?? 0), 0)).toBe(sum);
			}),
		);
	});

	it('regroups without losing a number either', () => {
		fc.assert(
			fc.property(piece, (one) => {
				const before = total(summaryRows(asAnswer(one)), 'sum');
				const grouped = regroupSeries(asAnswer(one), (x) => (x ?? '').slice(0, 1));
				expect(total(summaryRows(grouped), 'sum')).toBe(before);
			}),
		);
	});
});
