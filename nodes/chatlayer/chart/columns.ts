import { invalidInput, numberOf, type ConvoflowError, type JsonObject } from '@convoflow/client';

/** The columns that a user names; what is left out is found. */
export interface ColumnChoice {
	readonly xField?: string;
	/** Separated by commas. */
	readonly valueFields?: string;
	readonly seriesField?: string;
}

/** The columns that are drawn. */
export interface Columns {
	/** Undefined where rows are counted instead. */
	readonly x: string | undefined;
	readonly values: readonly string[];
	readonly series: string | undefined;
}

/** What columns for the axis are called, in the rows of this node's operations and elsewhere; the first one counts. */
const X_NAMES = [
	...['x', 'time', 'timestamp', 'date', 'day', 'week', 'month', 'hour'],
	...['step', 'intent', 'tag', 'toStep'],
];
const VALUE_NAMES = ['value', 'count', 'occurrences', 'sum'];
const SERIES_NAMES = ['series', 'breakdown'];
/** Numbers that count nothing. */
const PLACES = new Set(['series_index', 'point_index', 'rank', 'order', 'points']);

/** Most names that a message lists. */
const TOLD = 12;

type Rows = readonly JsonObject[];

function isFilled(rows: Rows, column: string): boolean {
	return rows.some((row) => (row[column] ?? null) !== null && row[column] !== '');
}

function holdsNumbers(rows: Rows, column: string): boolean {
	return rows.some((row) => numberOf(row[column]) !== undefined);
}

function namesOf(rows: Rows): string[] {
	return [...new Set(rows.flatMap((row) => Object.keys(row)))];
}

function listed(names: readonly string[]): string {
	const told = names.slice(0, TOLD).join(', ');
	return names.length > TOLD ? `${told} and ${names.length - TOLD} more` : told;
}

function refused(field: string, label: string, rule: string, names: readonly string[]): ConvoflowError {
	return invalidInput(field, label, `${rule}. The rows have these fields: ${listed(names)}`);
}

/** The column that a user names, if any. */
function chosen(
	field: 'xField' | 'seriesField',
	label: string,
	name: string | undefined,
	names: readonly string[],
): string | undefined {
	const column = name?.trim() ?? '';
	if (column === '') return undefined;
	if (names.includes(column)) return column;
	throw refused(field, label, `names "${column.slice(0, 60)}", which no row has`, names);
}

function chosenValues(rows: Rows, text: string | undefined, names: readonly string[]): string[] {
	const columns = (text ?? '')
		.split(',')
		.map((one) => one.trim())
		.filter((one) => one !== '');
	for (const column of columns) {
		const named = `names "${column.slice(0, 60)}", `;
		if (!names.includes(column))
			throw refused('valueFields', 'Value Fields', `${named}which no row has`, names);
		if (!holdsNumbers(rows, column))
			throw refused('valueFields', 'Value Fields', `${named}which holds no number in any row`, names);
	}
	return [...new Set(columns)];
}

/** The columns of values where the user names none: the one that is called so, or all that hold numbers. */
function foundValues(rows: Rows, names: readonly string[], x: string | undefined): string[] {
	const known = VALUE_NAMES.find((name) => name !== x && names.includes(name) && holdsNumbers(rows, name));
	if (known !== undefined) return [known];
	const found = names.filter(
		(name) => name !== x && !PLACES.has(name) && rows.some((row) => typeof row[name] === 'number'),
	);
	if (found.length > 0) return found;
	const empty = VALUE_NAMES.find((name) => name !== x && names.includes(name) && !isFilled(rows, name));
	if (empty !== undefined) return [empty];
	throw refused(
		'valueFields',
		'Value Fields',
		'is empty, and no field holds numbers that could be drawn',
		names,
	);
}

/**
 * Finds what is drawn of rows: as the user says, else by the names of columns.
 * @param rows at least one, none of them empty
 * @throws CONVOFLOW_INVALID_INPUT (xField, valueFields, seriesField) with the fields that the rows have
 */
export function findColumns(rows: Rows, choice: ColumnChoice): Columns {
	const names = namesOf(rows);
	const givenX = chosen('xField', 'X Field', choice.xField, names);
	const givenSeries = chosen('seriesField', 'Series Field', choice.seriesField, names);
	const givenValues = chosenValues(rows, choice.valueFields, names);
	const isFree = (name: string): boolean =>
		name !== givenSeries && !givenValues.includes(name) && isFilled(rows, name);
	const x =
		givenX ??
		X_NAMES.find((name) => names.includes(name) && isFree(name)) ??
		names.find((name) => isFree(name) && rows.some((row) => typeof row[name] === 'string'));
	const values = givenValues.length > 0 ? givenValues : foundValues(rows, names, x);
	const series =
		givenSeries ??
		(values.length > 1
			? undefined
			: SERIES_NAMES.find((name) => name !== x && names.includes(name) && isFilled(rows, name)));
	return { x, values, series };
}
