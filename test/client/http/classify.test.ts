import { classifyFailure, type FailureKind } from '@convoflow/client';
import fc from 'fast-check';
import { fault } from '../../support/fake-ports';

const BY_CODE: readonly (readonly [FailureKind, readonly string[]])[] = [
	['refused', ['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'EADDRNOTAVAIL', 'UND_ERR_CONNECT_TIMEOUT']],
	['notFound', ['ENOTFOUND', 'EAI_AGAIN']],
	['timeout', ['ETIMEDOUT', 'ECONNABORTED', 'UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT']],
	['reset', ['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET', 'ERR_STREAM_PREMATURE_CLOSE', 'HPE_INVALID_CONSTANT']],
	['tls', ['EPROTO', 'CERT_HAS_EXPIRED', 'ERR_TLS_CERT_ALTNAME_INVALID', 'ERR_SSL_WRONG_VERSION_NUMBER']],
	['tls', ['SELF_SIGNED_CERT_IN_CHAIN', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'CERT_NOT_YET_VALID']],
	['blocked', ['ERR_INVALID_URL']],
	['aborted', ['ERR_CANCELED']],
];

describe('classifyFailure', () => {
	it.each(BY_CODE.flatMap(([kind, codes]) => codes.map((code) => [code, kind] as const)))(
		'takes %s for %s, also below other errors',
		(code, kind) => {
			expect(classifyFailure(fault(code))).toMatchObject({ kind, code });
			const wrapped = new TypeError('fetch failed', { cause: fault(code, 'the cause') });
			expect(classifyFailure(wrapped)).toEqual({ kind, code, message: 'the cause' });
			const group = Object.assign(new Error('all failed'), { errors: [fault(code)] });
			expect(classifyFailure(group)).toMatchObject({ kind, code });
		},
	);

	it.each([
		['socket hang up', 'reset'],
		['other side closed', 'reset'],
		['read ECONNRESET', 'reset'],
		['Parse Error: Expected HTTP/', 'reset'],
		['unable to verify the first certificate', 'tls'],
		['timeout of 30000ms exceeded', 'timeout'],
		['connect ECONNREFUSED 127.0.0.1:1', 'refused'],
		['getaddrinfo ENOTFOUND nowhere.test', 'notFound'],
		['The host is blocked', 'blocked'],
		['something else', 'bug'],
	] as const)('takes an error with the words "%s" for %s', (words, kind) => {
		expect(classifyFailure(new Error(words)).kind).toBe(kind);
	});

	it('reads what n8n keeps of an error to which it gave other words', () => {
		const renamed = new Error('The connection to the server was closed unexpectedly, perhaps it is offline.');
		const kindOf = (...messages: string[]): string =>
			classifyFailure(Object.assign(renamed, { messages })).kind;
		expect(kindOf('read ECONNRESET')).toBe('reset');
		expect(kindOf('getaddrinfo ENOTFOUND nowhere.test')).toBe('notFound');
		expect(kindOf('timeout of 400ms exceeded', 'aborted')).toBe('timeout');
	});

	it('tells a stop from a time-out by their names', () => {
		expect(classifyFailure(new DOMException('The operation was aborted', 'AbortError')).kind).toBe('aborted');
		expect(classifyFailure(new DOMException('x', 'TimeoutError')).kind).toBe('timeout');
	});

	it.each([TypeError, RangeError, ReferenceError, SyntaxError, URIError])(
		'HTTP-18 takes a %p without cause for a fault of our own, whatever it says',
		(Fault) => {
			for (const words of ['timeout of x', 'tls.connect', 'aborted', 'URI malformed']) {
				expect(classifyFailure(new Fault(words)).kind).toBe('bug');
			}
		},
	);

	it('survives anything that is thrown, cycles included', () => {
		const cycle = new Error('round');
		cycle.cause = cycle;
		expect(classifyFailure(cycle)).toEqual({ kind: 'bug', message: 'round' });
		fc.assert(
			fc.property(fc.anything(), (thrown) => {
				expect(typeof classifyFailure(thrown).message).toBe('string');
			}),
		);
	});
});
