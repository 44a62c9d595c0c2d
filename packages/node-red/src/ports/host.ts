import { ConvoflowError, type HttpRequest, type LogLevel, type Ports } from '@convoflow/client';
import {
	redactorOf,
	secretsOf,
	type Credential,
	type CredentialValues,
	type Signature,
} from '@convoflow/kit';
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

/** What a signature carries, without the word for its scheme: `Bearer x` gives `x`. */
function tokensOf({ headers = {}, query = {} }: Signature): string[] {
	return [...Object.values(headers), ...Object.values(query)].map((value) =>
		value.replace(/^(?:Bearer|Basic) /, ''),
	);
}

/** HTTP allows Latin characters only; a key with others was never one that the service gave out. */
function checkHeaders(headers: Readonly<Record<string, string>>): void {
	for (const value of Object.values(headers)) {
		if (/^[\t\x20-\x7e\x80-\xff]*$/.test(value)) continue;
		throw new ConvoflowError('CONVOFLOW_INVALID_INPUT', 'The key holds characters that no key has', {
			advice: 'Open the credential, paste the key again and test it. Nothing was sent.',
		});
	}
}

function signed(asked: HttpRequest, { headers = {}, query = {} }: Signature): HttpRequest {
	checkHeaders(headers);
	const url = new URL(asked.url);
	for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
	// Only a query of the signature's own rewrites the address: URL encodes some characters its own way.
	const address = Object.keys(query).length > 0 ? url.href : asked.url;
	return { ...asked, url: address, headers: { ...asked.headers, ...headers } };
}

/**
 * Makes the ports of a credential.
 * @param values read by `readFields`
 */
export function makePorts(credential: Credential, values: CredentialValues, log: Log): HostPorts {
	const dispatcher = makeDispatcher();
	const signature = credential.sign(values);
	const redact = redactorOf([...secretsOf(credential.fields, values), ...tokensOf(signature)]);
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
