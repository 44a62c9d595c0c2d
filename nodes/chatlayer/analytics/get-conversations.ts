import {
	botErrors,
	botId,
	channelTypes,
	checkRange,
	languages,
	listed,
	operation,
	output,
	range,
	shaped,
	version,
} from '../operation';

/** Counts conversations over time. 002, Get conversation analytics. */
export const getConversations = operation({
	name: 'getConversations',
	displayName: 'Get Conversations',
	action: 'Get conversation analytics',
	description: 'Count the conversations of a bot over time',
	keywords: ['report', 'statistics', 'chart'],
	effect: 'read',
	returns: 'rows',
	fields: {
		botId,
		version,
		...range,
		bucket: {
			kind: 'options',
			label: 'Bucket',
			description: 'Length of one step on the time axis; must be smaller than the range',
			options: [
				{ value: '1d', label: 'Day' },
				{ value: '1h', label: 'Hour' },
				{ value: '1w', label: 'Week' },
			],
			default: '1d',
			open: true,
		},
		output,
	},
	optional: {
		channelTypes,
		groupBy: {
			kind: 'options',
			label: 'Group By',
			description: 'One series for each of these',
			options: [
				{ value: 'channel_type', label: 'Channel' },
				{ value: 'language', label: 'Language' },
			],
			open: true,
		},
		languages,
		repeatKeys: {
			kind: 'boolean',
			label: 'Repeat Keys',
			description:
				'Whether to send several channels or languages as repeated keys instead of one list; the documents allow both readings',
			default: false,
		},
	},
	run: async (client, input, { signal }) => {
		checkRange(input, input.bucket);
		const answer = await client.analytics.conversations({
			botId: input.botId,
			version: input.version,
			startTime: input.startTime,
			endTime: input.endTime,
			bucket: input.bucket,
			groupBy: input.groupBy,
			channelTypes: listed(input.channelTypes),
			languages: listed(input.languages),
			repeatKeys: input.repeatKeys,
			signal,
		});
		return shaped(answer, input.output);
	},
	errors: botErrors,
	summary: (rows) => `${rows} rows`,
	examples: [
		{
			name: 'Conversations a day by channel',
			input: {
				botId: 'k3v9x2ab',
				startTime: '2026-03-01T00:00:00.000Z',
				endTime: '2026-03-04T00:00:00.000Z',
				groupBy: 'channel_type',
			},
		},
		{
			name: 'The answer as it came',
			input: {
				botId: 'https://app.chatlayer.ai/bots/k3v9x2ab/analytics',
				startTime: '2026-03-01T00:00:00.000Z',
				endTime: '2026-03-04T00:00:00.000Z',
				output: 'raw',
				channelTypes: 'web, whatsapp',
			},
		},
	],
});
