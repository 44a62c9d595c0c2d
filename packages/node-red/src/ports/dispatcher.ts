import { Agent, type Dispatcher } from 'undici';

/** Connections to one origin at once. */
const CONNECTIONS = 16;
/** Limit for opening a connection, in ms. */
const CONNECT_TIMEOUT_MS = 10_000;

/**
 * Makes the pool of connections of one config node. This is the one place where the way out of the machine is
 * chosen: a proxy or a certificate authority of one's own goes in here, and into `open-socket.ts` alike.
 */
export function makeDispatcher(): Dispatcher {
	return new Agent({ connections: CONNECTIONS, connect: { timeout: CONNECT_TIMEOUT_MS } });
}
