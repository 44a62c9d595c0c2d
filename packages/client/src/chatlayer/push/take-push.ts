import type { JsonValue } from '../../ports';
import { challengeAnswer, pushKind, readChallenge, type ChallengeForm, type PushCall } from './push-call';
import { readNotification, readRevocation, type PushEvent } from './read-push';

/** What is to be done with a call that passed the check. */
export type TakenPush =
	/** Answered with status 200 and this. */
	| { readonly do: 'answer'; readonly contentType: string; readonly body: string }
	| { readonly do: 'refuse'; readonly status: number; readonly reason: string }
	/** `isRevoked`: the subscription is over and nothing more comes. */
	| { readonly do: 'take'; readonly event: PushEvent; readonly isRevoked: boolean };

/** A body may name the address that was registered, and with it the token: that must not travel on. */
function withoutToken(body: JsonValue, token: string | undefined): JsonValue {
	if (token === undefined || token === '') return body;
	return JSON.parse(JSON.stringify(body).replaceAll(token, '***')) as JsonValue;
}

/**
 * Decides what is to be done with a call of a subscription; what it puts out is without the token. Chatlayer
 * reference §9.
 * @param form how a challenge is answered
 * @param uniqueKey key for a call that carries no id
 */
export function takePush(
	body: JsonValue,
	call: PushCall,
	form: ChallengeForm,
	uniqueKey: () => string,
): TakenPush {
	const kind = pushKind(body, call);
	if (kind === 'verification') {
		const challenge = readChallenge(body, call);
		if (challenge !== undefined) return { do: 'answer', ...challengeAnswer(challenge, form) };
		return { do: 'refuse', status: 400, reason: 'the call asks for proof without a challenge' };
	}
	const isRevoked = kind === 'revocation';
	const event = (isRevoked ? readRevocation : readNotification)(
		withoutToken(body, call.query('token')),
		call,
		uniqueKey,
	);
	return { do: 'take', event, isRevoked };
}
