import { FlowAiClient, type JsonValue } from '@convoflow/client';
import { findOperation, readInput, runOperation } from '@convoflow/kit';
import { flowAi } from '@convoflow/nodes';
import { answer, fakePorts, pagesOf, type FakePorts, type Step } from '../support/fake-ports';

/** The acknowledgement of every call that answers later. */
export const OK = answer({ status: 'ok' });
/** Headers of a call without a body. */
export const NO_BODY = { accept: 'application/json' };
/** Headers of a call with a body. */
export const JSON_BODY = { accept: 'application/json', 'content-type': 'application/json' };
/** Where the documents have the REST API. */
export const REST = 'https://api.flow.ai/rest/v1';

/** A client that records what it sends. */
export function client(ports: FakePorts): FlowAiClient {
	return new FlowAiClient(ports, { baseUrl: 'https://api.flow.ai', retries: 0 });
}

/** What went over the wire, without what only the host needs. */
export function wire(ports: FakePorts): unknown[] {
	return ports.requests.map(({ method, url, headers, body }) => ({
		method,
		url,
		headers,
		...(body === undefined ? {} : { body: JSON.parse(body) as JsonValue }),
	}));
}

/** Runs an operation as a user fills it in; gives its rows and what went over the wire. */
export async function run(
	path: string,
	raw: Record<string, unknown>,
	script: readonly Step[] = [OK],
): Promise<{ rows: Record<string, unknown>[]; ports: FakePorts; sent: unknown[] }> {
	const [resource = '', name = ''] = path.split('.');
	const operation = findOperation(flowAi, resource, name);
	if (!operation) throw new Error(`no operation ${path}`);
	const ports = fakePorts(script);
	const context = {
		signal: new AbortController().signal,
		now: () => ports.clock.now(),
		log: () => undefined,
		notice: () => undefined,
	};
	const input = readInput(operation, raw, { timeZone: 'UTC' });
	const rows = (await pagesOf(runOperation(operation, client(ports), input, context))).flat();
	return { rows, ports, sent: wire(ports) };
}
