import { botSeries } from '../bot-series';

/** Counts messages over time. Chatlayer reference §4.2, GetMessages. */
export const getMessages = botSeries({
	name: 'getMessages',
	displayName: 'Get Messages',
	action: 'Get message analytics',
	description: 'Count the messages of a bot over time',
	keywords: ['report', 'statistics', 'volume'],
	sums: true,
	single: true,
	ask: (client, query) => client.analytics.messages(query),
});
