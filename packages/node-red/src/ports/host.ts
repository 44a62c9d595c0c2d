import type { HttpRequest, LogLevel, Ports } from '@convoflow/client';
import {
	prepareSigning,
	redactorOf,
	type Credential,
	type CredentialValues,
	type Signature,
} from '@convoflow/kit';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeDispatchers } from './dispatcher';
import { guardedLookup } from './guarded-lookup';
import { secretsOfNetwork, type Network } from './network';
import { makeOpenSocket } from './open-socket';
import { request } from './request';

/** The ports of one credential, with the connections behind them. */
export interface HostPorts extends Ports {
	/** Ends every connection: requests at work get `graceMs`, then they are cut off. Safe to repeat. */
	close(graceMs: number): Promise<void>;
}

export type Log = (level: LogLevel, message: string) => void;

/** Only a query of the signature's own rewrites the address: URL encodes some characters its own way. */
function withQuery(address: string, query: Readonly<Record<string, string>>): string {
	const added = Object.entries(query);
	if (added.length === 0) return address;
	const url = new URL(address);
	for (const [name, value] of added) url.searchParams.set(name, value);
	return url.href;
}

function signed(asked: HttpRequest, { headers = {}, query = {} }: Signature): HttpRequest {
	return { ...asked, headers: { ...asked.headers, ...headers }, url: withQuery(asked.url, query) };
}

/** The addresses that a person typed or chose. */
function basesOf(credential: Credential, values: CredentialValues): string[] {
	const second = credential.secondApi?.(values);
	return [credential.baseUrl(values), ...(second ? [second.baseUrl] : [])];
}

/**
 * Makes the ports of a credential.
 * @param values read by `readFields`
 * @param network how it leaves this machine
 * @throws CONVOFLOW_INVALID_INPUT when the key holds characters that a header cannot carry
 */
export function makePorts(
	credential: Credential,
	values: CredentialValues,
	network: Network,
	log: Log,
): HostPorts {
	const { signatureFor, redact: redactKeys } = prepareSigning(credential, values);
	const redactProxy = redactorOf(secretsOfNetwork(network));
	const redact = (text: string): string => redactProxy(redactKeys(text));
	const guarded: Network = { ...network, lookup: guardedLookup(() => basesOf(credential, values)) };
	const dispatchers = makeDispatchers(guarded);
	let closing: Promise<void> | undefined;
	return {
		request: (asked) => request(dispatchers, signed(asked, signatureFor(asked.url))),
		sleep: async (ms, signal) => {
			await sleep(ms, undefined, signal ? { signal } : {});
		},
		openSocket: makeOpenSocket(guarded),
		now: () => Date.now(),
		log: (level, message) => log(level, redact(message)),
		redact,
		close: (graceMs) => {
			// Whether it closes well is nobody's concern any more, and a rejection would end Node-RED.
			closing ??= Promise.race([dispatchers.close(), sleep(graceMs, undefined, { ref: false })])
				.then(() => dispatchers.destroy())
				.catch(() => undefined);
			return closing;
		},
	};
}
