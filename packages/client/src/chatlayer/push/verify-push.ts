import { digestOf, isSameText } from '../../webhook/same-text';
import type { Verdict } from '../../webhook/verify';
import type { PushCall } from './push-call';

/** What a trigger knows of its own subscription and nobody else does. */
export interface PushSecrets {
	/** Stands in the address that was registered. */
	readonly token: string;
	/** Given to Chatlayer to sign calls with. */
	readonly secret: string;
}

/** How calls of a subscription prove where they come from. */
export interface PushVerification {
	/**
	 * `url`: the token in the registered address. `signature`: the token and a signature of the call, whose form
	 * is not published (Chatlayer reference §9, [inferred]). `none`: neither.
	 */
	readonly mode: 'url' | 'signature' | 'none';
	readonly secrets: PushSecrets;
	/** Digest of the token that was registered, where it may be an older one: the user's key was replaced since. */
	readonly registeredDigest?: string | undefined;
	/** Header that carries the signature. */
	readonly signatureHeader: string;
	/** What is signed: names of headers in braces, and {body} for the raw body. */
	readonly signedText: string;
}

/** The form that the wording of the documents points to. Chatlayer reference §9, [inferred]. */
export const INFERRED_SIGNATURE = {
	signatureHeader: 'x-message-signature',
	signedText: '{x-message-id}{x-message-timestamp}{body}',
} as const;

/** How far the moment of a signed call may be from now, ms. */
const TOLERANCE_MS = 10 * 60_000;

const OK: Verdict = { ok: true };
const utf8 = new TextEncoder();

function no(reason: string): Verdict {
	return { ok: false, reason };
}

/** The bytes of a signature in hex or base64, with or without the name of its algorithm before it. */
function signatureBytes(value: string): Uint8Array<ArrayBuffer> | undefined {
	const text = value.trim().replace(/^(hmac-)?(sha256|v\d+)[=:,]/i, '');
	if (/^[0-9a-f]{64}$/i.test(text))
		return Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));
	if (!/^[\w+/-]{43}=?$/.test(text)) return undefined;
	const binary = atob(text.replace(/-/g, '+').replace(/_/g, '/').replace(/=$/, ''));
	return Uint8Array.from(binary, (char) => char.charCodeAt(0));
}

function joinBytes(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
	const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
	let at = 0;
	for (const part of parts) {
		joined.set(part, at);
		at += part.length;
	}
	return joined;
}

/** The signed bytes, or the header that is missing. */
function signedBytes(template: string, call: PushCall): Uint8Array<ArrayBuffer> | string {
	const parts: Uint8Array[] = [];
	for (const part of template.split(/(\{[^}]*\})/)) {
		const name = /^\{([^}]*)\}$/.exec(part)?.[1]?.trim().toLowerCase();
		const header = name === undefined || name === 'body' ? undefined : call.header(name);
		if (name === 'body') parts.push(call.rawBody);
		else if (name === undefined) parts.push(utf8.encode(part));
		else if (header === undefined) return name;
		else parts.push(utf8.encode(header));
	}
	return joinBytes(parts);
}

/** Checks the moments among the signed headers, so that an old call cannot be played again. */
function checkTime(template: string, call: PushCall): Verdict {
	for (const [, name = ''] of template.matchAll(/\{([^}]*timestamp[^}]*)\}/gi)) {
		const value = (call.header(name.trim().toLowerCase()) ?? '').trim();
		const number = /^\d+$/.test(value) ? Number(value) : undefined;
		const ms = number === undefined ? Date.parse(value) : number < 1e11 ? number * 1_000 : number;
		if (Number.isNaN(ms)) return no(`the header "${name}" is no time`);
		if (Math.abs(call.nowMs - ms) > TOLERANCE_MS) return no('the call is more than ten minutes old or ahead');
	}
	return OK;
}

async function verifySignature(verification: PushVerification, call: PushCall): Promise<Verdict> {
	const { signatureHeader, signedText } = verification;
	const sent = call.header(signatureHeader.trim().toLowerCase());
	if (sent === undefined) return no(`the header "${signatureHeader}" is missing`);
	const signature = signatureBytes(sent);
	if (!signature) return no(`the header "${signatureHeader}" holds no signature`);
	const signed = signedBytes(signedText, call);
	if (typeof signed === 'string') return no(`the header "${signed}" is missing`);
	const { secret } = verification.secrets;
	const algorithm = { name: 'HMAC', hash: 'SHA-256' };
	const key = await crypto.subtle.importKey('raw', utf8.encode(secret), algorithm, false, ['verify']);
	// Compares in constant time.
	const isSigned = await crypto.subtle.verify('HMAC', key, signature, signed);
	return isSigned ? checkTime(signedText, call) : no('the signature does not fit');
}

/** Checks that a call comes from the subscription of a trigger. Never throws; a reason never holds a secret. */
export async function verifyPush(verification: PushVerification, call: PushCall): Promise<Verdict> {
	if (verification.mode === 'none') return OK;
	const sent = call.query('token');
	if (sent === undefined) return no('the token in the address is missing');
	const { secrets, registeredDigest = '' } = verification;
	const isCurrent = await isSameText(sent, secrets.token);
	const isRegistered = await isSameText(await digestOf(sent), registeredDigest);
	if (!isCurrent && !isRegistered) return no('the token in the address does not fit');
	return verification.mode === 'signature' ? await verifySignature(verification, call) : OK;
}
