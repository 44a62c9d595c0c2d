import { botSeries } from '../bot-series';

/** Counts uses of the knowledge base over time. Chatlayer reference §4.3, GetKnowledgeBaseUsage. */
export const getUsage = botSeries({
	name: 'getUsage',
	displayName: 'Get Usage',
	action: 'Get knowledge base usage',
	description: 'Count how often a bot used its knowledge base over time',
	keywords: ['faq', 'statistics', 'report'],
	sums: true,
	ask: (client, query) => client.analytics.knowledgeBaseUsage(query),
});
