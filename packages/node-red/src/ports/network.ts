import type { LookupFunction } from 'node:net';
/** How a service is checked and told who calls, as Node.js takes it. */
export interface TlsSettings {
	readonly ca?: string | Buffer;
	readonly cert?: string | Buffer;
	readonly key?: string | Buffer;
	readonly pfx?: Buffer;
	readonly passphrase?: string;
	readonly servername?: string;
	readonly ALPNProtocols?: string[];
	readonly rejectUnauthorized?: boolean;
}

/** How requests and sockets leave this machine. */
export interface Network {
	/** The proxy that was chosen; without one what the environment says holds. */
	readonly proxy?: ProxySettings;
	/** Certificates and checks of the service. */
	readonly tls?: TlsSettings;
	/** Finds the addresses of hosts that are reached directly; Node.js's own by default. */
	readonly lookup?: LookupFunction;
	/** Where proxies are looked up while none is chosen. */
	readonly env: Readonly<Record<string, string | undefined>>;
}

/** A proxy with what goes past it. */
export interface ProxySettings {
	/** `http://` or `https://`. */
	readonly url: string;
	readonly username?: string;
	readonly password?: string;
	/** Hosts that are reached without it, as in `NO_PROXY`. */
	readonly noProxy: readonly string[];
}

/** A proxy that an address is reached by. */
export interface Proxy {
	readonly url: URL;
	/** Value of `Proxy-Authorization`. */
	readonly authorization: string | undefined;
}

/** Without a proxy, and with the certificates that Node.js knows. */
export const DIRECT: Network = { env: {} };

/** A request that a proxy keeps from its service: it surely did not arrive there. */
export class ProxyError extends Error {
	override readonly name = 'ProxyError';
}

const DEFAULT_PORTS: Readonly<Record<string, string>> = {
	'http:': '80',
	'https:': '443',
	'ws:': '80',
	'wss:': '443',
};
/** Sockets take the way of the requests beside them. */
const REQUEST_SCHEMES: Readonly<Record<string, string>> = { 'ws:': 'http', 'wss:': 'https' };

function fromEnv(env: Network['env'], name: string): string {
	return env[name] ?? env[name.toUpperCase()] ?? '';
}

/**
 * Whether a list of exceptions names an address: a host, `host:port`, `.domain` or `*.domain` for what lies below,
 * `*` for everything. As curl and Node-RED's own nodes read it, but that a domain also stands for its subdomains.
 */
function isExempt({ hostname, port, protocol }: URL, noProxy: readonly string[]): boolean {
	return noProxy.some((entry) => {
		const [, host = '', only] = /^(.*?)(?::(\d+))?$/.exec(entry.trim().toLowerCase()) ?? [];
		if (host === '*') return true;
		const domain = host.replace(/^\*?\./, '');
		if (domain === '' || (only !== undefined && only !== (port || DEFAULT_PORTS[protocol]))) return false;
		return hostname === domain || hostname.endsWith(`.${domain}`);
	});
}

function parsed(address: string): URL {
	const withScheme = address.includes('://') ? address : `http://${address}`;
	const url = URL.canParse(withScheme) ? new URL(withScheme) : undefined;
	if (url && ['http:', 'https:'].includes(url.protocol)) return url;
	throw new ProxyError('The address of the proxy must begin with http:// or https://');
}

/**
 * The proxy that an address is reached by; undefined where it is reached directly.
 * @param target of a request or of a socket
 * @throws ProxyError when the address of the proxy is none
 */
export function proxyOf({ proxy, env }: Network, target: URL): Proxy | undefined {
	const scheme = REQUEST_SCHEMES[target.protocol] ?? target.protocol.slice(0, -1);
	const address = proxy ? proxy.url : fromEnv(env, `${scheme}_proxy`) || fromEnv(env, 'all_proxy');
	const noProxy = proxy ? proxy.noProxy : fromEnv(env, 'no_proxy').split(/[,\s]+/);
	if (address.trim() === '' || isExempt(target, noProxy)) return undefined;
	const url = parsed(address.trim());
	const user = proxy?.username || decodeURIComponent(url.username);
	const password = proxy?.password || decodeURIComponent(url.password);
	const pair = Buffer.from(`${user}:${password}`).toString('base64');
	return {
		url: new URL(url.origin),
		authorization: user === '' && password === '' ? undefined : `Basic ${pair}`,
	};
}

/** Passwords of proxies, which no text may show. */
export function secretsOfNetwork({ proxy, env }: Network): string[] {
	const addresses = [
		proxy?.url ?? '',
		...['http_proxy', 'https_proxy', 'all_proxy'].map((name) => fromEnv(env, name)),
	];
	const inAddresses = addresses.flatMap((address) => {
		const password = /\/\/[^/@:]*:([^/@]*)@/.exec(address)?.[1];
		return password === undefined ? [] : [password];
	});
	return [...inAddresses, proxy?.password ?? ''].filter((secret) => secret !== '');
}
