import { isConvoflowError, messageOf } from '../errors';

/** Why no complete response came. */
export type FailureKind =
	'aborted' | 'timeout' | 'refused' | 'notFound' | 'proxy' | 'tls' | 'reset' | 'blocked' | 'bug';

/** A request that ended without a complete response. */
export interface Failure {
	readonly kind: FailureKind;
	/** The host's code, for example `ECONNREFUSED`. */
	readonly code?: string;
	readonly message: string;
}

const KIND_BY_CODE: ReadonlyMap<unknown, FailureKind> = new Map<unknown, FailureKind>([
	['ECONNREFUSED', 'refused'],
	['EHOSTUNREACH', 'refused'],
	['EHOSTDOWN', 'refused'],
	['EADDRNOTAVAIL', 'refused'],
	['ENETDOWN', 'refused'],
	['ENETUNREACH', 'refused'],
	['UND_ERR_CONNECT_TIMEOUT', 'refused'],
	['ENOTFOUND', 'notFound'],
	['EAI_AGAIN', 'notFound'],
	['ETIMEDOUT', 'timeout'],
	['ECONNABORTED', 'timeout'],
	['UND_ERR_HEADERS_TIMEOUT', 'timeout'],
	['UND_ERR_BODY_TIMEOUT', 'timeout'],
	['ECONNRESET', 'reset'],
	['EPIPE', 'reset'],
	['ERR_BAD_RESPONSE', 'reset'],
	['ERR_STREAM_PREMATURE_CLOSE', 'reset'],
	['UND_ERR_SOCKET', 'reset'],
	['UND_ERR_HEADERS_OVERFLOW', 'reset'],
	['UND_ERR_REQ_CONTENT_LENGTH_MISMATCH', 'reset'],
	['UND_ERR_RES_CONTENT_LENGTH_MISMATCH', 'reset'],
	['EPROTO', 'tls'],
	['ERR_INVALID_URL', 'blocked'],
	['ERR_ADDRESS_BLOCKED', 'blocked'],
	['ERR_CANCELED', 'aborted'],
]);

/** Families of codes: what OpenSSL says of certificates, what the HTTP parser says of broken answers. */
const KIND_BY_FAMILY: readonly (readonly [RegExp, FailureKind])[] = [
	[/^(ERR_SSL|ERR_TLS|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|HOSTNAME_MISMATCH)/, 'tls'],
	[/^HPE_/, 'reset'],
];

/** Names of errors that come from code, not from the network. */
const OWN_FAULTS = new Set(['TypeError', 'RangeError', 'ReferenceError', 'SyntaxError', 'URIError']);

function kindOfCode(code: string): FailureKind | undefined {
	return KIND_BY_CODE.get(code) ?? KIND_BY_FAMILY.find(([family]) => family.test(code))?.[1];
}

interface Link {
	readonly code?: unknown;
	readonly name?: unknown;
	readonly message?: unknown;
	readonly cause?: unknown;
	readonly errors?: unknown;
	/** Where n8n keeps what an error said before it was given other words. */
	readonly messages?: unknown;
}

/** The error itself and what lies below it, nearest first, bounded against cycles. */
function chain(error: unknown): Link[] {
	const links: Link[] = [];
	const queue: unknown[] = [error];
	while (queue.length > 0 && links.length < 12) {
		const next = queue.shift();
		if (typeof next !== 'object' || next === null || links.includes(next)) continue;
		const link = next as Link;
		links.push(link);
		queue.push(link.cause);
		if (Array.isArray(link.errors)) queue.push(...(link.errors as unknown[]));
	}
	return links;
}

function text(value: unknown): string {
	return typeof value === 'string' ? value : '';
}

function wordsOf({ message, messages }: Link): string[] {
	return [text(message), ...(Array.isArray(messages) ? messages.map(text) : [])];
}

/** What is said of a connection that broke, also of one that brought no HTTP. */
const RESET =
	/socket hang up|aborted|terminated|other side closed|connection was closed|econnreset|epipe|parse error/;

/**
 * Tells why a request brought no response, from the codes that undici, axios and Node put on their errors
 * or on the causes below them.
 */
export function classifyFailure(error: unknown): Failure {
	if (isConvoflowError(error)) return { kind: 'bug', code: error.code, message: error.message };
	const links = chain(error);
	const message = text(links[0]?.message) || messageOf(error);
	// Named by the host: what keeps a proxy from passing a request on never reached the service.
	const proxy = links.find((link) => link.name === 'ProxyError');
	if (proxy) return { kind: 'proxy', message: text(proxy.message) };
	for (const link of links) {
		if (link.name === 'TimeoutError') return { kind: 'timeout', message: 'no answer in time' };
		// undici's, without a code: what came is no HTTP, so that nothing is known of the request.
		if (link.name === 'HTTPParserError') return { kind: 'reset', message: text(link.message) };
		const code = text(link.code);
		const kind = kindOfCode(code);
		if (kind) return { kind, code, message: text(link.message) || message };
	}
	// fetch reports network faults as a TypeError too, but with their cause.
	if (links.length === 1 && OWN_FAULTS.has(text(links[0]?.name))) return { kind: 'bug', message };
	const words = links.flatMap(wordsOf).join(' ').toLowerCase();
	if (links.some((link) => link.name === 'AbortError')) return { kind: 'aborted', message };
	if (/certificate|self.signed|tls/.test(words)) return { kind: 'tls', message };
	if (/timed? ?out|timeout/.test(words)) return { kind: 'timeout', message };
	if (RESET.test(words)) return { kind: 'reset', message };
	if (/econnrefused|refused the connection/.test(words)) return { kind: 'refused', message };
	if (/enotfound|getaddrinfo|eai_again/.test(words)) return { kind: 'notFound', message };
	if (/invalid url|not allowed|blocked/.test(words)) return { kind: 'blocked', message };
	return { kind: 'bug', message };
}
