import { ConvoflowError, toConvoflowError } from '@convoflow/client';
import type { FieldMap, LocatorField } from './fields';

/** One thing that a search found. */
export interface Found {
	/** What the list shows. */
	readonly name: string;
	/** What the field takes: the id. */
	readonly value: string;
	/** Where the thing can be looked at. */
	readonly url?: string;
}

/** One page of what a search found. */
export interface FoundPage {
	readonly results: readonly Found[];
	/** Leads to the next page; absent at the end. A page may be empty and not the last. */
	readonly next?: string;
}

/** What is searched for. */
export interface SearchRequest {
	/** What the user typed; absent for everything. */
	readonly filter?: string;
	/** `next` of the page before; absent for the first page. */
	readonly cursor?: string;
	/** Values of the fields that the search depends on, as far as they are known. */
	readonly values: Readonly<Record<string, unknown>>;
	readonly signal: AbortSignal;
}

/** A list of things to pick from, as hosts see it. */
export interface Search {
	/** lowerCamelCase, begins with `search` and is used once in a service, e.g. `searchThreads`. */
	readonly name: string;
	/** What the list holds, in the plural, e.g. `threads`. */
	readonly things: string;
	/** Name of the credential it needs. */
	readonly credential: string;
	/** Fields of the same form whose values narrow the list. */
	readonly dependsOn: readonly string[];
	readonly run: (client: unknown, request: SearchRequest) => Promise<FoundPage>;
}

/** A search as its file writes it. */
export interface SearchSpec<C> {
	readonly name: string;
	readonly things: string;
	readonly dependsOn?: readonly string[];
	readonly run: (client: C, request: SearchRequest) => Promise<FoundPage>;
}

/**
 * Gives the function that defines searches with one credential's client.
 * @param credential name of the credential whose `connect` makes the client `C`
 */
export function searchesFor<C>(credential: string) {
	return (spec: SearchSpec<C>): Search => ({ dependsOn: [], ...spec, credential }) as unknown as Search;
}

/** Answers that mean that this account has no such list, rather than that something is broken. */
const NO_LIST = new Set([403, 404, 405, 501]);

/**
 * Runs a search.
 * @throws CONVOFLOW_CANNOT_LIST when the service does not list such things for this account (403, 404, 405 or
 * 501), else what the client throws
 */
export async function runSearch(search: Search, client: unknown, request: SearchRequest): Promise<FoundPage> {
	try {
		return await search.run(client, request);
	} catch (thrown) {
		throw explained(search, toConvoflowError(thrown));
	}
}

function explained({ things }: Search, error: ConvoflowError): ConvoflowError {
	const { status } = error;
	if (status === undefined || !NO_LIST.has(status)) return error;
	const message = `This account cannot list ${things} (the service answered ${status})`;
	const advice = 'Enter the ID instead: the list is only a help.';
	return new ConvoflowError('CONVOFLOW_CANNOT_LIST', message, { status, advice, cause: error });
}

/** The searches that the locators of some fields use, lists included. */
export function searchesOf(fields: FieldMap): Search[] {
	const found = Object.values(fields).flatMap((field): Search[] => {
		if (field.kind === 'list') return searchesOf(field.fields);
		return field.kind === 'locator' && field.search ? [field.search] : [];
	});
	return [...new Set(found)];
}

/** The ways in which a locator is filled, the usual one first. */
export function modesOf({ search, modes }: LocatorField): LocatorField['modes'] {
	return search && !modes.includes('list') ? ['list', ...modes] : modes;
}

/** Rows of a page that is cut from a list which the service gives whole. */
const CUT = 100;
/** Rows that a scan looks for before it gives a page away. */
const WANTED = 25;
/** Pages of the service that one page of a scan reads at most. */
const AT_MOST = 10;

function fits({ name, value }: Found, filter: string): boolean {
	return name.toLowerCase().includes(filter) || value.toLowerCase().includes(filter);
}

/** Searches a list that the service gives whole: filters it by name and id, and cuts it into pages. */
export function cutList(all: readonly Found[], { filter, cursor }: SearchRequest): FoundPage {
	const wanted = filter?.trim().toLowerCase() ?? '';
	const found = all.filter((one) => fits(one, wanted));
	const start = Number(cursor ?? 0);
	const end = start + CUT;
	return { results: found.slice(start, end), ...(end < found.length ? { next: String(end) } : {}) };
}

/**
 * Searches a list that the service gives in pages and cannot search: reads on until enough rows fit or ten
 * pages are read.
 * @param fetchPage reads a page from a cursor of its own, `undefined` for the first
 */
export async function scanPages(
	fetchPage: (cursor: string | undefined) => Promise<FoundPage>,
	{ filter, cursor, signal }: SearchRequest,
): Promise<FoundPage> {
	const wanted = filter?.trim().toLowerCase() ?? '';
	const results: Found[] = [];
	let next = cursor;
	for (let read = 0; read < AT_MOST; read += 1) {
		signal.throwIfAborted();
		const page = await fetchPage(next);
		results.push(...page.results.filter((one) => fits(one, wanted)));
		next = page.next;
		if (next === undefined || results.length >= WANTED) break;
	}
	return { results, ...(next === undefined ? {} : { next }) };
}
