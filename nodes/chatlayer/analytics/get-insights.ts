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

/** Reads one figure of a bot's conversations. 002, Analytics_GetConversationsInsights. */
export const getInsights = operation({
	name: 'getInsights',
	displayName: 'Get Conversation Insights',
	action: 'Get conversation insights',
	description: 'Get one figure about the conversations of a bot',
	keywords: ['duration', 'average', 'statistics'],
	effect: 'read',
	returns: 'rows',
	fields: {
		botId,
		version,
		...range,
		stat: {
			kind: 'options',
			label: 'Figure',
			description: 'What is counted',
			options: [
				{ value: 'duration_seconds', label: 'Duration in Seconds' },
				{ value: 'num_conversations', label: 'Number of Conversations' },
				{ value: 'num_messages', label: 'Number of Messages' },
			],
			default: 'num_conversations',
			open: true,
		},
		output,
	},
	optional: { channelTypes, languages },
	run: async (client, input, { signal }) => {
		checkRange(input);
		const answer = await client.analytics.conversationInsights({
			botId: input.botId,
			version: input.version,
			startTime: input.startTime,
			endTime: input.endTime,
			stat: input.stat,
			channelTypes: listed(input.channelTypes),
			languages: listed(input.languages),
			signal,
		});
		return shaped(answer, input.output);
	},
	errors: botErrors,
	summary: (rows) => `${rows} rows`,
	examples: [
		{
			name: 'Length of conversations',
			input: {
				botId: 'k3v9x2ab',
				startTime: '2026-03-01T00:00:00.000Z',
				endTime: '2026-03-04T00:00:00.000Z',
				stat: 'duration_seconds',
			},
		},
	],
});
