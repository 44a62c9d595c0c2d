import { isSameText } from './same-text';

/** How calls prove where they come from. For Flow.ai nothing is documented; an official sample checks a JWT (Flow.ai reference §4.3). */
export type Verification =
	| { readonly mode: 'none' }
	| { readonly mode: 'token'; readonly name: string; readonly secrets: readonly string[] }
	| { readonly mode: 'jwt'; readonly name: string; readonly secrets: readonly string[] };

/** A call as far as verifying needs it. */
export interface CallToVerify {
	/** First value of a header, its name in lower case. */
	header(name: string): string | undefined;
	/** First value of a query key. */
	query(name: string): string | undefined;
	/** Milliseconds since the epoch. */
	readonly nowMs: number;
}

/** Outcome of verifying; `reason` never holds a secret. */
export type Verdict = { readonly ok: true } | { readonly ok: false; readonly reason: string };

const OK: Verdict = { ok: true };

function no(reason: string): Verdict {
	return { ok: false, reason };
}

const utf8 = new TextEncoder();

/** A token as people and services write it: with or without `Bearer`. */
function withoutScheme(value: string): string {
	return value.trim().replace(/^bearer\s+/i, '');
}

function bytesOf(base64url: string): Uint8Array<ArrayBuffer> | undefined {
	if (!/^[\w-]*$/.test(base64url)) return undefined;
	const base64 = base64url.replace(/-/g, '+').replace(/_/g, '/');
	try {
		const binary = atob(base64);
		// Left-over bits would let a changed text stand for the same bytes.
		if (btoa(binary).replace(/=+$/, '') !== base64) return undefined;
		return Uint8Array.from(binary, (char) => char.charCodeAt(0));
	} catch {
		return undefined;
	}
}

function jsonOf(part: string): Record<string, unknown> | undefined {
	const bytes = bytesOf(part);
	if (!bytes) return undefined;
	try {
		const value = JSON.parse(new TextDecoder().decode(bytes)) as unknown;
		return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
	} catch {
		return undefined;
	}
}

async function verifyJwt(token: string, secrets: readonly string[], nowMs: number): Promise<Verdict> {
	const parts = token.split('.');
	const [head = '', claims = '', signature = ''] = parts;
	const header = jsonOf(head);
	const body = jsonOf(claims);
	const signed = bytesOf(signature);
	if (parts.length !== 3 || !header || !body || !signed) return no('the token is no JWT');
	// Pinned: a token must not choose how it is checked.
	if (header['alg'] !== 'HS256') return no('the token is not signed with HS256');
	let isSigned = false;
	for (const secret of secrets) {
		const key = await crypto.subtle.importKey(
			'raw',
			utf8.encode(secret),
			{ name: 'HMAC', hash: 'SHA-256' },
			false,
			['verify'],
		);
		isSigned =
			(await crypto.subtle.verify('HMAC', key, signed, utf8.encode(`${head}.${claims}`))) || isSigned;
	}
	if (!isSigned) return no('the signature of the token does not fit the secret');
	const { exp, nbf } = body;
	if (exp !== undefined && !(typeof exp === 'number' && exp * 1000 > nowMs))
		return no('the token has expired');
	if (nbf !== undefined && !(typeof nbf === 'number' && nbf * 1000 <= nowMs))
		return no('the token is not valid yet');
	return OK;
}

/**
 * Checks that a call comes from where it should. Never throws; any of the secrets will do, so that one can be
 * replaced without a gap.
 */
export async function verifyCall(verification: Verification, call: CallToVerify): Promise<Verdict> {
	if (verification.mode === 'none') return OK;
	const secrets = verification.secrets.map((secret) => secret.trim()).filter((secret) => secret !== '');
	if (secrets.length === 0) return no('no secret is set for this trigger');
	const name = verification.name.trim();
	const names = verification.mode === 'jwt' ? [name, 'x-access-token', 'authorization'] : [name];
	const values = names
		.filter((one) => one !== '')
		.map((one) => call.header(one.toLowerCase()) ?? call.query(one));
	const value = values.find((one) => one !== undefined);
	if (value === undefined) return no(`the header or query value "${name || 'authorization'}" is missing`);
	const token = withoutScheme(value);
	if (verification.mode === 'jwt') return await verifyJwt(token, secrets, call.nowMs);
	let isKnown = false;
	for (const secret of secrets) isKnown = (await isSameText(token, withoutScheme(secret))) || isKnown;
	return isKnown ? OK : no(`the value of "${name}" does not fit the secret`);
}
