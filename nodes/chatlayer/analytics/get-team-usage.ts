import { EXAMPLE_RANGE } from '../bot-series';
import { output, teamBucket, teamId, utcRange } from '../fields';
import { counted, operation, teamErrors } from '../operation';
import { report } from '../report';

/** Counts the conversations of a team. 002, Analytics_GetTeamConversationsUsage. */
export const getTeamUsage = operation({
	name: 'getTeamUsage',
	displayName: 'Get Team Usage',
	action: 'Get conversation usage of team',
	description: 'Count the conversations of all bots of a team over time',
	keywords: ['billing', 'report', 'statistics'],
	effect: 'read',
	returns: 'rows',
	fields: { teamId, ...utcRange, bucket: teamBucket, output },
	optional: {
		groupBy: {
			kind: 'multiOptions',
			label: 'Group By',
			description: 'One series for each combination of these',
			options: [
				{ value: 'bot_id', label: 'Bot' },
				{ value: 'bot_version', label: 'Bot Version' },
				{ value: 'campaign_id', label: 'Campaign' },
				{ value: 'campaign_source', label: 'Campaign Source' },
				{ value: 'channel_type', label: 'Channel' },
				{ value: 'language', label: 'Language' },
				{ value: 'team_id', label: 'Team' },
			],
			open: true,
		},
	},
	run: async (client, input, context) =>
		await report(input, context, (asked) =>
			client.analytics.teamConversations({ teamId: input.teamId, ...asked, groupBy: input.groupBy }),
		),
	errors: teamErrors,
	summary: counted('row', 'rows'),
	examples: [
		{
			name: 'By bot and channel',
			input: { teamId: 'team-1', ...EXAMPLE_RANGE, groupBy: ['bot_id', 'channel_type'] },
		},
		{
			name: 'By all that it can be grouped by',
			input: {
				teamId: 'team-1',
				...EXAMPLE_RANGE,
				groupBy: [
					'bot_id',
					'bot_version',
					'campaign_id',
					'campaign_source',
					'channel_type',
					'language',
					'team_id',
				],
			},
		},
	],
});
