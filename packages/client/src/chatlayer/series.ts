import { isObject, numberOf, objectsIn, textOf } from '../json';
import type { JsonObject, JsonValue } from '../ports';
import type { Serie, SeriesData } from './types';

/** Reads SeriesData tolerantly: missing parts become empty, numbers in strings become numbers. */
export function readSeries(answer: JsonObject): SeriesData {
	const data = isObject(answer['data']) ? answer['data'] : {};
	const list = (value: JsonValue | undefined): JsonValue[] => (Array.isArray(value) ? value : []);
	const text = (value: JsonValue): string => textOf(value) ?? JSON.stringify(value);
	return {
		xValues: list(data['x_values']).map((value) => (value === null ? null : text(value))),
		seriesLabels: list(data['series_labels']).map(text),
		series: objectsIn(data['series']).map((serie): Serie => ({
			values: list(serie['values']).map((value) => numberOf(value) ?? null),
			mean: numberOf(serie['mean']),
			max: numberOf(serie['max']),
			min: numberOf(serie['min']),
			sum: numberOf(serie['sum']),
			labels: isObject(serie['labels']) ? safe(serie['labels']) : {},
		})),
	};
}

/** Keys that would change what an object is. */
const UNSAFE = new Set(['__proto__', 'constructor', 'prototype']);

/** The labels without keys that would change what an object is. */
function safe(labels: JsonObject): JsonObject {
	return Object.fromEntries(Object.entries(labels).filter(([key]) => !UNSAFE.has(key)));
}

/**
 * Whether `series_labels` names the grouping columns, not the series: when every entry is a key of some label
 * map (Chatlayer reference §6, rule 4, [inferred]).
 */
export function seriesLabelsAreColumns({ series, seriesLabels }: SeriesData): boolean {
	return (
		seriesLabels.length > 0 &&
		seriesLabels.every((label) => series.some((serie) => Object.hasOwn(serie.labels, label)))
	);
}

/** The name of each series (Chatlayer reference §6, rule 5, [inferred]). */
export function seriesNames(data: SeriesData): string[] {
	const areColumns = seriesLabelsAreColumns(data);
	return data.series.map((serie, index) => {
		const own = areColumns ? undefined : data.seriesLabels[index];
		const labels = Object.values(serie.labels).map((label) =>
			typeof label === 'object' ? JSON.stringify(label) : String(label),
		);
		return own ?? (labels.length > 0 ? labels.join(' / ') : `series_${index + 1}`);
	});
}

/** Points of the longest series, or of the axis where that is longer. */
export function pointsOf({ series, xValues }: SeriesData): number {
	return series.reduce((most, { values }) => Math.max(most, values.length), xValues.length);
}

const ISO = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?)?$/i;

/** The instant that an x names, as UTC; without a zone it is UTC already. Null for anything but a date. */
export function timeOfX(x: string | null): string | null {
	const match = x === null ? null : ISO.exec(x.trim());
	if (!match) return null;
	const text = match[0].replace(' ', 'T').replace(/\s/g, '');
	// A date alone is UTC by itself.
	const ms = Date.parse(text.includes('T') && match[1] === undefined ? `${text}Z` : text);
	return Number.isNaN(ms) ? null : new Date(ms).toISOString();
}

/**
 * Adds up the points that belong together, such as the hours of a day; the order of first appearance is kept.
 * @param labelOf the new x of a point
 * @returns an answer of the same form, without figures beside the values
 */
export function regroupSeries(answer: JsonObject, labelOf: (x: string | null) => string): JsonObject {
	const data = readSeries(answer);
	const places = new Map<string, number>();
	const place = Array.from({ length: pointsOf(data) }, (_, point) => {
		const label = labelOf(data.xValues[point] ?? null);
		const known = places.get(label) ?? places.size;
		places.set(label, known);
		return known;
	});
	return {
		data: {
			series_labels: [...data.seriesLabels],
			x_values: [...places.keys()],
			series: data.series.map(({ values, labels }) => {
				const sums = new Array<number | null>(places.size).fill(null);
				values.forEach((value, point) => {
					const at = place[point] ?? 0;
					if (value !== null) sums[at] = (sums[at] ?? 0) + value;
				});
				return { values: sums, labels: labels };
			}),
		},
	};
}
