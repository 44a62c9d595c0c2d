import type { PushSecrets } from './verify-push';

const utf8 = new TextEncoder();

async function derive(ownSecret: string, purpose: string, address: string): Promise<string> {
	const algorithm = { name: 'HMAC', hash: 'SHA-256' };
	const key = await crypto.subtle.importKey('raw', utf8.encode(ownSecret), algorithm, false, ['sign']);
	const bytes = new Uint8Array(await crypto.subtle.sign('HMAC', key, utf8.encode(`${purpose} ${address}`)));
	return btoa(String.fromCharCode(...bytes.subarray(0, 24)))
		.replace(/\+/g, '-')
		.replace(/\//g, '_');
}

/**
 * Makes the secrets of a subscription from the user's own token and the address: the same each time, so that
 * every process knows them, no restart loses them, and nothing secret has to be kept. They tell nothing of the
 * token.
 * @param ownSecret what signs the requests of the credential
 * @param address where calls come to, without its query
 */
export async function pushSecrets(ownSecret: string, address: string): Promise<PushSecrets> {
	const [token, secret] = await Promise.all(
		['convoflow address token', 'convoflow signing secret'].map((purpose) =>
			derive(ownSecret, purpose, address),
		),
	);
	return { token: token ?? '', secret: secret ?? '' };
}
