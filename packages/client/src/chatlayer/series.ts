import { isObject, numberOf, objectsIn, textOf } from '../json';
import type { JsonObject, JsonValue } from '../ports';
import type { Serie, SeriesData } from './types';

/** Reads SeriesData tolerantly: missing parts become empty, numbers in strings become numbers. */
export function readSeries(answer: JsonObject): SeriesData {
	const data = isObject(answer['data']) ? answer['data'] : {};
	const texts = (value: JsonValue | undefined): string[] =>
		Array.isArray(value) ? value.map((one) => textOf(one) ?? JSON.stringify(one)) : [];
	return {
		xValues: texts(data['x_values']),
		seriesLabels: texts(data['series_labels']),
		series: objectsIn(data['series']).map((serie): Serie => ({
			values: Array.isArray(serie['values']) ? serie['values'].map((value) => numberOf(value) ?? null) : [],
			mean: numberOf(serie['mean']),
			max: numberOf(serie['max']),
			min: numberOf(serie['min']),
			sum: numberOf(serie['sum']),
			labels: isObject(serie['labels']) ? safe(serie['labels']) : {},
		})),
	};
}

/** The labels without keys that would change what an object is. */
function safe(labels: JsonObject): JsonObject {
	return Object.fromEntries(Object.entries(labels).filter(([key]) => !UNSAFE.has(key)));
}

/** Names of the columns that rows of either form have. */
const FIXED = new Set(['series_index', 'series', 'point_index', 'x', 'value', 'mean', 'max', 'min', 'sum']);
/** Keys that would change what an object is. */
const UNSAFE = new Set(['__proto__', 'constructor', 'prototype']);

/** Column of a label: its own name, unless a fixed column or, after a prefix, another label has it. */
function columnOf(label: string, labels: ReadonlySet<string>): string {
	let column = label;
	while (FIXED.has(column) || (column !== label && labels.has(column))) column = `label_${column}`;
	return column;
}

/**
 * The name of each series. `series_labels` names either the grouping columns or the series themselves:
 * the first when every entry is a key of some label map (Chatlayer reference §6, rules 4 and 5, [inferred]).
 */
export function seriesNames({ series, seriesLabels }: SeriesData): string[] {
	const areColumns =
		seriesLabels.length > 0 &&
		seriesLabels.every((label) => series.some((serie) => Object.hasOwn(serie.labels, label)));
	return series.map((serie, index) => {
		const own = areColumns ? undefined : seriesLabels[index];
		const labels = Object.values(serie.labels).map((label) =>
			typeof label === 'object' ? JSON.stringify(label) : String(label),
		);
		return own ?? (labels.length > 0 ? labels.join(' / ') : `series_${index + 1}`);
	});
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

/**
 * One row a series, with the figures as they came: `series_index`, `series`, `mean`, `max`, `min`, `sum` and a
 * column per label. Nothing is computed.
 */
export function summaryRows(answer: JsonObject): JsonObject[] {
	return rowsBySeries(readSeries(answer), ({ mean, max, min, sum }, start, labels) => [
		{ ...start, mean: mean ?? null, max: max ?? null, min: min ?? null, sum: sum ?? null, ...labels },
	]);
}

/**
 * One row a point, in the order of the series: `series_index`, `series`, `point_index`, `x`, `value` and a
 * column per label. Uneven lengths leave nulls, never invented zeros. An answer without any point, as insights
 * may give it, becomes one row a series instead (Chatlayer reference §6).
 */
export function tidyRows(answer: JsonObject): JsonObject[] {
	const data = readSeries(answer);
	if (data.xValues.length === 0 && data.series.every(({ values }) => values.length === 0))
		return summaryRows(answer);
	return rowsBySeries(data, (serie, start, labels) => {
		const points = Math.max(serie.values.length, data.xValues.length);
		return Array.from({ length: points }, (_, point): JsonObject => ({
			...start,
			point_index: point,
			x: data.xValues[point] ?? null,
			value: serie.values[point] ?? null,
			...labels,
		}));
	});
}
