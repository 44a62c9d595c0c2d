import { numberOf, objectsIn } from '@convoflow/client';
import { botQuery, botRange, EXAMPLE_RANGE } from '../bot-series';
import { filters, listOutput } from '../fields';
import { botErrors, counted, operation, row } from '../operation';

/** Lists the tags of the knowledge base by use. Chatlayer reference §4.3, GetKnowledgeBaseTagsInsights. */
export const getTags = operation({
	name: 'getTags',
	displayName: 'Get Tags',
	action: 'Get knowledge base tags',
	description: 'List the tags of the knowledge base by how often they were used',
	keywords: ['faq', 'topics', 'ranking'],
	effect: 'read',
	returns: 'rows',
	fields: { ...botRange, output: listOutput },
	optional: filters,
	run: async (client, input, context) => {
		const answer = await client.analytics.knowledgeBaseTags({
			...botQuery(input, context),
		});
		if (input.output === 'raw') return [answer];
		return objectsIn(answer['data']).map((tag) =>
			row(tag, {
				rank: ({ rank }) => numberOf(rank),
				tag: 'tag',
				count: ({ count }) => numberOf(count),
			}),
		);
	},
	errors: botErrors,
	summary: counted('tag', 'tags'),
	examples: [{ name: 'A week', input: { botId: 'k3v9x2ab', ...EXAMPLE_RANGE } }],
});
