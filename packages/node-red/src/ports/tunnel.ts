import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Socket } from 'node:net';
import { connect as secure } from 'node:tls';
import { ProxyError, type Proxy, type TlsSettings } from './network';

/** What a proxy's status says. */
export function refusedByProxy(status: number): ProxyError {
	const why =
		status === 407 ? 'it asks for a user name and a password' : 'it does not let this service through';
	return new ProxyError(`The proxy answers with status ${status}: ${why}`);
}

/** What it means when a proxy cannot be reached. */
export function unreachableProxy({ url }: Proxy, cause: unknown): ProxyError {
	return new ProxyError(`The proxy ${url.host} does not answer`, { cause });
}

/** Opens a connection to a host through a proxy, by its method CONNECT. */
function connectThrough(
	proxy: Proxy,
	target: URL,
	signal: AbortSignal,
	ca: TlsSettings['ca'],
): Promise<Socket> {
	const { protocol, hostname, port } = proxy.url;
	const authority = `${target.hostname}:${target.port || (target.protocol === 'wss:' ? '443' : '80')}`;
	const { authorization } = proxy;
	const ask = protocol === 'https:' ? httpsRequest : httpRequest;
	return new Promise((resolve, reject) => {
		const request = ask({
			method: 'CONNECT',
			hostname: hostname.replace(/^\[|\]$/g, ''),
			port: port || (protocol === 'https:' ? 443 : 80),
			path: authority,
			headers: {
				host: authority,
				...(authorization === undefined ? {} : { 'proxy-authorization': authorization }),
			},
			agent: false,
			signal,
			...(ca === undefined ? {} : { ca }),
		});
		request.once('connect', ({ statusCode = 0 }, socket, head) => {
			if (statusCode === 200) {
				if (head.length > 0) socket.unshift(head);
				resolve(socket);
				return;
			}
			socket.destroy();
			reject(refusedByProxy(statusCode));
		});
		request.once('response', ({ statusCode = 0 }) => {
			request.destroy();
			reject(refusedByProxy(statusCode));
		});
		request.on('error', (error) => reject(unreachableProxy(proxy, error)));
		request.end();
	});
}

/**
 * Opens a connection for a socket through a proxy, encrypted for `wss:`.
 * @param signal ends it, whether it is open or not
 * @throws ProxyError
 */
export async function openTunnel(
	proxy: Proxy,
	target: URL,
	tls: TlsSettings | undefined,
	signal: AbortSignal,
): Promise<Socket> {
	const socket = await connectThrough(proxy, target, signal, tls?.ca);
	if (target.protocol !== 'wss:') return socket;
	return secure({ servername: target.hostname, ...tls, socket });
}
