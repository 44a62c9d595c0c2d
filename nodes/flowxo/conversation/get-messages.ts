import type { DateTimeField, OptionsField } from '@convoflow/kit';
import { conversationErrors, conversationId, operation } from '../operation';
import { reading } from './filters';
import { messageRow } from './rows';
import { scan, sentMs } from './scan';

/** Whose messages are wanted. 000, Fields: role. */
export const role = {
	kind: 'options',
	label: 'Role',
	description: 'Only messages of one side',
	options: [
		{ value: 'bot', label: 'Bot', description: 'Sent by the bot or a person who has taken over' },
		{ value: 'channel', label: 'User', description: 'Came in from the user' },
	],
} as const satisfies OptionsField;

/** The earliest messages that are wanted. */
export const since = {
	kind: 'dateTime',
	label: 'Since',
	description: 'Only messages that are not older than this',
	placeholder: 'e.g. 2026-03-01T08:00:00Z',
} as const satisfies DateTimeField;

/** Reads the messages of a conversation. 000, Listing messages of a conversation. */
export const getMessages = operation({
	name: 'getMessages',
	displayName: 'Get Messages',
	action: 'Get messages of conversation',
	description: 'Read the messages of a conversation',
	keywords: ['transcript', 'history'],
	effect: 'read',
	returns: 'many',
	fields: { conversationId },
	optional: { pageCap: reading.pageCap, pageSize: reading.pageSize, role, since, skip: reading.skip },
	run: (client, input, { limit, signal, notice }) => {
		const { pageSize, skip } = input;
		const asked = { pageSize, skip, signal, warn: notice };
		if (input.role === undefined && input.since === undefined)
			return client.listMessages(input.conversationId, { ...asked, limit });
		const earliest = input.since === undefined ? -Infinity : Date.parse(input.since);
		return scan(client.listMessages(input.conversationId, asked), {
			things: 'messages',
			isWanted: (row) =>
				(input.role === undefined || row['role'] === input.role) && !(sentMs(row) < earliest),
			limit,
			pageCap: input.pageCap ?? reading.pageCap.default,
			newest: { timeOf: sentMs, since: earliest },
			notice,
		});
	},
	simplify: (rows) => rows.map(messageRow),
	errors: conversationErrors,
	summary: (rows) => (rows === 1 ? '1 message' : `${rows} messages`),
	examples: [
		{
			name: 'The newest messages',
			input: { conversationId: '5f3a9c0e7d21b84a66e0c1d2/c/490150001122', limit: 20 },
		},
		{
			name: 'Every message as it came, by an ID encoded twice',
			input: {
				conversationId: '5f3a9c0e7d21b84a66e0c1d2%252Fc%252F490150001122',
				returnAll: true,
				simplify: false,
			},
		},
		{
			name: 'What the user has written since a moment',
			input: {
				conversationId: '5f3a9c0e7d21b84a66e0c1d2/c/490150001122',
				role: 'channel',
				since: '2026-01-01',
				returnAll: true,
			},
		},
	],
});
