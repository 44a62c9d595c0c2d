import { defined, invalidInput } from '@convoflow/client';
import { botId, version } from '../fields';
import { botErrors, operation } from '../operation';
import { eventName } from './fields';

/** Tracks an event. Chatlayer reference §4.5, TrackEvent. */
export const track = operation({
	name: 'track',
	displayName: 'Track',
	action: 'Track event',
	description: 'Record that something happened, so that it shows in the analytics of a bot',
	keywords: ['send', 'log', 'conversion', 'goal'],
	effect: 'send',
	findOut: 'Look for the event by its ID in the events of the bot',
	returns: 'one',
	fields: {
		botId,
		version,
		event: { ...eventName, description: 'What happened', required: true, from: 'payload' },
		userId: {
			kind: 'string',
			label: 'User ID',
			description: 'Whom it happened to',
			placeholder: 'e.g. us-77',
			from: 'userId',
		},
	},
	optional: {
		attributes: {
			kind: 'json',
			shape: 'object',
			label: 'Attributes',
			description: 'More about the event, as texts by name',
			placeholder: 'e.g. {"currency": "EUR"}',
		},
		campaign: {
			kind: 'json',
			shape: 'object',
			label: 'Campaign',
			description: 'Where it came from: source, medium, name, content and term',
			placeholder: 'e.g. {"source": "mail"}',
		},
		conversationId: {
			kind: 'string',
			label: 'Conversation ID',
			description: 'The conversation in which it happened',
			placeholder: 'e.g. cv-501',
		},
		id: {
			kind: 'string',
			label: 'Event ID',
			description: 'An ID of your own; it may keep a repeat from counting twice, which is not confirmed',
			placeholder: 'e.g. order-4711',
		},
		timestamp: {
			kind: 'dateTime',
			label: 'Time',
			description: 'When it happened; now when empty',
			placeholder: 'e.g. 2026-03-01T08:00:00Z',
		},
	},
	lane: ({ botId: bot, userId }) => `${bot} ${userId ?? ''}`,
	run: async (client, input, { signal }) => {
		for (const [key, value] of Object.entries(input.attributes ?? {})) {
			if (typeof value !== 'string')
				throw invalidInput('attributes', 'Attributes', `must hold texts only; "${key}" is none`);
		}
		const { event_id } = await client.events.track({ ...input, signal });
		return defined({ eventId: event_id ?? input.id, event: input.event, userId: input.userId });
	},
	errors: botErrors,
	summary: (_rows, { event }) => `Tracked ${event}`,
	examples: [
		{
			name: 'An order',
			input: {
				botId: 'k3v9x2ab',
				event: 'order_placed',
				userId: 'us-77',
				id: 'order-4711',
				attributes: { currency: 'EUR' },
				timestamp: '2026-03-04T08:00:00.000Z',
			},
		},
	],
});
