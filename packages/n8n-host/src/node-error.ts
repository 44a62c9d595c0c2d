import { toConvoflowError, type ConvoflowError } from '@convoflow/client';
import { ExecutionBaseError, NodeApiError, NodeOperationError, type INode } from 'n8n-workflow';

type Failure = NonNullable<NodeOperationError['failure']>;

/** What n8n is told about codes that end like this; the first that fits counts. */
const CAUSES: readonly (readonly [RegExp, Failure['cause']])[] = [
	[/_RATE_LIMITED$/, 'rate-limited'],
	[/_(UNAUTHORIZED|FORBIDDEN|STREAM_REFUSED)$/, 'credential-invalid'],
	[/_(UNAVAILABLE|TIMEOUT|CONNECTION_LOST|UNREACHABLE)$/, 'temporarily-unavailable'],
	[/_(NOT_FOUND|REDIRECTED|NOT_JSON|TLS|BLOCKED|INVALID_INPUT|NO_WEBSOCKET)$/, 'configuration-invalid'],
	[/_BUG$/, 'node-defect'],
];

function failureOf({ code, retryAfterMs, cause: below }: ConvoflowError): Failure | undefined {
	// A host name that does not exist is a typing error far more often than an outage.
	if (below?.code === 'ENOTFOUND') return { cause: 'configuration-invalid' };
	const cause = CAUSES.find(([pattern]) => pattern.test(code))?.[1];
	if (cause === 'rate-limited' || cause === 'temporarily-unavailable') {
		return { cause, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
	}
	return cause && { cause };
}

/** What may be shown of an error beside its words: nothing of the host's, hence no secret. */
export function detailsOf({
	code,
	status,
	method,
	path,
	field,
}: ConvoflowError): Record<string, string | number> {
	const known = { code, status, method, path, field };
	return Object.fromEntries(
		Object.entries(known).filter((entry): entry is [string, string | number] => entry[1] !== undefined),
	);
}

/**
 * Says what was thrown as an error of n8n: the message tells what happened, the description what to do. Errors
 * of n8n itself (an expression that fails, a missing credential) pass unchanged.
 * @param itemIndex the item at fault, where there is one
 */
export function toNodeError(node: INode, thrown: unknown, itemIndex?: number): ExecutionBaseError {
	if (thrown instanceof ExecutionBaseError) {
		if (itemIndex !== undefined) thrown.context['itemIndex'] ??= itemIndex;
		return thrown;
	}
	const error = toConvoflowError(thrown);
	const failure = failureOf(error);
	const options = {
		message: error.message,
		description: error.advice,
		...(itemIndex === undefined ? {} : { itemIndex }),
		...(failure ? { failure } : {}),
	};
	const response = { ...detailsOf(error), message: error.message };
	if (error.status === undefined) return new NodeOperationError(node, response, options);
	return new NodeApiError(node, response, { ...options, httpCode: String(error.status) });
}
