import { activityMs } from '@convoflow/client';
import { checkRange, operation, range } from '../operation';
import { conversationFilter, filters, reading } from './filters';
import { conversationRow } from './rows';
import { scan } from './scan';

/** Lists conversations. 000, Listing Conversations. */
export const getMany = operation({
	name: 'getMany',
	displayName: 'Get Many',
	action: 'Get many conversations',
	description: 'List the conversations of the account',
	keywords: ['list', 'chats', 'users', 'filter', 'search'],
	effect: 'read',
	returns: 'many',
	fields: {},
	optional: {
		activeAfter: filters.activeAfter,
		activeBefore: filters.activeBefore,
		bot: filters.bot,
		end: range.end,
		agentMode: filters.agentMode,
		pageCap: reading.pageCap,
		pageSize: reading.pageSize,
		pagesAtOnce: reading.pagesAtOnce,
		platform: filters.platform,
		skip: reading.skip,
		start: range.start,
		unreachable: filters.unreachable,
	},
	run: (client, input, { limit, signal, notice }) => {
		const { start, end, activeAfter, activeBefore, pageSize, pagesAtOnce, skip } = input;
		checkRange(start, end);
		checkRange(activeAfter, activeBefore, {
			field: 'activeAfter',
			label: 'Active After',
			end: 'Active Before',
		});
		const isWanted = conversationFilter(input);
		// The limit counts rows that fit, so a filtered list is read without one.
		const asked = { start, end, pageSize, pagesAtOnce, skip, signal, warn: notice };
		if (!isWanted) return client.listConversations({ ...asked, limit });
		const since = activeAfter === undefined ? undefined : Date.parse(activeAfter);
		return scan(client.listConversations(asked), {
			things: 'conversations',
			isWanted,
			limit,
			pageCap: input.pageCap ?? reading.pageCap.default,
			newest: since === undefined ? undefined : { timeOf: activityMs, since },
			notice,
		});
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
		{
			name: 'Those on Telegram that a person has not taken over',
			input: { platform: 'telegram', agentMode: 'off', limit: 20, pageSize: 50, pagesAtOnce: 2 },
		},
	],
});
