import { homeKey, type Definitions } from './homes';
import { fieldsIn, type Host } from './hosts';
import type { Entry } from './seed-list';

const COLUMNS = ['calls', 'events', 'frames', 'parameters'] as const;
type Column = (typeof COLUMNS)[number];

/** How many of a document's calls, events, frames and parameters a host serves. */
export type Count = Readonly<Record<Column, { readonly served: number; readonly all: number }>>;

/** Titles of the seed documents by number. */
export const DOCUMENTS = {
	'000': 'Flow XO conversations',
	'001': 'Flow.ai API',
	'002': 'Chatlayer analytics',
} as const satisfies Record<Entry['document'], string>;

const COLUMN: Readonly<Record<Entry['kind'], Column | undefined>> = {
	call: 'calls',
	event: 'events',
	frame: 'frames',
	// A credential counts by its values, which are parameters.
	credential: undefined,
};

/** Counts what a host serves of one document. Parameters with a fixed value are left out. */
export function countServed(
	entries: readonly Entry[],
	document: Entry['document'],
	host: Host,
	definitions: Definitions,
): Count {
	const count = {
		calls: { served: 0, all: 0 },
		events: { served: 0, all: 0 },
		frames: { served: 0, all: 0 },
		parameters: { served: 0, all: 0 },
	};
	const add = (column: Column, isServed: boolean): void => {
		count[column].all += 1;
		if (isServed) count[column].served += 1;
	};
	for (const entry of entries) {
		if (entry.document !== document) continue;
		const fields =
			entry.home && definitions.has(homeKey(entry.home)) ? fieldsIn(host, entry.home) : undefined;
		const column = COLUMN[entry.kind];
		if (column) add(column, fields !== undefined);
		for (const { fixed, home } of entry.parameters) {
			// What is received has its home in the output, which homes.ts checks; what is sent, in a field of the form.
			const isHome =
				typeof home === 'string' ? fields?.includes(home) : Boolean(home) && fields !== undefined;
			if (fixed === undefined) add('parameters', isHome === true);
		}
	}
	return count;
}

/** Share served of all, in percent, cut to one decimal so that only a whole is shown as 100. */
export function shareOf(count: Count): number {
	const sum = (key: 'served' | 'all'): number =>
		COLUMNS.reduce((total, column) => total + count[column][key], 0);
	return Math.floor((sum('served') / sum('all')) * 1000) / 10;
}

/** The counts as lines of a table. */
export function renderTable(
	rows: readonly { document: Entry['document']; host: Host; count: Count }[],
): string {
	const head = ['document', '', 'host', ...COLUMNS, 'share'];
	const body = rows.map(({ document, host, count }) => [
		document,
		DOCUMENTS[document],
		host,
		...COLUMNS.map((column) => `${count[column].served}/${count[column].all}`),
		`${shareOf(count).toFixed(1)}%`,
	]);
	const table = [head, ...body];
	const widths = head.map((_, index) => Math.max(...table.map((row) => (row[index] ?? '').length)));
	const line = (row: string[]): string =>
		row.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join('  ');
	return `${table.map((row) => line(row).trimEnd()).join('\n')}\n`;
}
