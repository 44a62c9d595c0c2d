import type { ColumnSpec } from './form-spec';

/** The cells of a row as they are typed, by column. */
export type Cells = Record<string, string>;

function cellOf(value: unknown): string {
	if (typeof value === 'string') return value;
	if (value === undefined || value === null) return '';
	return JSON.stringify(value);
}

/** The rows of a stored list; undefined when it holds something that the columns could not show. */
export function rowsOf(text: string, columns: readonly ColumnSpec[]): Cells[] | undefined {
	if (text.trim() === '') return [];
	let list: unknown;
	try {
		list = JSON.parse(text);
	} catch {
		return undefined;
	}
	const known = new Set(columns.map(({ name }) => name));
	const isRow = (one: unknown): one is object =>
		typeof one === 'object' && one !== null && Object.keys(one).every((name) => known.has(name));
	if (!Array.isArray(list) || !list.every(isRow)) return undefined;
	return list.map((row: object) =>
		Object.fromEntries(Object.entries(row).map(([name, value]) => [name, cellOf(value)])),
	);
}

function valueOf(text: string, { literal }: ColumnSpec): unknown {
	if (literal === 'num') return Number.isFinite(Number(text)) ? Number(text) : text;
	if (literal !== 'json') return text;
	try {
		return JSON.parse(text) as unknown;
	} catch {
		// Kept as it is typed; the node says what is wrong with it.
		return text;
	}
}

/** Rows as they are stored: cells that are empty are left out, and rows without a cell. */
export function listOf(rows: readonly Cells[], columns: readonly ColumnSpec[]): string {
	const filled = rows
		.map((cells) =>
			Object.fromEntries(
				columns.flatMap((column) => {
					const text = cells[column.name] ?? '';
					return text.trim() === '' ? [] : [[column.name, valueOf(text, column)]];
				}),
			),
		)
		.filter((row) => Object.keys(row).length > 0);
	return filled.length === 0 ? '' : JSON.stringify(filled);
}
