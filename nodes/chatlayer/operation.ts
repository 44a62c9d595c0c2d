import {
	invalidInput,
	summaryRows,
	tidyRows,
	type ChatlayerClient,
	type JsonObject,
} from '@convoflow/client';
import {
	operationsFor,
	type DateTimeField,
	type LocatorField,
	type OptionsField,
	type StringField,
} from '@convoflow/kit';

/** Defines an operation of the Analytics API. */
export const operation = operationsFor<ChatlayerClient>('chatlayer', 'chatlayerApi');

/** The bot that is reported on. */
export const botId = {
	kind: 'locator',
	thing: 'bot',
	label: 'Bot',
	description: 'The bot to report on: its ID, or its web address in the app',
	placeholder: 'e.g. k3v9x2ab',
	modes: ['id', 'url'],
	urlPattern: '/bots/([^/?#]+)',
	required: true,
	from: 'botId',
} as const satisfies LocatorField;

/** The version of the bot that is counted. */
export const version = {
	kind: 'options',
	label: 'Version',
	description: 'Which version of the bot is counted',
	options: [
		{ value: 'DRAFT', label: 'Draft' },
		{ value: 'LIVE', label: 'Live' },
	],
	default: 'LIVE',
	open: true,
} as const satisfies OptionsField;

/** The time range. */
export const range = {
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
} as const satisfies Record<string, DateTimeField>;

/** The form of a list. */
export const listOutput = {
	kind: 'options',
	label: 'Output',
	description: 'Form of the result',
	options: [
		{ value: 'raw', label: 'Raw', description: 'The answer as it came' },
		{ value: 'rows', label: 'Rows', description: 'One row for each step' },
	],
	default: 'rows',
} as const satisfies OptionsField;

/** The form of a series. */
export const output = {
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
		{ value: 'summary', label: 'Summary', description: 'One row for each series: mean, max, min and sum' },
	],
	default: 'rows',
} as const satisfies OptionsField;

/** Filters of a bot's conversations. */
export const channelTypes = {
	kind: 'string',
	label: 'Channels',
	description: 'Count only these channels, separated by commas',
	placeholder: 'e.g. web,whatsapp',
} as const satisfies StringField;

/** Filters of a bot's conversations. */
export const languages = {
	kind: 'string',
	label: 'Languages',
	description: 'Count only these languages, separated by commas',
	placeholder: 'e.g. en,sv',
} as const satisfies StringField;

/** What a missing bot means. */
export const botErrors = {
	CHATLAYER_NOT_FOUND: {
		code: 'CHATLAYER_BOT_NOT_FOUND',
		message: 'Chatlayer does not know this bot',
		advice:
			'Check the field "Bot": the ID is the part after /bots/ in the address of the app. The token must belong to its team.',
	},
} as const;

/** The parts of a list that is separated by commas. */
export function listed(text: string | undefined): string[] | undefined {
	return text
		?.split(',')
		.map((one) => one.trim())
		.filter((one) => one !== '');
}

/** A series in the chosen form. */
export function shaped(answer: JsonObject, form: string): JsonObject[] {
	if (form === 'raw') return [answer];
	return form === 'summary' ? summaryRows(answer) : tidyRows(answer);
}

const DAY_MS = 86_400_000;
const BUCKET_MS: Readonly<Record<string, number>> = {
	'1h': DAY_MS / 24,
	'1d': DAY_MS,
	'1w': 7 * DAY_MS,
	// The shortest month: a longer one is for the service to judge.
	'1m': 28 * DAY_MS,
};

/**
 * Checks a time range before anything is sent.
 * @throws CONVOFLOW_INVALID_INPUT when it is empty or not longer than its bucket
 */
export function checkRange(
	{ startTime, endTime }: { startTime: string; endTime: string },
	bucket?: string,
): void {
	const rangeMs = Date.parse(endTime) - Date.parse(startTime);
	if (!(rangeMs > 0)) throw invalidInput('startTime', 'Start', 'must be earlier than End');
	const bucketMs = bucket === undefined ? undefined : BUCKET_MS[bucket];
	if (bucketMs !== undefined && bucketMs >= rangeMs) {
		throw invalidInput('bucket', 'Bucket', 'must be smaller than the range from Start to End');
	}
}
