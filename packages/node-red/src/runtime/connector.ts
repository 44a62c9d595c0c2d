import { Traffic, type HttpClientOptions } from '@convoflow/client';
import { connect, type Credential, type CredentialValues } from '@convoflow/kit';
import { makePorts, type HostPorts, type Log } from '../ports/host';
import type { Network } from '../ports/network';

/** The client of a credential with everything behind it. */
export interface Connector {
	readonly client: unknown;
	/** A client with options of its own, or the one there is where it keeps connections that all must share. */
	clientWith(options: Omit<HttpClientOptions, 'baseUrl'>): unknown;
	/** Ends every connection. */
	close(): Promise<void>;
}

/** Time that requests at work get when a config node closes, in ms: as long as the nodes that made them. */
const GRACE_MS = 850;
/** A shared client stays this long after its config node is gone, in ms, so that a deploy does not reconnect. */
const LINGER_MS = 1_000;

/** Makes the client of one config node. */
export function openConnector(
	credential: Credential,
	values: CredentialValues,
	network: Network,
	log: Log,
): Connector {
	const ports = makePorts(credential, values, network, log);
	const traffic = new Traffic();
	return {
		client: connect(credential, ports, values, { traffic }),
		clientWith: (options) => connect(credential, ports, values, { ...options, traffic }),
		close: async () => await ports.close(GRACE_MS),
	};
}

/** A client that keeps connections open, and how many config nodes of the same id and values use it. */
interface Shared {
	readonly client: unknown;
	readonly ports: HostPorts;
	/** The log of the config node that came last: the others are gone. */
	log: Log;
	users: number;
	linger?: NodeJS.Timeout;
}

const shared = new Map<string, Shared>();

async function end(key: string, credential: Credential, one: Shared): Promise<void> {
	shared.delete(key);
	await credential.disconnect?.(one.client);
	await one.ports.close(0);
}

/**
 * Makes the client of a credential that keeps connections open, or takes over that of the config node which
 * stood here before a deploy, if it had the same values and the same way out.
 */
export function shareConnector(
	configId: string,
	credential: Credential,
	values: CredentialValues,
	network: Network,
	log: Log,
): Connector {
	const key = JSON.stringify([configId, credential.name, values, network.proxy, network.tls]);
	const one = shared.get(key) ?? makeShared(credential, values, network, log);
	shared.set(key, one);
	clearTimeout(one.linger);
	one.log = log;
	one.users += 1;
	let isOpen = true;
	return {
		client: one.client,
		clientWith: () => one.client,
		close: () => {
			if (isOpen) one.users -= 1;
			if (isOpen && one.users === 0) {
				one.linger = setTimeout(() => void end(key, credential, one).catch(() => undefined), LINGER_MS);
				// Node-RED may end without waiting for it.
				one.linger.unref();
			}
			isOpen = false;
			return Promise.resolve();
		},
	};
}

function makeShared(credential: Credential, values: CredentialValues, network: Network, log: Log): Shared {
	const ports = makePorts(credential, values, network, (level, message) => one.log(level, message));
	const one: Shared = { client: connect(credential, ports, values), ports, log, users: 0 };
	return one;
}
