import { isObject, textOf, type ChatlayerClient, type JsonObject } from '@convoflow/client';
import { searchesFor, type FieldMap, type Found, type LocatorField } from '@convoflow/kit';
import { row } from '../operation';

const search = searchesFor<ChatlayerClient>('chatlayerApi');

/** The events that a bot defines. Chatlayer reference §4.5, ListEventDefinitions. */
const searchEvents = search({
	name: 'searchEvents',
	things: 'events',
	dependsOn: ['botId'],
	run: async (client, { values, signal, filter }) => {
		const botId = textOf(values['botId'] as string | undefined);
		if (botId === undefined) return { results: [] };
		const results: Found[] = [];
		for await (const page of client.events.definitions({ botId, limit: 1_000, signal })) {
			for (const definition of page) {
				const name = textOf(definition['event']) ?? '';
				const isWanted = name !== '' && name.toLowerCase().includes(filter?.trim().toLowerCase() ?? '');
				if (isWanted) results.push({ name, value: name });
			}
		}
		return { results };
	},
});

/** An event by its name. */
export const eventName = {
	kind: 'locator',
	thing: 'event',
	label: 'Event',
	description: 'Name of the event',
	placeholder: 'e.g. order_placed',
	modes: ['id'],
	idIs: 'Name',
	search: searchEvents,
} as const satisfies LocatorField;

/** What narrows a list of tracked events. */
export const eventFilters = {
	campaignId: {
		kind: 'string',
		label: 'Campaign ID',
		description: 'Only events of this campaign',
		placeholder: 'e.g. spring',
	},
	conversationId: {
		kind: 'string',
		label: 'Conversation ID',
		description: 'Only events of this conversation',
		placeholder: 'e.g. cv-501',
	},
	event: { ...eventName, description: 'Only events of this name' },
	userId: {
		kind: 'string',
		label: 'User ID',
		description: 'Only events of this user',
		placeholder: 'e.g. us-77',
	},
} as const satisfies FieldMap;

/** A tracked event in a flat row. Chatlayer reference §5, TrackingEvent. */
export function eventRow(event: JsonObject): JsonObject {
	return row(event, {
		id: 'id',
		event: 'event',
		timestamp: 'timestamp',
		userId: 'user_id',
		conversationId: 'conversation_id',
		channelType: 'channel_type',
		channelId: 'channel_id',
		botId: 'bot_id',
		version: 'version',
		attributes: ({ attributes }) => (isObject(attributes) ? attributes : {}),
	});
}
