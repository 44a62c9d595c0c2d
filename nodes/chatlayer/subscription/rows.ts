import type { JsonObject } from '@convoflow/client';
import type { Pages } from '@convoflow/kit';
import { row } from '../operation';

/** Subscriptions without the tokens in their addresses: whoever has one could call the trigger that it belongs to. */
export async function* withoutTokens(pages: Pages): Pages {
	for await (const page of pages)
		yield page.map((one) =>
			typeof one['target'] === 'string'
				? { ...one, target: one['target'].replace(/([?&]token=)[^&#]+/g, '$1***') }
				: one,
		);
}

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
