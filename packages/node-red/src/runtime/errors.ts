import { isConvoflowError, toConvoflowError } from '@convoflow/client';

/** What the Catch node hands on beside message and code. */
export interface ErrorCause {
	readonly status?: number;
	readonly retryAfterMs?: number;
	readonly method?: string;
	readonly path?: string;
	readonly body?: string;
	readonly field?: string;
	readonly traceId?: number | string;
	readonly code?: string;
	readonly message?: string;
	/** The facts in one line, as the debug sidebar shows them. */
	toString(): string;
}

/**
 * An error as Node-RED shows it: the message says what happened and what to do next; `code` and `cause` are
 * own properties, since the Catch node copies those only.
 */
export class NodeError extends Error {
	readonly code: string;
	override readonly cause: ErrorCause;

	constructor(code: string, message: string, cause: ErrorCause, stack?: string) {
		super(message);
		this.code = code;
		this.cause = cause;
		// The debug sidebar shows cause and stack: the one in words, the other only when the fault is ours.
		Object.defineProperty(cause, 'toString', { value: () => describe(cause) });
		if (stack === undefined) delete this.stack;
		else this.stack = stack;
	}

	/** Node-RED puts this text into `msg.error.message`. */
	override toString(): string {
		return this.message;
	}
}

/** The facts behind an error in one line. */
function describe(cause: ErrorCause): string {
	return Object.entries(cause)
		.map(([name, value]) => `${name}: ${String(value)}`)
		.join(', ');
}

function sentence(text: string): string {
	return /[.!?…]$/.test(text) ? text : `${text}.`;
}

/** The whole of an error as one text: what happened, then what to do. */
export function explain({ message, advice }: { readonly message: string; readonly advice: string }): string {
	return advice ? `${sentence(message)} ${sentence(advice)}` : sentence(message);
}

/** Turns whatever was thrown into what `done` and `node.error` are given. */
export function toNodeError(thrown: unknown): NodeError {
	if (thrown instanceof NodeError) return thrown;
	const error = toConvoflowError(thrown);
	const { status, retryAfterMs, method, path, body, field, traceId, cause } = error;
	const known = { status, retryAfterMs, method, path, body, field, traceId, ...cause };
	const present = Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined));
	const stack = error.code === 'CONVOFLOW_BUG' && thrown instanceof Error ? thrown.stack : undefined;
	return new NodeError(error.code, explain(error), present, stack);
}

/** Says in an error about a field where its value was read from, so that the user knows where to look. */
export function withOrigin(thrown: unknown, origins: ReadonlyMap<string, string>): unknown {
	if (!isConvoflowError(thrown) || thrown.field === undefined) return thrown;
	const origin = origins.get(thrown.field);
	return origin === undefined
		? thrown
		: thrown.restated({ message: `${thrown.message} (it is read from ${origin})` });
}
