import { ConvoflowError } from '@convoflow/client';
import type { Credential, CredentialValues, Signature } from './credential';
import { redactorOf, secretsOf } from './redactor';

/** A credential ready for use: what it adds to every request, and what takes its secrets out of texts. */
export interface Signing {
	readonly signature: Signature;
	readonly redact: (text: string) => string;
}

/** What a signature carries: whole, without the word for its scheme, and without the padding of base64. */
function partsOf({ headers = {}, query = {} }: Signature): string[] {
	return [...Object.values(headers), ...Object.values(query)].flatMap((value) => {
		const token = value.slice(value.indexOf(' ') + 1);
		return [value, token, token.replace(/=+$/, '')];
	});
}

/**
 * Signs once for every request of a credential.
 * @throws CONVOFLOW_INVALID_INPUT when the key holds characters that a header cannot carry
 */
export function prepareSigning(credential: Credential, values: CredentialValues): Signing {
	const signature = credential.sign(values);
	for (const value of Object.values(signature.headers ?? {})) {
		if (/^[\t\x20-\x7e\x80-\xff]*$/.test(value)) continue;
		throw new ConvoflowError('CONVOFLOW_INVALID_INPUT', 'The key holds characters that no key has', {
			advice: 'Open the credential, paste the key again and test it. Nothing was sent.',
		});
	}
	return { signature, redact: redactorOf([...secretsOf(credential.fields, values), ...partsOf(signature)]) };
}
