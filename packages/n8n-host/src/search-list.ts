import { invalidInput } from '@convoflow/client';
import {
	findCredential,
	runSearch,
	searchesOfService,
	type Credential,
	type Found,
	type Service,
} from '@convoflow/kit';
import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { connectCredential } from './credential';
import { toNodeError } from './node-error';
import { ADDITIONAL_FIELDS } from './parameters';

/** Empty pages that are read in one go: n8n shows an empty page as the end of the list. */
const EMPTY_PAGES = 20;

/** The value of a field that a list depends on; undefined while it is an expression that cannot be resolved yet. */
function valueOf(context: ILoadOptionsFunctions, name: string): unknown {
	for (const path of [name, `${ADDITIONAL_FIELDS}.${name}`]) {
		const value: unknown = context.getCurrentNodeParameter(path, { extractValue: true });
		if (value !== undefined && value !== null && value !== '') return value;
	}
	return undefined;
}

/**
 * Fills the list of a resource locator. This is every `listSearch` method of the nodes.
 * @param name of the search
 * @param filter what the user typed
 * @param cursor what the page before said about the next one
 * @throws NodeApiError or NodeOperationError that says what to do, also where the account cannot list
 */
export async function searchList(
	context: ILoadOptionsFunctions,
	service: Service,
	credentials: readonly Credential[],
	name: string,
	filter: string | undefined,
	cursor: string | undefined,
): Promise<INodeListSearchResult> {
	try {
		const search = searchesOfService(service).find((one) => one.name === name);
		if (!search) throw invalidInput('search', 'List', `is not one of ${service.displayName}: "${name}"`);
		const { client } = await connectCredential(context, findCredential(credentials, search.credential));
		const values = Object.fromEntries(search.dependsOn.map((field) => [field, valueOf(context, field)]));
		const results: Found[] = [];
		let next = cursor;
		for (let read = 0; read < EMPTY_PAGES && results.length === 0; read += 1) {
			const page = await runSearch(search, client, {
				...(filter ? { filter } : {}),
				...(next === undefined ? {} : { cursor: next }),
				values,
				signal: new AbortController().signal,
			});
			results.push(...page.results);
			next = page.next;
			if (next === undefined) break;
		}
		return { results, ...(next === undefined ? {} : { paginationToken: next }) };
	} catch (error) {
		throw toNodeError(context.getNode(), error);
	}
}
