import { invalidInput, tidyRows, type ChatlayerClient } from '@convoflow/client';
import { operationsFor } from '@convoflow/kit';

const operation = operationsFor<ChatlayerClient>('chatlayer', 'chatlayerApi');

const BUCKET_MS: Readonly<Record<string, number>> = { '1h': 3_600_000, '1d': 86_400_000, '1w': 604_800_000 };

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
		botId: {
			kind: 'locator',
			thing: 'bot',
			label: 'Bot',
			description: 'The bot to report on: its ID, or its web address in the app',
			placeholder: 'e.g. k3v9x2ab',
			modes: ['id', 'url'],
			urlPattern: '/bots/([^/?#]+)',
			required: true,
			from: 'botId',
		},
		version: {
			kind: 'options',
			label: 'Version',
			description: 'Which version of the bot is counted',
			options: [
				{ value: 'DRAFT', label: 'Draft' },
				{ value: 'LIVE', label: 'Live' },
			],
			default: 'LIVE',
			open: true,
		},
		startTime: {
			kind: 'dateTime',
			label: 'Start',
			description: 'Start of the time range, inclusive',
			placeholder: 'e.g. 2026-03-01T00:00:00Z',
			required: true,
			from: 'startTime',
		},
		endTime: {
			kind: 'dateTime',
			label: 'End',
			description: 'End of the time range, exclusive',
			placeholder: 'e.g. 2026-03-08T00:00:00Z',
			required: true,
			from: 'endTime',
		},
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
		output: {
			kind: 'options',
			label: 'Output',
			description: 'Form of the result',
			options: [
				{ value: 'raw', label: 'Raw', description: 'The answer as it came' },
				{
					value: 'rows',
					label: 'Rows',
					description: 'One row for each point: time, value, series and labels',
				},
			],
			default: 'rows',
		},
	},
	optional: {
		channelTypes: {
			kind: 'string',
			label: 'Channels',
			description: 'Count only these channels, separated by commas',
			placeholder: 'e.g. web,whatsapp',
		},
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
		languages: {
			kind: 'string',
			label: 'Languages',
			description: 'Count only these languages, separated by commas',
			placeholder: 'e.g. en,sv',
		},
		repeatKeys: {
			kind: 'boolean',
			label: 'Repeat Keys',
			description:
				'Whether to send several channels or languages as repeated keys instead of one list; the documents allow both readings',
			default: false,
		},
	},
	run: async (client, input, { signal }) => {
		const rangeMs = Date.parse(input.endTime) - Date.parse(input.startTime);
		if (!(rangeMs > 0)) throw invalidInput('startTime', 'Start', 'must be earlier than End');
		const bucketMs = BUCKET_MS[input.bucket];
		if (bucketMs !== undefined && bucketMs >= rangeMs) {
			throw invalidInput('bucket', 'Bucket', 'must be smaller than the range from Start to End');
		}
		const answer = await client.conversations({
			botId: input.botId,
			version: input.version,
			startTime: input.startTime,
			endTime: input.endTime,
			bucket: input.bucket,
			groupBy: input.groupBy,
			channelTypes: values(input.channelTypes),
			languages: values(input.languages),
			repeatKeys: input.repeatKeys,
			signal,
		});
		return input.output === 'raw' ? [answer] : tidyRows(answer);
	},
	errors: {
		CHATLAYER_NOT_FOUND: {
			code: 'CHATLAYER_BOT_NOT_FOUND',
			message: 'Chatlayer does not know this bot',
			advice:
				'Check the field "Bot": the ID is the part after /bots/ in the address of the app. The token must belong to its team.',
		},
	},
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

function values(list: string | undefined): string[] | undefined {
	return list
		?.split(',')
		.map((one) => one.trim())
		.filter((one) => one !== '');
}
