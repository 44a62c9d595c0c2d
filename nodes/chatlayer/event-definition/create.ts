import { defined, isObject } from '@convoflow/client';
import { botId, teamId } from '../fields';
import { botErrors, operation } from '../operation';

/** Defines an event. Chatlayer reference §4.5, CreateEventDefinition. */
export const create = operation({
	name: 'create',
	displayName: 'Create',
	action: 'Create event definition',
	description: 'Define an event that a bot can track',
	keywords: ['new', 'schema', 'tracking'],
	effect: 'send',
	findOut: 'Look for it in the list of event definitions',
	returns: 'one',
	fields: {
		botId,
		event: {
			kind: 'string',
			label: 'Event Name',
			description: 'Name of the event',
			placeholder: 'e.g. order_placed',
			required: true,
			from: 'payload',
		},
	},
	optional: {
		description: {
			kind: 'string',
			label: 'Description',
			description: 'What the event means',
			placeholder: 'e.g. An order was paid',
		},
		teamId: { ...teamId, description: 'The team that the event belongs to', required: false },
	},
	lane: ({ botId: bot }) => bot,
	run: async (client, input, { signal }) => {
		const { event_definition } = await client.events.define({ ...input, signal });
		const created = isObject(event_definition) ? event_definition : {};
		return defined({
			id: created['id'],
			event: created['event'] ?? input.event,
			description: created['description'],
			botId: created['bot_id'],
			teamId: created['team_id'],
		});
	},
	errors: botErrors,
	summary: (_rows, { event }) => `Defined ${event}`,
	examples: [
		{
			name: 'A new event',
			input: { botId: 'k3v9x2ab', event: 'voucher_used', description: 'A voucher was used' },
		},
	],
});
