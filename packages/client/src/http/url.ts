import { ConvoflowError, invalidInput } from '../errors';

/**
 * Makes a base address ready to be joined: trims it, takes trailing slashes and the given known suffixes
 * off, so that an address copied from the documentation works with or without them.
 * @param field name and label of the field that holds it, where that is another than Base URL
 * @throws CONVOFLOW_INVALID_INPUT when it is no http or https address
 */
export function normalizeBaseUrl(
	value: string,
	suffixes: readonly string[] = [],
	field: { readonly name: string; readonly label: string } = { name: 'baseUrl', label: 'Base URL' },
): string {
	let url = value.trim().replace(/\/+$/, '');
	for (const suffix of suffixes) {
		if (url.toLowerCase().endsWith(suffix)) url = url.slice(0, -suffix.length).replace(/\/+$/, '');
	}
	// A user name and password in the address would show up in errors.
	if (!/^https?:\/\/[^\s/?#@]+(\/[^\s?#]*)?$/i.test(url)) {
		throw new ConvoflowError('CONVOFLOW_INVALID_INPUT', `${field.label} is not a web address`, {
			field: field.name,
			advice: 'Open the credential and enter an address that begins with https://',
		});
	}
	return url;
}

// encodeURIComponent throws on half of a surrogate pair.
const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** What needs no encoding, as most ids do. */
const PLAIN = /^[\w\-.~]*$/;

/** Encodes any text for an address; half of a surrogate pair becomes U+FFFD. Never throws. */
export function percentEncode(text: string): string {
	return PLAIN.test(text) ? text : encodeURIComponent(text.replace(LONE_SURROGATE, '\ufffd'));
}

/**
 * Encodes one part of a path, so that `|`, `/` and the like stay inside it.
 * @throws CONVOFLOW_INVALID_INPUT when it is empty, `.` or `..` (also percent-encoded): URL folds those
 */
export function pathPart(field: string, label: string, value: string): string {
	if (value.trim() === '') throw invalidInput(field, label, 'is empty');
	if (/^(?:\.|%2e){1,2}$/i.test(value)) throw invalidInput(field, label, `must not be "${value}"`);
	return percentEncode(value);
}

/** Query values; undefined ones are left out, arrays repeat the key. */
export type Query = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;

/** Builds an address from a normalised base, an encoded path and a query. */
export function buildUrl(baseUrl: string, path: string, query: Query = {}): string {
	const pairs: string[] = [];
	for (const key of Object.keys(query)) {
		const value = query[key];
		if (value === undefined) continue;
		for (const one of typeof value === 'object' ? value : [value]) {
			pairs.push(`${percentEncode(key)}=${percentEncode(String(one))}`);
		}
	}
	return `${baseUrl}${path}${pairs.length > 0 ? `?${pairs.join('&')}` : ''}`;
}
