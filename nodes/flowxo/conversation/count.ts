import { checkRange, operation, range } from '../operation';

/** Counts conversations. 000, Pagination: the field total. */
export const count = operation({
	name: 'count',
	displayName: 'Count',
	action: 'Count conversations',
	description: 'Count the conversations of the account without reading them',
	keywords: ['total', 'number', 'how many'],
	effect: 'read',
	returns: 'one',
	fields: {},
	optional: range,
	run: async (client, { start, end }, { signal }) => {
		checkRange(start, end);
		return { total: await client.countConversations({ start, end, signal }) };
	},
	summary: () => 'Counted',
	examples: [
		{ name: 'All of them', input: {} },
		{ name: 'Those of a time range', input: { start: '2026-02-01', end: '2026-03-01T00:00:00Z' } },
	],
});
