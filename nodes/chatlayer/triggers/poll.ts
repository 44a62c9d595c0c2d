import {
	eventKeyOf,
	exampleEvents,
	pollEvents,
	readWindow,
	textOf,
	trackedFields,
	type ChatlayerClient,
	type EventPoll,
	type JsonObject,
} from '@convoflow/client';
import type { FieldMap, InputOf, Poll, Trigger } from '@convoflow/kit';
import { eventFilters } from '../event/fields';
import { botId, version } from '../fields';
import { listed } from '../operation';

const HOUR_MS = 3_600_000;

const fields = {
	botId,
	version,
	eventNames: {
		kind: 'string',
		label: 'Event Names',
		description: 'Only events with these names, separated by commas; all when empty',
		placeholder: 'e.g. order_placed',
	},
} as const satisfies FieldMap;

const optional = {
	backlogHours: {
		kind: 'number',
		label: 'Backlog (Hours)',
		description: 'Hours back from now that the first check takes too; by default only what comes after it',
		placeholder: 'e.g. 24',
		integer: true,
		min: 1,
		max: 8760,
	},
	campaignId: eventFilters.campaignId,
	channelTypes: {
		kind: 'string',
		label: 'Channels',
		description: 'Only events on these channels, separated by commas',
		placeholder: 'e.g. web,whatsapp',
	},
	conversationId: eventFilters.conversationId,
	userId: eventFilters.userId,
} as const satisfies FieldMap;

type Settings = InputOf<typeof fields> & Partial<InputOf<typeof optional>>;

/** What the service filters: one name, where there is one only. */
function queryOf({ botId: bot, version: of, eventNames, ...settings }: Settings): EventPoll {
	const names = listed(eventNames) ?? [];
	const { campaignId, conversationId, userId } = settings;
	const event = names.length === 1 ? names[0] : undefined;
	return { botId: bot, version: of, event, campaignId, conversationId, userId };
}

/** What is filtered here, since the service knows one name and no channel. */
function isWanted(event: JsonObject, { eventNames, channelTypes }: Settings): boolean {
	const fits = (wanted: string | undefined, value: JsonObject[string] | undefined): boolean => {
		const some = listed(wanted) ?? [];
		return some.length === 0 || some.includes(textOf(value) ?? '');
	};
	return fits(eventNames, event['event']) && fits(channelTypes, event['channel_type']);
}

function outputOf(event: JsonObject): JsonObject {
	return { event: 'trackingEvent', eventKey: eventKeyOf(event), ...trackedFields(event), body: event };
}

const poll: Poll = {
	check: async (client, values, cursor, context) => {
		const settings = values as Settings;
		const outcome = await pollEvents(client as ChatlayerClient, queryOf(settings), readWindow(cursor), {
			backlogMs: settings.backlogHours === undefined ? undefined : settings.backlogHours * HOUR_MS,
			maxRows: context.maxEvents,
			nowMs: context.now(),
			signal: context.signal,
		});
		const events = outcome.rows.filter((event) => isWanted(event, settings)).map(outputOf);
		return { events, cursor: outcome.cursor, isComplete: outcome.isComplete };
	},
	examples: async (client, values, signal) => {
		const settings = values as Settings;
		const events = await exampleEvents(client as ChatlayerClient, queryOf(settings), { signal });
		return events.filter((event) => isWanted(event, settings)).map(outputOf);
	},
};

/** Starts when a bot has tracked something new, by asking from time to time. Chatlayer reference §9, rule 8. */
export const chatlayerPollTrigger = {
	name: 'poll',
	displayName: 'Chatlayer Polling Trigger',
	description:
		'Starts when a bot has tracked a new event; asks from time to time and needs no public address',
	nodeRedType: 'chatlayer-new-events',
	credential: 'chatlayerApi',
	fields,
	optional,
	poll,
	sample: {
		event: 'trackingEvent',
		eventKey: 'event:ev-4711',
		eventName: 'order_placed',
		timestamp: '2026-03-02T10:00:05.000Z',
		conversationId: 'cv-501',
		userId: 'us-77',
		channelType: 'web',
		botId: 'k3v9x2ab',
		version: 'LIVE',
		attributes: { currency: 'EUR', total: '24' },
		body: { id: 'ev-4711', event: 'order_placed' },
	},
} as const satisfies Trigger;
