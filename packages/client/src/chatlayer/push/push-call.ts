import { isObject, textOf } from '../../json';
import type { JsonObject, JsonValue } from '../../ports';
import type { CallToVerify } from '../../webhook/verify';

/** A call of a subscription, whose raw bytes are what is signed. */
export interface PushCall extends CallToVerify {
	/** The body as it came. */
	readonly rawBody: Uint8Array;
}

/** What Chatlayer calls for. Chatlayer reference §9, X-Message-Type. */
export type PushKind = 'verification' | 'notification' | 'revocation';

const KINDS: Readonly<Record<string, PushKind>> = {
	webhookcallbackverification: 'verification',
	notification: 'notification',
	revocation: 'revocation',
};

/** The members of a body and those one level down; where they stand is not confirmed. */
function* layers(body: JsonValue): Generator<JsonObject> {
	if (!isObject(body)) return;
	yield body;
	for (const member of Object.values(body)) if (isObject(member)) yield member;
}

/**
 * The value that proves an address: in the body, one level down, or in the query. Its place is not confirmed
 * (Chatlayer reference §9, [inferred]).
 * @returns undefined for a call that asks for no proof
 */
export function readChallenge(body: JsonValue, call: CallToVerify): string | undefined {
	for (const layer of layers(body)) {
		const challenge = textOf(layer['challenge']);
		if (challenge !== undefined && challenge !== '') return challenge;
	}
	return call.query('challenge');
}

/**
 * What a call is for. The name of the kind is compared without regard to case, `_` and `-`, since the guide
 * renders it in two ways (Chatlayer reference §9). A call without one brings an event, unless it has a challenge.
 */
export function pushKind(body: JsonValue, call: CallToVerify): PushKind {
	const named = call
		.header('x-message-type')
		?.toLowerCase()
		.replace(/[^a-z]/g, '');
	const known = named === undefined ? undefined : KINDS[named];
	return known ?? (readChallenge(body, call) === undefined ? 'notification' : 'verification');
}

/** How a challenge is answered; which of both is right is not confirmed (Chatlayer reference §9, [inferred]). */
export type ChallengeForm = 'text' | 'json';

/** The answer to a challenge. */
export function challengeAnswer(
	challenge: string,
	form: ChallengeForm,
): { readonly contentType: string; readonly body: string } {
	return form === 'json'
		? { contentType: 'application/json', body: JSON.stringify({ challenge }) }
		: { contentType: 'text/plain', body: challenge };
}
