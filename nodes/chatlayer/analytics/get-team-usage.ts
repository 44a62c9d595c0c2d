import { checkRange, operation, output, range, shaped } from '../operation';

/** Counts the conversations of a team. 002, Analytics_GetTeamConversationsUsage. */
export const getTeamUsage = operation({
	name: 'getTeamUsage',
	displayName: 'Get Team Usage',
	action: 'Get conversation usage of team',
	description: 'Count the conversations of all bots of a team over time',
	keywords: ['billing', 'report', 'statistics'],
	effect: 'read',
	returns: 'rows',
	fields: {
		teamId: {
			kind: 'string',
			label: 'Team ID',
			description: 'The team to report on',
			placeholder: 'e.g. team-1',
			required: true,
			from: 'teamId',
		},
		...range,
		bucket: {
			kind: 'options',
			label: 'Bucket',
			description: 'Length of one step on the time axis; must be smaller than the range',
			options: [
				{ value: '1d', label: 'Day' },
				{ value: '1m', label: 'Month' },
				{ value: '1w', label: 'Week' },
			],
			default: '1d',
			open: true,
		},
		output,
	},
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
	run: async (client, input, { signal }) => {
		checkRange(input, input.bucket);
		const answer = await client.analytics.teamConversations({
			teamId: input.teamId,
			startTime: input.startTime,
			endTime: input.endTime,
			bucket: input.bucket,
			groupBy: input.groupBy,
			signal,
		});
		return shaped(answer, input.output);
	},
	errors: {
		CHATLAYER_NOT_FOUND: {
			code: 'CHATLAYER_TEAM_NOT_FOUND',
			message: 'Chatlayer does not know this team',
			advice: 'Check the field "Team ID". The token must belong to this team.',
		},
	},
	summary: (rows) => `${rows} rows`,
	examples: [
		{
			name: 'By bot and channel',
			input: {
				teamId: 'team-1',
				startTime: '2026-03-01T00:00:00.000Z',
				endTime: '2026-03-04T00:00:00.000Z',
				groupBy: ['bot_id', 'channel_type'],
			},
		},
	],
});
