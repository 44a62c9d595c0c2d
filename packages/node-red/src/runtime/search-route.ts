import { invalidInput, textOf, toConvoflowError } from '@convoflow/client';
import {
	connect,
	readFields,
	runSearch,
	searchesOfService,
	type Credential,
	type FoundPage,
} from '@convoflow/kit';
import { services } from '@convoflow/nodes';
import { makePorts } from '../ports/host';
import { explain } from './errors';
import { formValues } from './form-values';
import { networkOf } from './network-of';
import type { Red } from './red';
import { readContext } from './service-link';

/** Limit for one page of a list, in ms. */
const LIMIT_MS = 20_000;

/** What the editor asks. */
export interface SearchBody {
	readonly search: string;
	readonly filter?: string;
	readonly cursor?: string;
	/** Literals of the fields that the list depends on. */
	readonly values?: Readonly<Record<string, unknown>>;
	/** The credential as the editor holds it, secrets only where they were typed. */
	readonly credential?: Readonly<Record<string, unknown>>;
}

/** What the editor is answered: a page, or why there is none. */
export type SearchAnswer = FoundPage | { readonly problem: string; readonly code: string };

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null;
}

async function search(
	red: Red,
	credential: Credential,
	nodeId: string,
	body: unknown,
	closed: AbortSignal,
): Promise<SearchAnswer> {
	const asked = isRecord(body) ? body : {};
	const limit = AbortSignal.timeout(LIMIT_MS);
	try {
		const wanted = services
			.flatMap(searchesOfService)
			.find(({ name, credential: needed }) => needed === credential.name && name === asked['search']);
		if (!wanted) throw invalidInput('search', 'List', 'is not one of this credential');
		const values = readFields(
			credential.fields,
			formValues(red, credential, nodeId, asked['credential']),
			readContext(),
		);
		const network = networkOf(red, asked['credential']);
		const ports = makePorts(credential, values, network, () => undefined);
		try {
			const filter = textOf(asked['filter'] as string | undefined);
			const cursor = textOf(asked['cursor'] as string | undefined);
			return await runSearch(wanted, connect(credential, ports, values), {
				...(filter ? { filter } : {}),
				...(cursor ? { cursor } : {}),
				values: isRecord(asked['values']) ? asked['values'] : {},
				signal: AbortSignal.any([closed, limit]),
			});
		} finally {
			await ports.close(0);
		}
	} catch (thrown) {
		const error = toConvoflowError(thrown);
		const problem = limit.aborted
			? 'The service did not answer within 20 seconds. Try again, or enter the ID.'
			: explain(error);
		return { problem, code: error.code };
	}
}

/**
 * Adds `POST <config type>/<id>/search` to the admin API: one page of a list to pick from, read with the
 * credential as it stands in the editor. It asks for the same permission as the test: whoever may type a base
 * URL here has the stored secret sent there.
 */
export function registerSearchRoute(red: Red, credential: Credential): void {
	const type = credential.nodeRedType;
	red.httpAdmin.post(
		`/${type}/:id/search`,
		red.auth.needsPermission(`${type}.write`),
		(request, response) => {
			const closed = new AbortController();
			// The editor gives up a search when the user types on.
			response.on('close', () => closed.abort());
			void search(red, credential, request.params['id'] ?? '', request.body, closed.signal).then((answer) => {
				if (!closed.signal.aborted) response.json(answer);
			});
		},
	);
}
