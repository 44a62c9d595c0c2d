import type { JsonObject } from '../ports';
import { pointsOf, readSeries, seriesNames, timeOfX } from './series';
import type { Serie, SeriesAnswer, SeriesData } from './types';

/** Names of the columns that rows of either form have. */
const FIXED = new Set([
	'series_index',
	'series',
	'point_index',
	'x',
	'time',
	'value',
	'points',
	'mean',
	'max',
	'min',
	'sum',
	'previous_sum',
	'change_percent',
]);

/** Column of a label: its own name, unless a fixed column or, after a prefix, another label has it. */
function columnOf(label: string, labels: ReadonlySet<string>): string {
	let column = label;
	while (FIXED.has(column) || (column !== label && labels.has(column))) column = `label_${column}`;
	return column;
}

/** Rows for each series: what `rowsOf` makes of it between the series' name and its labels. */
function rowsBySeries(
	data: SeriesData,
	rowsOf: (serie: Serie, start: JsonObject, labels: JsonObject) => JsonObject[],
): JsonObject[] {
	const names = seriesNames(data);
	const keys = new Set(data.series.flatMap((serie) => Object.keys(serie.labels)));
	return data.series.flatMap((serie, index) => {
		const labels: JsonObject = {};
		for (const [key, value] of Object.entries(serie.labels)) labels[columnOf(key, keys)] = value;
		return rowsOf(serie, { series_index: index, series: names[index] ?? '' }, labels);
	});
}

interface Figures {
	readonly points: number;
	readonly sum: number | null;
	readonly mean: number | null;
	readonly min: number | null;
	readonly max: number | null;
}

/** Figures from the values; where there are none, as the service sent them (its mean may be rounded). */
function figuresOf({ values, sum, mean, min, max }: Serie): Figures {
	const numbers = values.filter((value) => value !== null);
	if (numbers.length === 0)
		return { points: 0, sum: sum ?? null, mean: mean ?? null, min: min ?? null, max: max ?? null };
	const total = numbers.reduce((one, other) => one + other, 0);
	return {
		points: numbers.length,
		sum: total,
		mean: total / numbers.length,
		min: numbers.reduce((one, other) => Math.min(one, other)),
		max: numbers.reduce((one, other) => Math.max(one, other)),
	};
}

/** Change in percent, to one decimal; null where there was nothing before, since that has no share. */
function changeOf(sum: number | null, before: number | null): number | null {
	if (sum === null || before === null || before === 0) return null;
	return Math.round(((sum - before) / before) * 1_000) / 10;
}

/** What tells a series from the others of its answer. */
function keysOf(data: SeriesData): string[] {
	const names = seriesNames(data);
	return data.series.map(({ labels }, index) =>
		JSON.stringify([names[index] ?? '', Object.entries(labels).sort()]),
	);
}

/**
 * One row a series: `series_index`, `series`, `points` (with a value), `sum`, `mean`, `min`, `max` and a column
 * per label. With the answer of the period before also `previous_sum` and `change_percent`, null where the
 * series was not there or was 0.
 */
export function summaryRows(answer: SeriesAnswer, previous?: SeriesAnswer): JsonObject[] {
	const data = readSeries(answer);
	const before = previous && readSeries(previous);
	const sums = new Map<string, number | null>();
	if (before) keysOf(before).forEach((key, index) => sums.set(key, sumOf(before.series[index])));
	const keys = keysOf(data);
	return rowsBySeries(data, (serie, start, labels) => {
		const figures = figuresOf(serie);
		const previous_sum = sums.get(keys[Number(start['series_index'])] ?? '') ?? null;
		const change = before ? { previous_sum, change_percent: changeOf(figures.sum, previous_sum) } : {};
		return [{ ...start, ...figures, ...change, ...labels }];
	});
}

function sumOf(serie: Serie | undefined): number | null {
	return serie ? figuresOf(serie).sum : null;
}

/**
 * One row a point, in the order of the series: `series_index`, `series`, `point_index`, `x`, `time` (where x is
 * one), `value` and a column per label. Uneven lengths leave nulls, never invented zeros. An answer without any
 * point, as insights may give it, becomes one row a series instead (Chatlayer reference §6).
 * @param timeOf the instant of an x; UTC unless the caller knows better
 */
export function tidyRows(answer: SeriesAnswer, timeOf = timeOfX): JsonObject[] {
	const data = readSeries(answer);
	if (pointsOf(data) === 0) return summaryRows(answer);
	const times = data.xValues.map(timeOf);
	return rowsBySeries(data, (serie, start, labels) => {
		const points = Math.max(serie.values.length, data.xValues.length);
		return Array.from({ length: points }, (_, point): JsonObject => ({
			...start,
			point_index: point,
			x: data.xValues[point] ?? null,
			time: times[point] ?? null,
			value: serie.values[point] ?? null,
			...labels,
		}));
	});
}

/** A column for each series: its name; a repeated one, or one that is called `x`, gets a number. */
function columnsOf(names: readonly string[]): string[] {
	const taken = new Set(['x']);
	return names.map((name) => {
		// An own member of this name would not be one.
		const own = name === '__proto__' ? 'series __proto__' : name;
		let column = own;
		for (let count = 2; taken.has(column); count += 1) column = `${own} (${count})`;
		taken.add(column);
		return column;
	});
}

/**
 * One row a point of the axis: `x`, and a column for each series. An answer without any point becomes one row a
 * series, as in `tidyRows`.
 */
export function tableRows(answer: SeriesAnswer): JsonObject[] {
	const data = readSeries(answer);
	const points = pointsOf(data);
	if (points === 0) return summaryRows(answer);
	const columns = columnsOf(seriesNames(data));
	return Array.from({ length: points }, (_, point) => {
		const row: JsonObject = { x: data.xValues[point] ?? null };
		columns.forEach((column, index) => (row[column] = data.series[index]?.values[point] ?? null));
		return row;
	});
}
