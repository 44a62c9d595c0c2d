import { percentEncode } from '@convoflow/client';
import type { CredentialValues } from './credential';
import { escapeMarkup } from './escape-markup';
import type { FieldMap } from './fields';

/** Shorter secrets would tear ordinary words apart. */
const SHORTEST = 4;

function base64(text: string): string {
	return btoa(Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join(''));
}

/** A secret as it may turn up in a text. */
function formsOf(secret: string): string[] {
	const encoded = base64(secret);
	const urlSafe = encoded.replace(/\+/g, '-').replace(/\//g, '_');
	const inUrl = percentEncode(secret);
	return [
		secret,
		inUrl,
		inUrl.replace(/%20/g, '+'),
		inUrl.replace(/%[0-9A-F]{2}/g, (byte) => byte.toLowerCase()),
		JSON.stringify(secret).slice(1, -1),
		escapeMarkup(secret),
		secret.replace(/[<>&']/g, (char) => `\\u00${char.charCodeAt(0).toString(16)}`),
		...[encoded, urlSafe].flatMap((form) => [form, form.replace(/=+$/, '')]),
	];
}

/**
 * Makes the function that takes secrets out of texts: as they are, URL-encoded, escaped for JSON or HTML, in base64
 * and as a Basic pair.
 */
export function redactorOf(
	secrets: readonly string[],
	pairs: readonly string[] = [],
): (text: string) => string {
	const long = [...secrets, ...pairs].filter((secret) => secret.length >= SHORTEST);
	const longestFirst = [...new Set(long.flatMap(formsOf))].sort((a, b) => b.length - a.length);
	return (text) => longestFirst.reduce((rest, form) => rest.replaceAll(form, '[secret]'), text);
}

/** The secret values of a credential, also without what people paste along: `Bearer` before a key, the id of a pair. */
export function secretsOf(fields: FieldMap, values: CredentialValues): string[] {
	const secrets = Object.entries(fields)
		.filter(([, field]) => field.kind === 'secret')
		.map(([name]) => values[name])
		.filter((value): value is string => typeof value === 'string' && value !== '');
	const parts = secrets.flatMap((secret) => [
		secret,
		secret.trim().replace(/^(bearer\s+)+/i, ''),
		secret.slice(secret.indexOf(':') + 1).trim(),
	]);
	return [...new Set(parts)].filter((part) => part !== '');
}
