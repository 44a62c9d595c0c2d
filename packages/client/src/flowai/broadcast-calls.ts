import { objectsIn } from '../json';
import type { JsonObject } from '../ports';
import type { RestCalls } from './rest-calls';
import type { AudienceBroadcast, BroadcastContent, CallOptions, SegmentBroadcast } from './types';

function contentOf({ payload, metadata = {} }: BroadcastContent): JsonObject {
	return Object.keys(metadata).length > 0 ? { ...payload, metadata } : payload;
}

/** Broadcasts and segments: the later calls of Flow.ai reference §2.2, rows 14 to 16. */
export class BroadcastCalls {
	readonly #rest: RestCalls;

	constructor(rest: RestCalls) {
		this.#rest = rest;
	}

	/** Sends to people named one by one. `POST broadcast/instant` (Flow.ai reference §2.4). */
	async toAudience(broadcast: AudienceBroadcast): Promise<JsonObject> {
		const { audience, channelName, externalId, signal } = broadcast;
		return await this.#rest.call({
			method: 'POST',
			path: '/broadcast/instant',
			body: {
				audience: [...audience],
				channel: { channelName, externalId },
				payload: contentOf(broadcast),
			},
			effect: 'send',
			signal,
		});
	}

	/** Sends to segments. `POST broadcast/instant/segment` (Flow.ai reference §2.4). */
	async toSegment(broadcast: SegmentBroadcast): Promise<JsonObject> {
		return await this.#rest.call({
			method: 'POST',
			path: '/broadcast/instant/segment',
			body: {
				audience: broadcast.segments.map((segment): JsonObject => ({ ...segment })),
				payload: contentOf(broadcast),
			},
			effect: 'send',
			signal: broadcast.signal,
		});
	}

	/**
	 * Lists the segments. `GET broadcast/segments?sync=true` (Flow.ai reference §2.2 row 16); no webhook event
	 * is known for it, so it is always asked in sync mode.
	 */
	async segments({ signal }: CallOptions = {}): Promise<JsonObject[]> {
		const body = await this.#rest.call({
			method: 'GET',
			path: '/broadcast/segments',
			query: { sync: true },
			effect: 'read',
			signal,
		});
		return objectsIn(body['segments']);
	}
}
