import type { CredentialValues } from './credential';
import type { FieldMap } from './fields';

/** Shorter secrets would tear ordinary words apart. */
const SHORTEST = 4;

function base64(text: string): string {
	return btoa(Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join(''));
}

/**
 * Makes the function that takes secrets out of texts: as they are, URL-encoded, JSON-escaped, in base64 and
 * as a Basic pair.
 */
export function redactorOf(
	secrets: readonly string[],
	pairs: readonly string[] = [],
): (text: string) => string {
	const forms = new Set<string>();
	for (const secret of [...secrets, ...pairs]) {
		if (secret.length < SHORTEST) continue;
		for (const form of [
			secret,
			encodeURIComponent(secret),
			JSON.stringify(secret).slice(1, -1),
			base64(secret),
		]) {
			forms.add(form);
			forms.add(form.replace(/=+$/, ''));
		}
	}
	const longestFirst = [...forms].sort((a, b) => b.length - a.length);
	return (text) => longestFirst.reduce((rest, form) => rest.replaceAll(form, '[secret]'), text);
}

/** The secret values of a credential. */
export function secretsOf(fields: FieldMap, values: CredentialValues): string[] {
	return Object.entries(fields)
		.filter(([, field]) => field.kind === 'secret')
		.map(([name]) => values[name])
		.filter((value): value is string => typeof value === 'string' && value !== '');
}
