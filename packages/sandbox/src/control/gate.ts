import type { IncomingHttpHeaders } from 'node:http';

/** Says why a call must not steer the sandbox; undefined when it may. */
export type Gate = (headers: IncomingHttpHeaders) => string | undefined;

const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]'];

const hostOf = (url: string): string | undefined => (URL.canParse(url) ? new URL(url).host : undefined);

/**
 * Console and control interface have no password. A page of another site must not use them, neither by its own name
 * nor by a name of its own that leads to this machine (DNS rebinding).
 * @param bound the address the sandbox listens on; one beyond this machine is open to any name
 */
export function gateOf(bound: string): Gate {
	const own = bound.includes(':') ? `[${bound.replace(/^\[|\]$/g, '')}]` : bound.toLowerCase();
	const names = LOOPBACK.includes(own) || own.startsWith('127.') ? [...LOOPBACK, own] : undefined;
	return ({ host = '', origin }) => {
		const url = `http://${host}`;
		if (names && !(URL.canParse(url) && names.includes(new URL(url).hostname)))
			return 'This sandbox only answers under the names of its own machine';
		// A page without an origin of its own, such as a file, says "null".
		if (origin !== undefined && hostOf(origin) !== hostOf(url))
			return 'Calls from pages of other sites are refused';
		return undefined;
	};
}
