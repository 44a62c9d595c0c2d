import { botSeries } from '../bot-series';

/** Counts users over time: those who sent a message (Chatlayer reference §4.2, GetUsers; §8). */
export const getUsers = botSeries({
	name: 'getUsers',
	displayName: 'Get Users',
	action: 'Get user analytics',
	description: 'Count the people who wrote to a bot over time',
	keywords: ['report', 'statistics', 'audience', 'visitors'],
	// Who writes in two hours of a day is one user of that day.
	sums: false,
	ask: (client, query) => client.analytics.users(query),
});
