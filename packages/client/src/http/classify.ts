import { isConvoflowError } from '../errors';

/** Why no complete response came. */
export type FailureKind =
	'aborted' | 'timeout' | 'refused' | 'notFound' | 'tls' | 'reset' | 'blocked' | 'bug';

/** A request that ended without a complete response. */
export interface Failure {
	readonly kind: FailureKind;
	/** The host's code, for example `ECONNREFUSED`. */
	readonly code?: string;
	readonly message: string;
}

const KIND_BY_CODE: Readonly<Record<string, FailureKind>> = {
	ECONNREFUSED: 'refused',
	EHOSTUNREACH: 'refused',
	ENETUNREACH: 'refused',
	UND_ERR_CONNECT_TIMEOUT: 'refused',
	ENOTFOUND: 'notFound',
	EAI_AGAIN: 'notFound',
	ETIMEDOUT: 'timeout',
	ECONNABORTED: 'timeout',
	UND_ERR_HEADERS_TIMEOUT: 'timeout',
	UND_ERR_BODY_TIMEOUT: 'timeout',
	ECONNRESET: 'reset',
	EPIPE: 'reset',
	ERR_BAD_RESPONSE: 'reset',
	UND_ERR_SOCKET: 'reset',
	UND_ERR_REQ_CONTENT_LENGTH_MISMATCH: 'reset',
	UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'reset',
	EPROTO: 'tls',
	CERT_HAS_EXPIRED: 'tls',
	DEPTH_ZERO_SELF_SIGNED_CERT: 'tls',
	SELF_SIGNED_CERT_IN_CHAIN: 'tls',
	UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'tls',
	UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'tls',
	ERR_TLS_CERT_ALTNAME_INVALID: 'tls',
	HPE_INVALID_CONSTANT: 'reset',
	ERR_INVALID_URL: 'blocked',
	ERR_CANCELED: 'aborted',
};

interface Link {
	readonly code?: unknown;
	readonly name?: unknown;
	readonly message?: unknown;
	readonly cause?: unknown;
	readonly errors?: unknown;
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

/**
 * Tells why a request brought no response, from the codes that undici, axios and Node put on their errors
 * or on the causes below them.
 */
export function classifyFailure(error: unknown): Failure {
	if (isConvoflowError(error)) return { kind: 'bug', code: error.code, message: error.message };
	const links = chain(error);
	const message = text(links[0]?.message) || String(error);
	for (const link of links) {
		if (link.name === 'TimeoutError') return { kind: 'timeout', message: 'no answer in time' };
		const code = text(link.code);
		const kind = KIND_BY_CODE[code] ?? (code.startsWith('ERR_SSL') ? 'tls' : undefined);
		if (kind) return { kind, code, message: text(link.message) || message };
	}
	const words = links.map((link) => text(link.message).toLowerCase()).join(' ');
	if (links.some((link) => link.name === 'AbortError')) return { kind: 'aborted', message };
	if (/certificate|self.signed|tls/.test(words)) return { kind: 'tls', message };
	if (/socket hang up|aborted|terminated|other side closed|connection was closed/.test(words)) {
		return { kind: 'reset', message };
	}
	if (/timed? ?out|timeout/.test(words)) return { kind: 'timeout', message };
	if (/econnrefused|refused the connection/.test(words)) return { kind: 'refused', message };
	if (/enotfound|getaddrinfo/.test(words)) return { kind: 'notFound', message };
	if (/invalid url|not allowed|blocked/.test(words)) return { kind: 'blocked', message };
	return { kind: 'bug', message };
}
