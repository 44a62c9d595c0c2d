import type { FieldMap } from '@convoflow/kit';
import { filters } from '../conversation/filters';

/** What the trigger listens to. */
export const pollFields = {
	events: {
		kind: 'multiOptions',
		label: 'Events',
		description: 'What to look for',
		options: [
			{ value: 'liveChatEnded', label: 'Live Chat Ended', description: 'The bot is in charge again' },
			{ value: 'liveChatStarted', label: 'Live Chat Started', description: 'A human took over' },
			{
				value: 'newConversation',
				label: 'New Conversation',
				description: 'Somebody talks to a bot for the first time',
			},
			{ value: 'newMessage', label: 'New Message', description: 'Something was said in any conversation' },
		],
		default: ['newMessage'],
		required: true,
	},
	role: {
		kind: 'options',
		label: 'Messages From',
		description: 'Whose messages count',
		options: [
			{ value: 'any', label: 'Anyone' },
			{ value: 'bot', label: 'Bot', description: 'Also what a human writes in live chat' },
			{ value: 'channel', label: 'User' },
		],
		default: 'channel',
		showWhen: { events: ['newMessage'] },
	},
} as const satisfies FieldMap;

/** What narrows it. */
export const pollOptional = {
	bot: filters.bot,
	includeBacklog: {
		kind: 'boolean',
		label: 'Include Backlog',
		description:
			'Whether the first check also takes what is already there; by default only what comes after it',
		default: false,
	},
	liveChatOnly: {
		kind: 'boolean',
		label: 'Live Chat Only',
		description: 'Whether only messages count that were written during a live chat',
		default: false,
	},
	maxConversations: {
		kind: 'number',
		label: 'Max Conversations',
		description:
			'How many conversations to look at if Flow XO does not list the most recently active ones first',
		default: 1000,
		integer: true,
		min: 100,
		max: 10000,
	},
	platform: filters.platform,
} as const satisfies FieldMap;
