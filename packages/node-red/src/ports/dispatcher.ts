import { Agent, ProxyAgent, type Dispatcher } from 'undici';
import { proxyOf, type Network, type Proxy } from './network';

/** Connections to one origin at once. */
const CONNECTIONS = 128;
/** Limit for opening a connection, in ms. */
const CONNECT_TIMEOUT_MS = 10_000;

/** How an origin is reached. */
export interface Way {
	readonly dispatcher: Dispatcher;
	readonly proxy: Proxy | undefined;
}

/** The pools of connections of one config node, one for each way out of the machine. */
export interface Dispatchers {
	/**
	 * The pool for an origin, such as `https://api.flow.ai`.
	 * @throws ProxyError when the address of the proxy is none
	 */
	for(origin: string): Way;
	/** Waits until no request is at work, and ends every connection. */
	close(): Promise<void>;
	/** Ends every connection and request. */
	destroy(): Promise<void>;
}

/** Makes the pools of one config node; each is opened by the first request that takes its way. */
export function makeDispatchers(network: Network): Dispatchers {
	const pools = new Map<string, Dispatcher>();
	const ways = new Map<string, Way>();
	const connect = { ...network.tls, timeout: CONNECT_TIMEOUT_MS };
	const lookup = network.lookup ? { lookup: network.lookup } : {};
	const make = (proxy: Proxy | undefined): Dispatcher => {
		if (!proxy) return new Agent({ connections: CONNECTIONS, connect: { ...connect, ...lookup } });
		const { ca } = network.tls ?? {};
		return new ProxyAgent({
			uri: proxy.url.href,
			connections: CONNECTIONS,
			requestTls: connect,
			proxyTls: { ...(ca === undefined ? {} : { ca }), timeout: CONNECT_TIMEOUT_MS },
			...(proxy.authorization === undefined ? {} : { token: proxy.authorization }),
			// Many proxies open tunnels for https only; what is not encrypted is sent to them as it is.
			proxyTunnel: false,
		});
	};
	return {
		for: (origin) => {
			const known = ways.get(origin);
			if (known) return known;
			const proxy = proxyOf(network, new URL(origin));
			const key = proxy?.url.href ?? '';
			const dispatcher = pools.get(key) ?? make(proxy);
			pools.set(key, dispatcher);
			const way = { dispatcher, proxy };
			ways.set(origin, way);
			return way;
		},
		close: async () => {
			await Promise.all([...pools.values()].map(async (pool) => await pool.close()));
		},
		destroy: async () => {
			await Promise.all([...pools.values()].map(async (pool) => await pool.destroy()));
		},
	};
}
