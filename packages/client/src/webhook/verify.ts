import { isSameDigest, isSameText } from './same-text';

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
const fromUtf8 = new TextDecoder();
const BASE64URL = /^[\w-]*$/;
const NOT_ASCII = /[\x80-\xff]/;

/** A token as people and services write it: with or without `Bearer`. */
function withoutScheme(value: string): string {
	return value.trim().replace(/^bearer\s+/i, '');
}

function jsonOf(part: string): Record<string, unknown> | undefined {
	if (!BASE64URL.test(part)) return undefined;
	try {
		const binary = atob(part.replace(/-/g, '+').replace(/_/g, '/'));
		const text = NOT_ASCII.test(binary)
			? fromUtf8.decode(Uint8Array.from(binary, (char) => char.charCodeAt(0)))
			: binary;
		const value = JSON.parse(text) as unknown;
		return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
	} catch {
		return undefined;
	}
}

/** Signs texts with one secret: HMAC with SHA-256, as base64url. */
export type Signer = (text: string) => string | Promise<string>;

/** Signs by what every host has, in another thread; a host that can do so in its own is faster. */
function webSigner(secret: string): Signer {
	const algorithm = { name: 'HMAC', hash: 'SHA-256' };
	const key = crypto.subtle.importKey('raw', utf8.encode(secret), algorithm, false, ['sign']);
	return async (text) => {
		const bytes = new Uint8Array(await crypto.subtle.sign(algorithm.name, await key, utf8.encode(text)));
		const base64 = btoa(String.fromCharCode(...bytes));
		return base64.replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
	};
}

/** The signature is compared as text: of the texts that stand for the same bytes only one is accepted. */
async function verifyJwt(
	token: string,
	signers: readonly Signer[],
	isHead: (head: string) => boolean | undefined,
	nowMs: number,
): Promise<Verdict> {
	const [head = '', claims = '', signature = '', ...more] = token.split('.');
	const isPinned = isHead(head);
	if (isPinned === undefined || more.length > 0 || !BASE64URL.test(signature))
		return no('the token is no JWT');
	// Pinned: a token must not choose how it is checked.
	if (!isPinned) return no('the token is not signed with HS256');
	const body = jsonOf(claims);
	if (!body) return no('the token is no JWT');
	let isSigned = false;
	for (const sign of signers) {
		const signed = sign(`${head}.${claims}`);
		isSigned = isSameDigest(signature, typeof signed === 'string' ? signed : await signed) || isSigned;
	}
	if (!isSigned) return no('the signature of the token does not fit the secret');
	const { exp, nbf } = body;
	if (exp !== undefined && !(typeof exp === 'number' && exp * 1000 > nowMs))
		return no('the token has expired');
	if (nbf !== undefined && !(typeof nbf === 'number' && nbf * 1000 <= nowMs))
		return no('the token is not valid yet');
	return OK;
}

/** Tells whether the head of a token names HS256; undefined where it is none. Most tokens have the same head. */
function headCheck(): (head: string) => boolean | undefined {
	let accepted: string | undefined;
	return (head) => {
		if (head === accepted) return true;
		const header = jsonOf(head);
		const isPinned = header && header['alg'] === 'HS256';
		if (isPinned === true) accepted = head;
		return isPinned;
	};
}

/** Checks that a call comes from where it should. Never throws. */
export type Verifier = (call: CallToVerify) => Promise<Verdict>;

/**
 * Makes what checks the calls of one trigger; keys are made once. Any of the secrets will do, so that one can be
 * replaced without a gap.
 * @param signerOf how the host signs
 */
export function verifierOf(
	verification: Verification,
	signerOf: (secret: string) => Signer = webSigner,
): Verifier {
	if (verification.mode === 'none') return async () => await Promise.resolve(OK);
	const secrets = verification.secrets.map((secret) => secret.trim()).filter((secret) => secret !== '');
	if (secrets.length === 0) return async () => await Promise.resolve(no('no secret is set for this trigger'));
	const { mode } = verification;
	const name = verification.name.trim();
	const names = (mode === 'jwt' ? [name, 'x-access-token', 'authorization'] : [name]).filter(
		(one) => one !== '',
	);
	const signers = mode === 'jwt' ? secrets.map(signerOf) : [];
	const tokens = secrets.map(withoutScheme);
	const isHead = headCheck();
	return async (call) => {
		const values = names.map((one) => call.header(one.toLowerCase()) ?? call.query(one));
		const value = values.find((one) => one !== undefined);
		if (value === undefined) return no(`the header or query value "${name || 'authorization'}" is missing`);
		const token = withoutScheme(value);
		if (mode === 'jwt') return await verifyJwt(token, signers, isHead, call.nowMs);
		let isKnown = false;
		for (const one of tokens) isKnown = (await isSameText(token, one)) || isKnown;
		return isKnown ? OK : no(`the value of "${name}" does not fit the secret`);
	};
}

/** Checks one call. Never throws; see `verifierOf`. */
export async function verifyCall(verification: Verification, call: CallToVerify): Promise<Verdict> {
	return await verifierOf(verification)(call);
}
