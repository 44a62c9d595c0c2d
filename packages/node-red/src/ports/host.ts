import type { HttpRequest, LogLevel, Ports } from '@convoflow/client';
import { prepareSigning, type Credential, type CredentialValues, type Signature } from '@convoflow/kit';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeDispatcher } from './dispatcher';
import { openSocket } from './open-socket';
import { request } from './request';

/** The ports of one credential, with the connections behind them. */
export interface HostPorts extends Ports {
	/** Ends every connection: requests at work get `graceMs`, then they are cut off. Safe to repeat. */
	close(graceMs: number): Promise<void>;
}

export type Log = (level: LogLevel, message: string) => void;

function signed(asked: HttpRequest, { headers = {}, query = {} }: Signature): HttpRequest {
	const url = new URL(asked.url);
	for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
	// Only a query of the signature's own rewrites the address: URL encodes some characters its own way.
	const address = Object.keys(query).length > 0 ? url.href : asked.url;
	return { ...asked, url: address, headers: { ...asked.headers, ...headers } };
}

/**
 * Makes the ports of a credential.
 * @param values read by `readFields`
 * @throws CONVOFLOW_INVALID_INPUT when the key holds characters that a header cannot carry
 */
export function makePorts(credential: Credential, values: CredentialValues, log: Log): HostPorts {
	const { signature, redact } = prepareSigning(credential, values);
	const dispatcher = makeDispatcher();
	let closing: Promise<void> | undefined;
	return {
		request: (asked) => request(dispatcher, signed(asked, signature)),
		sleep: async (ms, signal) => {
			await sleep(ms, undefined, signal ? { signal } : {});
		},
		openSocket,
		now: () => Date.now(),
		log: (level, message) => log(level, redact(message)),
		redact,
		close: (graceMs) => {
			// Whether it closes well is nobody's concern any more, and a rejection would end Node-RED.
			closing ??= Promise.race([dispatcher.close(), sleep(graceMs, undefined, { ref: false })])
				.then(() => dispatcher.destroy())
				.catch(() => undefined);
			return closing;
		},
	};
}
