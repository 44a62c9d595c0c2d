import { invalidInput } from '@convoflow/client';
import { operation } from '../operation';
import { conversationRow } from './rows';

/** Lists conversations. 000, Listing Conversations. */
export const getMany = operation({
	name: 'getMany',
	displayName: 'Get Many',
	action: 'Get many conversations',
	description: 'List the conversations of the account',
	keywords: ['list', 'chats', 'users'],
	effect: 'read',
	returns: 'many',
	fields: {},
	optional: {
		end: {
			kind: 'dateTime',
			label: 'End',
			description: 'Upper end of the time range, as a date or a date and time',
			placeholder: 'e.g. 2026-03-01T00:00:00Z',
		},
		start: {
			kind: 'dateTime',
			label: 'Start',
			description: 'Lower end of the time range, as a date or a date and time',
			placeholder: 'e.g. 2026-02-01T00:00:00Z',
		},
	},
	run: (client, { start, end }, { limit, signal }) => {
		if (start !== undefined && end !== undefined && Date.parse(start) > Date.parse(end)) {
			throw invalidInput('start', 'Start', 'must not be later than End');
		}
		return client.listConversations({ start, end, limit, signal });
	},
	simplify: (rows) => rows.map(conversationRow),
	summary: (rows) => (rows === 1 ? '1 conversation' : `${rows} conversations`),
	examples: [
		{ name: 'The newest ones', input: { limit: 10 } },
		{ name: 'Every conversation', input: { returnAll: true } },
		{
			name: 'A time range as it came',
			input: { start: '2026-02-01', end: '2026-03-01T00:00:00Z', returnAll: true, simplify: false },
		},
	],
});
