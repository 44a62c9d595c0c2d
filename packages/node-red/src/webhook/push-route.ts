import {
	isObject,
	takePush,
	textOf,
	type ChallengeForm,
	type JsonObject,
	type JsonValue,
	type PushCall,
	type PushEvent,
} from '@convoflow/client';
import { randomUUID } from 'node:crypto';
import { PUSH_ROUTE } from '../model/webhook';
import type { EventSource } from './event-intake';
import { takeEvent, type EventListener } from './event-route';
import { refusal, WebhookRoute } from './router';

/** A node that has subscribed its address. */
export interface PushListener extends EventListener {
	readonly challengeForm: ChallengeForm;
	/** Told that a subscription is over. */
	revoked(event: PushEvent): void;
}

/** The headers of a call that tell of its event. */
const HEADERS = ['x-message-type', 'x-message-id', 'x-message-timestamp'];

/** What of a call is needed to read its event, so that it can be kept on disk; without what proves the call. */
function parcelOf(body: JsonValue, call: PushCall): JsonObject {
	const headers = HEADERS.map((name): [string, JsonValue] => [name, call.header(name) ?? null]);
	return { body, event: call.query('event') ?? null, headers: Object.fromEntries(headers) };
}

/** Events of subscriptions. @param isWanted whether an event starts anything */
export function pushSource(isWanted: (event: PushEvent) => boolean): EventSource {
	return {
		read: (parcel, uniqueKey) => {
			const { body = null, headers = {}, event } = isObject(parcel) ? parcel : {};
			const call: PushCall = {
				header: (name) => (isObject(headers) ? textOf(headers[name]) : undefined),
				query: (name) => (name === 'event' ? textOf(event) : undefined),
				rawBody: new Uint8Array(),
				nowMs: 0,
			};
			const taken = takePush(body, call, 'text', uniqueKey);
			if (taken.do === 'take') return taken.event;
			throw new TypeError('a challenge is no event');
		},
		filter: (event) => (isWanted(event) ? undefined : 'it is not listened to'),
		properties: ({ conversationId }) => ({ conversationId }),
	};
}

/** The address that subscriptions of Chatlayer call; its last part is the id of a node. */
export const pushRoute = new WebhookRoute<PushListener>(
	PUSH_ROUTE,
	async (accepting, body, red, call) => {
		const taken = takePush(body, call, accepting[0]?.challengeForm ?? 'text', randomUUID);
		if (taken.do === 'refuse') return refusal(taken.status, taken.reason);
		if (taken.do === 'answer')
			return { status: 200, body: { contentType: taken.contentType, text: taken.body } };
		if (taken.isRevoked) for (const listener of accepting) listener.revoked(taken.event);
		return await takeEvent(accepting, parcelOf(taken.event.output['body'] ?? null, call), red, call);
	},
	true,
);
