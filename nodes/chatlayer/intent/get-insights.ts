import { botSeries } from '../bot-series';

/** Counts recognised intents over time. Chatlayer reference §4.2, GetIntentInsights. */
export const getInsights = botSeries({
	name: 'getInsights',
	displayName: 'Get Insights',
	action: 'Get intent insights',
	description: 'Count the intents that a bot recognised over time',
	keywords: ['nlp', 'statistics', 'report'],
	sums: true,
	ask: (client, query) => client.analytics.intentInsights(query),
});
