import { ConvoflowError } from '@convoflow/client';
import type { Credential, CredentialValues, Signature } from './credential';
import { redactorOf, secretsOf } from './redactor';

/** A credential ready for use: what it adds to every request, and what takes its secrets out of texts. */
export interface Signing {
	readonly signature: Signature;
	/** What a request to an address carries: the key of the API that it leads to, and no other. */
	readonly signatureFor: (url: string) => Signature;
	readonly redact: (text: string) => string;
}

/** What a signature carries: whole, without the word for its scheme, in the base64 of URLs, without padding. */
function partsOf({ headers = {}, query = {} }: Signature): string[] {
	return [...Object.values(headers), ...Object.values(query)].flatMap((value) => {
		const token = value.slice(value.indexOf(' ') + 1);
		const urlSafe = token.replace(/\+/g, '-').replace(/\//g, '_');
		return [value, ...[token, urlSafe].flatMap((form) => [form, form.replace(/=+$/, '')])];
	});
}

/**
 * Signs once for every request of a credential.
 * @throws CONVOFLOW_INVALID_INPUT when the key holds characters that a header cannot carry
 */
export function prepareSigning(credential: Credential, values: CredentialValues): Signing {
	const signature = credential.sign(values);
	const second = credential.secondApi?.(values);
	const signatures = [signature, ...(second ? [second.signature] : [])];
	for (const value of signatures.flatMap(({ headers = {} }) => Object.values(headers))) {
		if (/^[\t\x20-\x7e\x80-\xff]*$/.test(value)) continue;
		throw new ConvoflowError('CONVOFLOW_INVALID_INPUT', 'The key holds characters that no key has', {
			advice: 'Open the credential, paste the key again and test it. Nothing was sent.',
		});
	}
	const signatureFor = (url: string): Signature => {
		const isBelow = (base: string): boolean => url.startsWith(`${base}/`);
		if (!second || !isBelow(second.baseUrl)) return signature;
		// One address may stand below the other: the longer one is meant.
		const first = credential.baseUrl(values);
		return isBelow(first) && first.length >= second.baseUrl.length ? signature : second.signature;
	};
	return {
		signature,
		signatureFor,
		redact: redactorOf([...secretsOf(credential.fields, values), ...signatures.flatMap(partsOf)]),
	};
}
