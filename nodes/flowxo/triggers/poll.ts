import {
	exampleFlowXoEvents,
	pollFlowXo,
	readFlowXoCursor,
	type FlowXoClient,
	type FlowXoEventKind,
	type FlowXoPollOptions,
} from '@convoflow/client';
import type { InputOf, Poll, Trigger } from '@convoflow/kit';
import { conversationFilter } from '../conversation/filters';
import { eventRow } from './event-row';
import { pollFields, pollOptional } from './poll-fields';

type Settings = InputOf<typeof pollFields> & Partial<InputOf<typeof pollOptional>>;

/** The filters that Flow XO does not have, applied here. */
function filtersOf(settings: Settings): Pick<FlowXoPollOptions, 'events' | 'isWanted' | 'isWantedMessage'> {
	const { events, role = 'channel', liveChatOnly } = settings;
	return {
		events: events as readonly FlowXoEventKind[],
		isWanted: conversationFilter(settings),
		isWantedMessage: (message) =>
			(role === 'any' || message['role'] === role) &&
			(liveChatOnly !== true || message['agent_mode'] === true),
	};
}

const poll: Poll = {
	check: async (client, settings, cursor, context) => {
		const { includeBacklog, maxConversations } = settings as Settings;
		const outcome = await pollFlowXo(client as FlowXoClient, readFlowXoCursor(cursor), {
			...filtersOf(settings as Settings),
			...context,
			takeBacklog: includeBacklog,
			maxConversations,
		});
		return { ...outcome, events: outcome.events.map(eventRow) };
	},
	examples: async (client, settings, signal) => {
		const options = { ...filtersOf(settings as Settings), signal };
		return (await exampleFlowXoEvents(client as FlowXoClient, options)).map(eventRow);
	},
};

/** Starts when something is new in the conversations of an account, by asking from time to time. Flow XO reference §9. */
export const flowXoTrigger = {
	name: 'poll',
	displayName: 'Flow XO Trigger',
	description:
		'Starts when a message or a conversation is new, or a live chat starts or ends; asks from time to time',
	nodeRedType: 'flowxo-events',
	credential: 'flowXoApi',
	fields: pollFields,
	optional: pollOptional,
	poll,
	sample: {
		event: 'newMessage',
		eventKey: 'message:65bdf7a4c0d1e2f3a4b5c6d8',
		conversationId: '5f3a9c0e7d21b84a66e0c1d2/c/490150001122',
		timestamp: '2026-02-03T08:17:12.400Z',
		messageId: '65bdf7a4c0d1e2f3a4b5c6d8',
		text: 'Can I bring my bike?',
		role: 'channel',
		type: 'text',
		agentMode: false,
		userId: '490150001122',
		userName: 'Mara',
		botId: '5f3a9c0e7d21b84a66e0c1d2',
		botName: 'Bike Shop',
		platform: 'whatsapp',
		conversation: { id: '5f3a9c0e7d21b84a66e0c1d2/c/490150001122' },
		message: { id: '65bdf7a4c0d1e2f3a4b5c6d8' },
	},
} as const satisfies Trigger;
