import { badRequest } from '../http/errors';
import type { SandboxSettings } from '../options';
import type { JsonObject } from '../json';

const HOUR = 3_600_000;
export const BUCKETS = { '1h': HOUR, '1d': 24 * HOUR, '1w': 7 * 24 * HOUR, '1m': 30 * 24 * HOUR } as const;
export type Bucket = keyof typeof BUCKETS;

/** A range of time cut into buckets. */
export interface Axis {
	start: number;
	end: number;
	/** Start of each bucket; one for the whole range when there is no bucket. */
	starts: number[];
	/** `x_values`: dates for whole days, times otherwise. */
	labels: string[];
}

/** Most buckets of one answer, so that a century by the hour is refused and not counted. */
const MOST_BUCKETS = 50_000;

/**
 * Cuts a range into buckets.
 * @throws HttpError 400 when the range is empty or not longer than the bucket (Chatlayer reference §3, §8)
 */
export function axis(start: number, end: number, bucket: Bucket | undefined): Axis {
	if (!(start < end)) throw badRequest('start_time must be before end_time');
	if (bucket === undefined) return { start, end, starts: [start], labels: [label(start)] };
	if (BUCKETS[bucket] >= end - start) throw badRequest('bucket must be smaller than the range');
	if ((end - start) / BUCKETS[bucket] > MOST_BUCKETS)
		throw badRequest('The range is too long for the bucket');
	const starts: number[] = [];
	for (let at = start; at < end; at = next(at, bucket)) starts.push(at);
	return { start, end, starts, labels: starts.map(label) };
}

function next(at: number, bucket: Bucket): number {
	if (bucket !== '1m') return at + BUCKETS[bucket];
	const date = new Date(at);
	return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1);
}

function label(at: number): string {
	const text = new Date(at).toISOString();
	return text.endsWith('T00:00:00.000Z') ? text.slice(0, 10) : text;
}

/** Which bucket a moment falls into; -1 outside. */
export function bucketOf(axis: Axis, at: number): number {
	if (at < axis.start || at >= axis.end) return -1;
	let [low, high] = [0, axis.starts.length - 1];
	while (low < high) {
		const middle = Math.ceil((low + high) / 2);
		if ((axis.starts[middle] ?? 0) <= at) low = middle;
		else high = middle - 1;
	}
	return low;
}

/** Values of one series before they are written. */
export interface Row {
	labels: Record<string, string>;
	values: number[];
}

/** Writes `{ data: SeriesData }` (Chatlayer reference §5, §6) under the chosen readings. */
export function seriesAnswer(
	labels: string[],
	rows: Row[],
	keys: string[],
	settings: SandboxSettings,
): JsonObject {
	const series = rows.map((row, index) => {
		const values = [...row.values];
		// Every series but the first may end early: see the worked example of §6.
		if (settings.unevenSeries && index > 0) {
			while (values.length > 0 && values.at(-1) === 0) values.pop();
		}
		const sum = values.reduce((total, value) => total + value, 0);
		const numbers = {
			mean: values.length > 0 ? Math.round(sum / values.length) : 0,
			max: values.length > 0 ? values.reduce((a, b) => Math.max(a, b)) : 0,
			min: values.length > 0 ? values.reduce((a, b) => Math.min(a, b)) : 0,
			sum,
		};
		const shown = settings.omitZeroFields
			? Object.fromEntries(Object.entries(numbers).filter(([, value]) => value !== 0))
			: numbers;
		return {
			values,
			...shown,
			...(keys.length > 0 || !settings.omitZeroFields ? { labels: row.labels } : {}),
		};
	});
	const names = rows.map((row) => Object.values(row.labels).join(' / '));
	return {
		data: {
			series_labels: settings.seriesLabels === 'names' ? names : keys,
			x_values: labels,
			series,
		},
	};
}
