import type { JsonObject } from '@convoflow/client';
import { row } from '../operation';

/** A subscription in a flat row; its secret is never returned. Chatlayer reference §5, Subscription. */
export function subscriptionRow(subscription: JsonObject): JsonObject {
	return row(subscription, {
		id: 'id',
		target: 'target',
		eventType: 'event_type',
		eventNames: ({ event_names }) => event_names ?? [],
		status: 'status',
		botId: 'bot_id',
		botVersion: 'bot_version',
		version: 'version',
		createdAt: 'created_at',
	});
}
