import { numberOf, type JsonObject } from '@convoflow/client';
import { row } from '../operation';

/** A definition in a flat row. Chatlayer reference §5, EventDefinition. */
export function definitionRow(definition: JsonObject): JsonObject {
	return row(definition, {
		id: 'id',
		event: 'event',
		description: 'description',
		botId: 'bot_id',
		teamId: 'team_id',
		createdAt: 'created_at',
		lastSeenAt: 'last_seen_at',
		volume30Days: ({ volume_30_day }) => numberOf(volume_30_day),
	});
}
