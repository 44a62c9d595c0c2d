import { botFilter, botRange, EXAMPLE_RANGE } from '../bot-series';
import { filters, output } from '../fields';
import { botErrors, counted, operation } from '../operation';
import { report } from '../report';

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
		...botRange,
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
	optional: filters,
	run: async (client, input, context) =>
		await report(input, context, (asked) =>
			client.analytics.conversationInsights({ ...botFilter(input), ...asked, stat: input.stat }),
		),
	errors: botErrors,
	summary: counted('row', 'rows'),
	examples: [
		{
			name: 'Length of conversations',
			input: { botId: 'k3v9x2ab', ...EXAMPLE_RANGE, stat: 'duration_seconds' },
		},
		{
			name: 'Against the week before',
			input: { botId: 'k3v9x2ab', ...EXAMPLE_RANGE, stat: 'num_messages', output: 'summary' },
		},
	],
});
