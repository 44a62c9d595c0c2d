import { EXAMPLE_RANGE } from '../bot-series';
import { filters, output, teamBucket, teamId, utcRange } from '../fields';
import { counted, listed, operation, teamErrors } from '../operation';
import { report } from '../report';

/** Counts a team's uses of its knowledge base. Chatlayer reference §4.3, GetTeamKnowledgeBaseUsage. */
export const getTeamUsage = operation({
	name: 'getTeamUsage',
	displayName: 'Get Team Usage',
	action: 'Get knowledge base usage of team',
	description: 'Count how often all bots of a team used the knowledge base over time',
	keywords: ['faq', 'billing', 'statistics'],
	effect: 'read',
	returns: 'rows',
	fields: { teamId, ...utcRange, bucket: teamBucket, output },
	optional: filters,
	run: async (client, input, context) =>
		await report(input, context, (asked) =>
			client.analytics.teamKnowledgeBaseUsage({
				teamId: input.teamId,
				...asked,
				channelTypes: listed(input.channelTypes),
				languages: listed(input.languages),
			}),
		),
	errors: teamErrors,
	summary: counted('row', 'rows'),
	examples: [{ name: 'A week by day', input: { teamId: 'team-1', ...EXAMPLE_RANGE } }],
});
