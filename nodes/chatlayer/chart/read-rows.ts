import {
	ConvoflowError,
	isObject,
	numberOf,
	tidyRows,
	type JsonObject,
	type JsonValue,
} from '@convoflow/client';
import { readDateTime, toInstant } from '@convoflow/kit';
import { findColumns, type ColumnChoice, type Columns } from './columns';
import type { Axis, ChartData, ChartSeries } from './drawing/data';
import { MAX_SERIES } from './drawing/style';

/** Most rows, and most names on an axis. */
const [MAX_ROWS, MAX_NAMES] = [200_000, 1_000];
/** Numbers between these are moments in ms: from 1973 to the year 5138. */
const [FIRST_MS, LAST_MS] = [1e11, 1e14];

const GENERIC_NAME = /^(series_1|value)$/;

/** What was read, and how many rows had no place on the axis. */
export interface ReadRows {
	readonly data: ChartData;
	/** Rows whose x is empty. */
	readonly leftOut: number;
}

function tooLarge(message: string, advice: string): ConvoflowError {
	return new ConvoflowError('CHATLAYER_CHART_TOO_LARGE', message, { advice });
}

/** Rows as they are; an answer of the service as it came becomes one row a point. */
function rowsIn(items: readonly JsonObject[]): JsonObject[] {
	const rows: JsonObject[] = [];
	for (const item of items) {
		const isRaw = isObject(item['data']) && Array.isArray(item['data']['series']);
		for (const row of isRaw ? tidyRows(item) : [item]) if (Object.keys(row).length > 0) rows.push(row);
	}
	return rows;
}

/** A value as the name of a place or a series. */
function nameOf(value: JsonValue | undefined): string {
	if (value === undefined || value === null) return '';
	return typeof value === 'object' ? JSON.stringify(value) : String(value).trim();
}

/** The instant of a date, a date-time or a number of ms; a date alone is its midnight in the zone. */
function instantOf(value: JsonValue | undefined, zone: string): number | undefined {
	if (typeof value === 'number') return value >= FIRST_MS && value < LAST_MS ? value : undefined;
	if (typeof value !== 'string') return undefined;
	const read = readDateTime(/^\d{4}-\d{2}$/.test(value) ? `${value}-01` : value, zone);
	if (read === undefined) return undefined;
	const ms = Date.parse(read);
	return read.length === 10 ? toInstant(zone, ms) : ms;
}

/** The places of an axis in their order, by the name that rows have for them. */
function axisOf(names: readonly string[], instants: ReadonlyMap<string, number> | undefined): Axis {
	if (instants) {
		const sorted = [...new Set(instants.values())].sort((one, other) => one - other);
		return { kind: 'time', instants: sorted };
	}
	const isNumbers = names.every((name) => numberOf(name) !== undefined);
	return {
		kind: 'names',
		names: isNumbers ? [...names].sort((one, other) => Number(one) - Number(other)) : names,
	};
}

/** Instants by name, if every name is one. */
function instantsOf(
	places: ReadonlyMap<string, JsonValue | undefined>,
	zone: string,
): Map<string, number> | undefined {
	const instants = new Map<string, number>();
	for (const [name, value] of places) {
		const instant = instantOf(value, zone);
		if (instant === undefined) return undefined;
		instants.set(name, instant);
	}
	return instants;
}

/** The names of the series that a row belongs to, by column of values. */
function seriesNames(row: JsonObject, { values, series }: Columns): string[] {
	if (series === undefined) return [...values];
	const name = nameOf(row[series]);
	return values.length === 1 ? [name] : values.map((value) => `${name} ${value}`);
}

/**
 * Reads rows into series over one axis. Values of one series at one place are added up; what is no number leaves a
 * gap.
 * @param zone IANA name, for dates without one
 * @throws CONVOFLOW_INVALID_INPUT (xField, valueFields, seriesField), CHATLAYER_CHART_TOO_LARGE
 */
export function readRows(items: readonly JsonObject[], choice: ColumnChoice, zone: string): ReadRows {
	const rows = rowsIn(items);
	if (rows.length === 0) return { data: { axis: { kind: 'names', names: [] }, series: [] }, leftOut: 0 };
	if (rows.length > MAX_ROWS) {
		throw tooLarge(
			`A chart of ${rows.length} rows cannot be drawn; at most ${MAX_ROWS} can`,
			'Ask for a shorter time range or a longer bucket.',
		);
	}
	const columns = findColumns(rows, choice);
	const xOf = (row: JsonObject, index: number): JsonValue | undefined =>
		columns.x === undefined ? index + 1 : row[columns.x];
	const places = new Map<string, JsonValue | undefined>();
	for (const [index, row] of rows.entries()) {
		const x = xOf(row, index);
		const name = nameOf(x);
		if (name !== '') places.set(name, x);
	}
	const instants = places.size === 0 ? undefined : instantsOf(places, zone);
	const axis = axisOf([...places.keys()], instants);
	if (axis.kind === 'names' && axis.names.length > MAX_NAMES) {
		throw tooLarge(
			`The field "${columns.x ?? ''}" has ${axis.names.length} different values; a chart has room for ${MAX_NAMES}`,
			'Choose another X Field, or keep the largest with a Sort and a Limit node before this one.',
		);
	}
	const order = new Map<string | number, number>(
		(axis.kind === 'time' ? axis.instants : axis.names).map((place, index) => [place, index]),
	);
	const series = new Map<string, (number | null)[]>();
	let leftOut = 0;
	for (const [index, row] of rows.entries()) {
		const name = nameOf(xOf(row, index));
		const place = order.get(instants?.get(name) ?? name);
		if (name === '' || place === undefined) {
			leftOut += 1;
			continue;
		}
		for (const [column, one] of seriesNames(row, columns).entries()) {
			const values = series.get(one) ?? new Array<number | null>(order.size).fill(null);
			if (series.size === MAX_SERIES && !series.has(one)) throw tooManySeries(rows, columns);
			series.set(one, values);
			const value = numberOf(row[columns.values[column] ?? '']);
			if (value !== undefined) values[place] = (values[place] ?? 0) + value;
		}
	}
	return { data: { axis, series: named(series) }, leftOut };
}

function tooManySeries(rows: readonly JsonObject[], columns: Columns): ConvoflowError {
	const count = new Set(rows.flatMap((row) => seriesNames(row, columns))).size;
	const from = columns.series === undefined ? '' : ` (field "${columns.series}")`;
	return tooLarge(
		`The chart would have ${count} series${from}; at most ${MAX_SERIES} can be told apart`,
		'Choose other Value Fields or another Series Field, or filter the rows before this node.',
	);
}

/** The series by name; a single one without a name of its own has none. */
function named(series: ReadonlyMap<string, (number | null)[]>): ChartSeries[] {
	return [...series].map(([name, values]) => ({
		name: series.size === 1 && GENERIC_NAME.test(name) ? '' : name,
		values,
	}));
}
