import { invalidInput } from '@convoflow/client';
import type { Red } from '../runtime/red';

const PATH = /^[\w.~-]+$/;

/**
 * Checks the last part of an address.
 * @throws CONVOFLOW_INVALID_INPUT (path) for one that a URL cannot hold as it is
 */
export function checkPath(path: string): void {
	if (!PATH.test(path)) throw invalidInput('path', 'Path', 'may hold letters, digits and . _ ~ - only');
}

/** Adds `GET <type>/address` to the admin API: the dialog shows the address, which only the runtime knows. */
export function registerAddressRoute(red: Red, type: string, route: string): void {
	red.httpAdmin.get(`/${type}/address`, red.auth.needsPermission(`${type}.read`), (_request, response) => {
		const { httpNodeRoot, httpNodeAuth } = red.settings;
		response.json({ root: httpNodeRoot ?? '/', route, needsLogin: Boolean(httpNodeAuth) });
	});
}
