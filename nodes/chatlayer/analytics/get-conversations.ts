import { botFilter, EXAMPLE_RANGE } from '../bot-series';
import { botId, bucket, filters, output, summedRange, version } from '../fields';
import { botErrors, counted, operation } from '../operation';
import { report } from '../report';

/** Counts conversations over time. 002, Get conversation analytics. */
export const getConversations = operation({
	name: 'getConversations',
	displayName: 'Get Conversations',
	action: 'Get conversation analytics',
	description: 'Count the conversations of a bot over time',
	keywords: ['report', 'statistics', 'chart'],
	effect: 'read',
	returns: 'rows',
	fields: { botId, version, ...summedRange, bucket, output },
	optional: {
		...filters,
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
		repeatKeys: {
			kind: 'boolean',
			label: 'Repeat Keys',
			description:
				'Whether to send several channels or languages as repeated keys instead of one list; the documents allow both readings',
			default: false,
		},
	},
	run: async (client, input, context) =>
		await report(
			input,
			context,
			(asked) =>
				client.analytics.conversations({
					...botFilter(input),
					...asked,
					groupBy: input.groupBy,
					repeatKeys: input.repeatKeys,
				}),
			{ sums: true },
		),
	errors: botErrors,
	summary: counted('row', 'rows'),
	examples: [
		{
			name: 'Conversations a day by channel',
			input: {
				botId: 'k3v9x2ab',
				period: 'custom',
				startTime: '2026-03-01T00:00:00.000Z',
				endTime: '2026-03-04T00:00:00.000Z',
				groupBy: 'channel_type',
			},
		},
		{
			name: 'Conversations of a week by language',
			input: { botId: 'k3v9x2ab', ...EXAMPLE_RANGE, groupBy: 'language' },
		},
		{
			name: 'One column for each channel, days of Stockholm',
			input: {
				botId: 'k3v9x2ab',
				period: 'custom',
				startTime: '2026-03-01',
				endTime: '2026-04-01',
				timeZone: 'Europe/Stockholm',
				output: 'table',
				groupBy: 'channel_type',
			},
		},
		{
			name: 'The week against the one before',
			input: { botId: 'k3v9x2ab', ...EXAMPLE_RANGE, output: 'summary', groupBy: 'channel_type' },
		},
		{
			name: 'The answer as it came',
			input: {
				botId: 'https://app.chatlayer.ai/bots/k3v9x2ab/analytics',
				period: 'custom',
				startTime: '2026-03-01T00:00:00.000Z',
				endTime: '2026-03-04T00:00:00.000Z',
				output: 'raw',
				channelTypes: 'web, whatsapp',
			},
		},
	],
});
