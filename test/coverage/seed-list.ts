import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The definition that serves an entry: `<service>.<resource>.<name>` of an operation, `<service>.<name>` of a
 * trigger (with the choice of its field "Events" that lets the event or frame through), `<name>` of a credential.
 */
export type Home =
	| { readonly operation: string }
	| { readonly trigger: string; readonly choice?: string }
	| { readonly credential: string };

/** What serves a parameter: a field of the entry's home, or the place in a trigger's output where it arrives. */
export type ParameterHome = string | { readonly output: string };

/** One value that a user can set or that a trigger must accept. */
export interface Parameter {
	/** Name on the wire; members joined by dots, `[]` for each item of an array, `*` for any key. */
	readonly name: string;
	readonly in: 'path' | 'query' | 'header' | 'body' | 'multipart' | 'frame';
	readonly type: 'string' | 'number' | 'integer' | 'boolean' | 'dateTime' | 'object' | 'array' | 'file';
	readonly required?: boolean;
	/** Every value the document names. */
	readonly values?: readonly string[];
	/** Characters. */
	readonly maxLength?: number;
	readonly maxBytes?: number;
	/** What always stands here, so that nobody has to set it. Such a parameter has no home and is not counted. */
	readonly fixed?: string;
	/** Null while nothing serves it. */
	readonly home?: ParameterHome | null;
}

/** One call, webhook event, socket frame or way to sign requests, as a seed document describes it. */
export interface Entry {
	readonly id: string;
	readonly document: '000' | '001' | '002';
	/** Headings of the document that lead to it, joined by " > ". */
	readonly section: string;
	readonly service: string;
	readonly kind: 'call' | 'event' | 'frame' | 'credential';
	readonly method?: string;
	readonly path?: string;
	/** Base address, for credentials. */
	readonly base?: string;
	/** Name of a webhook event; `*` stands for every name not listed. */
	readonly event?: string;
	/** Type of a socket frame. */
	readonly frame?: string;
	/** Of a frame, seen from us. */
	readonly direction?: 'sent' | 'received';
	readonly parameters: readonly Parameter[];
	/** Members of the answer that matter to a user. Noted for contract tests, not counted. */
	readonly result?: readonly string[];
	readonly home: Home | null;
}

/** Reads the list. Its shape is checked by `shapeProblems`, not here. */
export function readSeedList(): readonly Entry[] {
	return JSON.parse(readFileSync(join(__dirname, 'seed-calls.json'), 'utf8')) as readonly Entry[];
}

const MARK: Readonly<Record<Entry['kind'], keyof Entry | undefined>> = {
	call: 'path',
	event: 'event',
	frame: 'frame',
	credential: undefined,
};

/** Says in one line each what is malformed in the list; empty when nothing is. */
export function shapeProblems(entries: readonly Entry[]): string[] {
	const problems: string[] = [];
	const seen = new Set<string>();
	for (const entry of entries) {
		if (seen.has(entry.id)) problems.push(`${entry.id}: the id is taken`);
		seen.add(entry.id);
		if (!entry.id.startsWith(`${entry.service}.`)) problems.push(`${entry.id}: must begin with its service`);
		if (!['000', '001', '002'].includes(entry.document)) problems.push(`${entry.id}: cites no document`);
		if (!entry.section?.trim()) problems.push(`${entry.id}: cites no section`);
		if (!(entry.kind in MARK)) problems.push(`${entry.id}: has no known kind`);
		const mark = MARK[entry.kind];
		if (mark && !entry[mark]) problems.push(`${entry.id}: has no ${mark}`);
		if (entry.home === undefined) problems.push(`${entry.id}: home must be given, or null`);
		problems.push(...parameterProblems(entry));
	}
	return problems;
}

function parameterProblems(entry: Entry): string[] {
	const problems: string[] = [];
	const seen = new Set<string>();
	for (const parameter of entry.parameters) {
		const key = `${parameter.in} ${parameter.name}`;
		const label = `${entry.id}, ${parameter.name}`;
		if (seen.has(key)) problems.push(`${label}: listed twice`);
		seen.add(key);
		if ((parameter.fixed === undefined) === (parameter.home === undefined)) {
			problems.push(`${label}: needs either "fixed" or "home"`);
		}
		if (parameter.home && !entry.home) problems.push(`${label}: has a home although its entry has none`);
	}
	return problems;
}
