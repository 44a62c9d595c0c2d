import { isObject, type ApiAnswer, type ApiCalls, type JsonObject, type JsonValue } from '@convoflow/client';
import { operationsFor, type Example, type Input, type Resource } from '@convoflow/kit';

/** What is particular to the API of one credential. */
export interface ApiSpec {
	/** Id of the service, e.g. `flowai`. */
	readonly service: string;
	/** Name of the credential. */
	readonly credential: string;
	/** Name of the resource. */
	readonly name: string;
	/** Title Case. */
	readonly displayName: string;
	readonly nodeRedType: string;
	/** A path that the service has. */
	readonly examplePath: string;
	readonly examples: readonly [Example<Input>, ...Example<Input>[]];
}

function rowsOf({ status, body }: ApiAnswer): JsonObject[] {
	const rowOf = (value: JsonValue): JsonObject => (isObject(value) ? value : { value });
	if (body === null) return [{ status }];
	return Array.isArray(body) ? body.map(rowOf) : [rowOf(body)];
}

/** The resource that calls anything of an API: what no operation of ours does. */
export function apiResource(spec: ApiSpec): Resource {
	const { service, credential, name, displayName, nodeRedType, examplePath, examples } = spec;
	const request = operationsFor<{ readonly api: ApiCalls }>(
		service,
		credential,
	)({
		name: 'request',
		displayName: 'Send Request',
		action: `Send ${displayName === 'API' ? 'API' : displayName.replace(/^./, (first) => first.toLowerCase())} request`,
		description: 'Call anything of the API that has no operation of its own, signed with the credential',
		keywords: ['custom API call', 'HTTP', 'endpoint', 'raw', 'other'],
		effect: 'send',
		readsWhen: { field: 'method', is: 'GET' },
		alsoReads: true,
		isFreeForm: true,
		// Whoever has the cookie of a session is signed in.
		sensitive: ['headers.set-cookie'],
		returns: 'rows',
		fields: {
			method: {
				kind: 'options',
				label: 'Method',
				description: 'What to do; only GET is repeated after a fault',
				options: ['DELETE', 'GET', 'PATCH', 'POST', 'PUT'].map((value) => ({ value, label: value })),
				default: 'GET',
			},
			path: {
				kind: 'string',
				label: 'Path',
				description: 'Path of the call, behind the base URL of the credential',
				placeholder: `e.g. ${examplePath}`,
				required: true,
				from: 'path',
			},
			body: {
				kind: 'json',
				shape: 'any',
				label: 'Body',
				description: 'What to send, as JSON; nothing when empty',
				placeholder: 'e.g. {"key": "value"}',
				showWhen: { method: ['DELETE', 'PATCH', 'POST', 'PUT'] },
				from: 'payload',
			},
			output: {
				kind: 'options',
				label: 'Output',
				description: 'Form of the result',
				options: [
					{ value: 'raw', label: 'Raw', description: 'Status, headers and body as they came' },
					{ value: 'rows', label: 'Rows', description: 'The body, one row for each entry of a list' },
				],
				default: 'rows',
			},
		},
		optional: {
			headers: {
				kind: 'json',
				shape: 'object',
				label: 'Headers',
				description: 'Headers to add, as a JSON object; those of the credential stay',
				placeholder: 'e.g. {"x-trace": "42"}',
			},
			query: {
				kind: 'json',
				shape: 'object',
				label: 'Query',
				description: 'Values behind the path, as a JSON object; a list repeats its name',
				placeholder: 'e.g. {"page": 2}',
			},
		},
		lane: ({ path }) => path,
		run: async (client, input, { signal }) => {
			const { path, query, headers, body } = input;
			const method = input.method as 'GET';
			const answer = await client.api.request({ method, path, query, headers, body, signal });
			return input.output === 'raw' ? [{ ...answer }] : rowsOf(answer);
		},
		errors: {
			CONVOFLOW_OUTCOME_UNKNOWN: {
				message: 'It is not known whether this request had its effect',
				advice:
					'It was not repeated, so that nothing happens twice. Look at the service before sending it again.',
			},
		},
		summary: (_rows, { method, path }) => `${method} ${path}`,
		examples: examples,
	});
	return {
		name,
		displayName,
		description: `Call anything of the ${displayName} of the service that has no node of its own`,
		nodeRedType,
		main: 'request',
		operations: [request],
	};
}
