import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Postgres } from '../queue/programs';

/** An execution as n8n keeps it in its database. */
export interface Recorded {
	readonly id: string;
	readonly status: string;
	/** Of the event that started it; undefined where its data holds none. */
	readonly number: number | undefined;
}

/** Reads every execution that n8n has on record. */
export type Records = () => Promise<Recorded[]>;

const NUMBER = /"act-(\d+)"/;

/** What an n8n has on record that keeps its data in SQLite, in a user folder. */
export function readSqlite(userFolder: string): Recorded[] {
	const database = new DatabaseSync(join(userFolder, '.n8n', 'database.sqlite'), { readOnly: true });
	try {
		const rows = database
			.prepare(
				'SELECT e.id, e.status, d.data FROM execution_entity e LEFT JOIN execution_data d ON d.executionId = e.id',
			)
			.iterate() as IterableIterator<{ id: number; status: string; data: string | null }>;
		const records: Recorded[] = [];
		for (const { id, status, data } of rows)
			records.push({ id: String(id), status, number: numberIn(NUMBER.exec(data ?? '')?.[1]) });
		return records;
	} finally {
		database.close();
	}
}

/** Every text of every table, with the table's name, of an n8n that keeps its data in SQLite in a user folder. */
export function* sqliteTexts(userFolder: string): Generator<[table: string, text: string]> {
	const database = new DatabaseSync(join(userFolder, '.n8n', 'database.sqlite'), { readOnly: true });
	try {
		const tables = database.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all();
		for (const { name } of tables)
			for (const row of database.prepare(`SELECT * FROM "${String(name)}"`).iterate())
				for (const value of Object.values(row as Readonly<Record<string, unknown>>)) {
					if (typeof value === 'string') yield [String(name), value];
					if (value instanceof Uint8Array) yield [String(name), Buffer.from(value).toString('latin1')];
				}
	} finally {
		database.close();
	}
}

/** The data of a workflow's executions, as n8n keeps it in SQLite in a user folder. */
export function sqliteData(userFolder: string, workflowId: string): string[] {
	const database = new DatabaseSync(join(userFolder, '.n8n', 'database.sqlite'), { readOnly: true });
	try {
		return database
			.prepare(
				'SELECT d.data FROM execution_data d JOIN execution_entity e ON e.id = d.executionId WHERE e.workflowId = ?',
			)
			.all(workflowId)
			.map(({ data }) => String(data));
	} finally {
		database.close();
	}
}

/** Of an n8n that keeps its data in PostgreSQL. */
export function postgresRecords(postgres: Postgres): Records {
	return async () => {
		const rows = await postgres.query(
			`SELECT e.id, e.status, substring(d.data from '"act-([0-9]+)"') FROM execution_entity e LEFT JOIN execution_data d ON d."executionId" = e.id`,
		);
		return rows.map(([id = '', status = '', number]) => ({ id, status, number: numberIn(number) }));
	};
}

function numberIn(text: string | undefined): number | undefined {
	return text ? Number(text) : undefined;
}

/** How many ended in which way. */
export function statusesOf(records: readonly Recorded[]): Readonly<Record<string, number>> {
	const counts: Record<string, number> = {};
	for (const { status } of records) counts[status] = (counts[status] ?? 0) + 1;
	return counts;
}

/** How many executions are on record for each number. */
export function runsOf(records: readonly Recorded[]): Map<number, number> {
	const runs = new Map<number, number>();
	for (const { number } of records) if (number !== undefined) runs.set(number, (runs.get(number) ?? 0) + 1);
	return runs;
}
