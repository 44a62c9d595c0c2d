import {
	readSeries,
	summaryRows,
	tableRows,
	tidyRows,
	type JsonObject,
	type JsonValue,
} from '@convoflow/client';
import fc from 'fast-check';

/** Chatlayer reference §6, worked example. */
const EXAMPLE: JsonObject = {
	data: {
		series_labels: ['channel_type'],
		x_values: ['2026-03-01', '2026-03-02', '2026-03-03'],
		series: [
			{ values: [12, 7, 0], mean: 6, max: 12, min: 0, sum: 19, labels: { channel_type: 'web' } },
			{ values: [3, 5], mean: 4, max: 5, min: 3, sum: 8, labels: { channel_type: 'whatsapp' } },
		],
	},
};

function data(series: JsonValue, x: JsonValue = ['a'], names: JsonValue = []): JsonObject {
	return { data: { series, x_values: x, series_labels: names } };
}

describe('tidyRows', () => {
	it('gives the six rows of the worked example (Chatlayer reference §6)', () => {
		const row = (index: number, series: string, point: number, value: number | null): JsonObject => ({
			series_index: index,
			series,
			point_index: point,
			x: `2026-03-0${point + 1}`,
			time: `2026-03-0${point + 1}T00:00:00.000Z`,
			value,
			channel_type: series,
		});
		expect(tidyRows(EXAMPLE)).toEqual([
			row(0, 'web', 0, 12),
			row(0, 'web', 1, 7),
			row(0, 'web', 2, 0),
			row(1, 'whatsapp', 0, 3),
			row(1, 'whatsapp', 1, 5),
			row(1, 'whatsapp', 2, null),
		]);
	});

	it.each([
		[{}],
		[{ data: {} }],
		[{ data: null }],
		[{ data: [] }],
		[{ data: { series: [] } }],
		[{ data: 'x' }],
	])('%j gives no rows', (answer) => {
		expect(tidyRows(answer as JsonObject)).toEqual([]);
	});

	it('gives one row a series when no series has a point, as insights may answer (rule 8)', () => {
		const series = [{ mean: '6', max: 12, labels: { channel_type: 'web', sum: 's' } }, { sum: 0 }];
		const expected = [
			{
				series_index: 0,
				series: 'web / s',
				points: 0,
				mean: 6,
				max: 12,
				min: null,
				sum: null,
				channel_type: 'web',
				label_sum: 's',
			},
			{ series_index: 1, series: 'series_2', points: 0, mean: null, max: null, min: null, sum: 0 },
		];
		expect(tidyRows(data(series, []))).toEqual(expected);
		expect(tableRows(data(series, []))).toEqual(expected);
		expect(summaryRows(data(series, ['a']))).toEqual(expected);
	});

	it('goes to the longer of both arrays and leaves the missing side null', () => {
		expect(tidyRows(data([{ values: [1, 2] }], ['a'])).map(({ x, value }) => [x, value])).toEqual([
			['a', 1],
			[null, 2],
		]);
		expect(tidyRows(data([{}], ['a'])).map(({ x, value }) => [x, value])).toEqual([['a', null]]);
	});

	it('reads numbers that came as text, and takes anything else for missing', () => {
		const values = ['12', 3, '9007199254740991', 'many', '', null, true, {}];
		expect(tidyRows(data([{ values }], [])).map(({ value }) => value)).toEqual([
			12,
			3,
			9007199254740991,
			null,
			null,
			null,
			null,
			null,
		]);
	});

	it('keeps x as text', () => {
		expect(tidyRows(data([{ values: [1, 2] }], ['1', 2])).map(({ x }) => x)).toEqual(['1', '2']);
	});

	it.each<[string, JsonValue, JsonValue, string[]]>([
		['entries that are no label keys', ['One', 'Two'], [{}, {}], ['One', 'Two']],
		['grouping columns', ['a', 'b'], [{ a: 'x', b: 'y' }, { a: 'z' }], ['x / y', 'z']],
		['one that is no key', ['a', 'no'], [{ a: 'x' }, { a: 'z' }], ['a', 'no']],
		['nothing', [], [{ a: 'x' }, {}], ['x', 'series_2']],
		['too few names', ['One'], [{}, {}], ['One', 'series_2']],
	])('names the series from %s', (_name, names, labels, expected) => {
		const series = (labels as JsonValue[]).map((one) => ({ values: [1], labels: one }));
		expect(tidyRows(data(series, ['x'], names)).map((row) => row['series'])).toEqual(expected);
	});

	it('gives a label that is called like a fixed column the prefix label_', () => {
		const labels = { x: 'left', value: 'high', series: 's', channel: 'web' };
		expect(tidyRows(data([{ values: [1], labels }]))).toEqual([
			{
				series_index: 0,
				series: 'left / high / s / web',
				point_index: 0,
				x: 'a',
				time: null,
				value: 1,
				label_x: 'left',
				label_value: 'high',
				label_series: 's',
				channel: 'web',
			},
		]);
	});

	it('keeps both labels when the prefix meets a label of that very name, in every series', () => {
		const rows = tidyRows(
			data([
				{ values: [1], labels: { x: 'one', label_x: 'two' } },
				{ values: [2], labels: { x: 'three' } },
			]),
		);
		expect(rows[0]).toMatchObject({ x: 'a', label_x: 'two', label_label_x: 'one' });
		expect(rows[1]).toMatchObject({ x: 'a', label_label_x: 'three' });
		expect(rows[1]).not.toHaveProperty('label_x');
	});

	it('leaves out labels that would change what an object is', () => {
		const labels = JSON.parse(
			'{"__proto__":{"polluted":1},"constructor":"c","prototype":"p","a":"b"}',
		) as JsonObject;
		const [row] = tidyRows(data([{ values: [1], labels }]));
		expect(Object.keys(row ?? {})).toEqual([
			'series_index',
			'series',
			'point_index',
			'x',
			'time',
			'value',
			'a',
		]);
		expect(row?.['series']).toBe('b');
		expect(row).not.toHaveProperty('polluted');
	});

	it('reads any JSON without a throw: right number of rows, fixed columns, input untouched', () => {
		const json = fc.jsonValue({ maxDepth: 4 }) as fc.Arbitrary<JsonValue>;
		const loose = fc.oneof(
			json,
			fc.record({
				series: fc.array(
					fc.record(
						{ values: fc.oneof(json, fc.array(fc.oneof(fc.integer(), fc.string()))), labels: json },
						{ requiredKeys: [] },
					),
				),
				x_values: fc.oneof(json, fc.array(fc.string())),
				series_labels: json,
			}) as fc.Arbitrary<JsonValue>,
		);
		fc.assert(
			fc.property(loose, (inner) => {
				const answer = { data: inner };
				const before = JSON.stringify(answer);
				const rows = tidyRows(answer);
				const { series, xValues } = readSeries(answer);
				const points = series.map((one) => Math.max(one.values.length, xValues.length));
				const count = points.reduce((sum, one) => sum + one, 0);
				if (count === 0) expect(rows).toEqual(summaryRows(answer));
				else expect(rows).toHaveLength(count);
				for (const row of count === 0 ? [] : rows) {
					expect(typeof row['series']).toBe('string');
					expect(row['value'] === null || typeof row['value'] === 'number').toBe(true);
					expect(row['x'] === null || typeof row['x'] === 'string').toBe(true);
				}
				expect(JSON.stringify(answer)).toBe(before);
			}),
		);
	});
});
