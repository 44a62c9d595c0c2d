import { objectsIn, type JsonObject } from '@convoflow/client';
import { checkRange, operation, range } from '../operation';

/** Figures of a period, in the order in which they are shown. Flow XO reference §6. */
const FIGURES = {
	active_users: 'activeUsers',
	total_users: 'totalUsers',
	new_users: 'newUsers',
	triggers: 'triggers',
	received_messages: 'receivedMessages',
	sent_messages: 'sentMessages',
} as const;

function figuresRow(row: JsonObject, period: 'whole' | 'unit'): JsonObject {
	const figures = Object.entries(FIGURES).map(([key, name]) => [name, row[key] ?? null]);
	return {
		period,
		name: period === 'whole' ? 'Whole range' : (row['_id'] ?? null),
		startsAt: row['_timestamp'] ?? null,
		...(Object.fromEntries(figures) as JsonObject),
	};
}

/** Reads the analytics of the account. Flow XO reference §6. */
export const getInsights = operation({
	name: 'getInsights',
	displayName: 'Get Insights',
	action: 'Get insights of account',
	description: 'Read how many users and messages the account had in a time range',
	keywords: ['analytics', 'statistics', 'report', 'metrics'],
	effect: 'read',
	returns: 'rows',
	fields: {
		start: { ...range.start, required: true },
		end: { ...range.end, required: true },
		unit: {
			kind: 'options',
			label: 'Unit',
			description: 'What each row counts, beside the one for the whole range',
			options: [
				{ value: 'day', label: 'Day' },
				{ value: 'hour', label: 'Hour' },
				{ value: 'month', label: 'Month' },
			],
			default: 'day',
		},
	},
	optional: {
		offsetMinutes: {
			kind: 'number',
			label: 'Offset From UTC (Minutes)',
			description: 'Where a day begins: minutes from UTC, e.g. 60 for Berlin in winter',
			default: 0,
			integer: true,
			min: -840,
			max: 840,
		},
	},
	run: async (client, { start, end, unit, offsetMinutes = 0 }, { signal }) => {
		checkRange(start, end);
		const asked = { start, end, unit: unit as 'day' | 'hour' | 'month', offsetMinutes, signal };
		return [await client.account.insights(asked)];
	},
	simplify: (rows) =>
		rows.flatMap((answer) => [
			...objectsIn(answer['stats']).map((row) => figuresRow(row, 'whole')),
			...objectsIn(answer['metrics']).map((row) => figuresRow(row, 'unit')),
		]),
	summary: (rows) => (rows === 1 ? '1 row of figures' : `${rows} rows of figures`),
	examples: [
		{ name: 'Day by day', input: { start: '2026-01-05', end: '2026-01-12', unit: 'day' } },
		{
			name: 'Months as they came',
			input: { start: '2026-01-01', end: '2026-03-01', unit: 'month', offsetMinutes: 60, simplify: false },
		},
	],
});
