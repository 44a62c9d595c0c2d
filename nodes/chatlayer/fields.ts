import { textOf, type ChatlayerClient, type ChatlayerCoreClient, type JsonObject } from '@convoflow/client';
import {
	cutList,
	searchesFor,
	type DateTimeField,
	type FieldMap,
	type Found,
	type FoundPage,
	type LocatorField,
	type OptionsField,
	type SearchRequest,
	type StringField,
} from '@convoflow/kit';

/** Bots as the core API lists them (Chatlayer reference §10), to choose from. */
function foundBots(bots: readonly JsonObject[], request: SearchRequest): FoundPage {
	const found = bots.flatMap((one): Found[] => {
		const id = textOf(one['id']);
		return id === undefined ? [] : [{ name: textOf(one['name']) ?? id, value: id }];
	});
	return cutList(found, request);
}

/** The bot that an operation works on, by what everybody has. */
const bot = {
	kind: 'locator',
	thing: 'bot',
	label: 'Bot',
	description: 'The bot: its ID, or its web address in the app',
	placeholder: 'e.g. k3v9x2ab',
	modes: ['id', 'url'],
	urlExample: 'https://app.chatlayer.ai/bots/k3v9x2ab',
	urlPattern: '/bots/([^/?#]+)',
	required: true,
	from: 'botId',
} as const satisfies LocatorField;

/** The bots of the core API: only with a token for it, since the Analytics API lists none (Chatlayer reference §4.6). */
const searchBotsOfTeam = searchesFor<ChatlayerClient>('chatlayerApi')({
	name: 'searchBotsOfTeam',
	things: 'bots',
	run: async (client, request) => foundBots(await client.bots({ signal: request.signal }), request),
});

/** A bot, for operations of the Analytics API. */
export const botId = {
	...bot,
	modes: ['id', 'url', 'list'],
	search: searchBotsOfTeam,
} as const satisfies LocatorField;

/** A bot, for operations of the core API, which lists them. */
export const coreBotId = {
	...bot,
	search: searchesFor<ChatlayerCoreClient>('chatlayerCoreApi')({
		name: 'searchBots',
		things: 'bots',
		run: async (client, request) => foundBots(await client.bots({ signal: request.signal }), request),
	}),
} as const satisfies LocatorField;

/** The team that is reported on. */
export const teamId = {
	kind: 'string',
	label: 'Team ID',
	description: 'The team that the token belongs to',
	placeholder: 'e.g. team-1',
	required: true,
	from: 'teamId',
} as const satisfies StringField;

/** The version of the bot. Said at the event stream only, assumed for all: Chatlayer reference §3, [inferred]. */
export const version = {
	kind: 'options',
	label: 'Version',
	description: 'Which version of the bot',
	options: [
		{ value: 'DRAFT', label: 'Draft' },
		{ value: 'LIVE', label: 'Live' },
	],
	default: 'LIVE',
	open: true,
} as const satisfies OptionsField;

const period = {
	kind: 'options',
	label: 'Time Range',
	description: 'Which time to look at',
	options: [
		{ value: 'custom', label: 'Custom', description: 'From a start to an end' },
		{ value: 'last7Days', label: 'Last 7 Days', description: 'The seven whole days before today' },
		{
			value: 'thisMonth',
			label: 'This Month',
			description: 'From the first of the month to the end of today',
		},
		{ value: 'yesterday', label: 'Yesterday', description: 'The whole day before today' },
	],
	default: 'last7Days',
} as const satisfies OptionsField;

const custom = {
	startTime: {
		kind: 'dateTime',
		label: 'Start',
		description: 'Start of the time range, inclusive; a date alone means its midnight',
		placeholder: 'e.g. 2026-03-01',
		required: true,
		isLocal: true,
		showWhen: { period: ['custom'] },
		from: 'startTime',
	},
	endTime: {
		kind: 'dateTime',
		label: 'End',
		description: 'End of the time range, exclusive; a date alone means its midnight',
		placeholder: 'e.g. 2026-03-08',
		required: true,
		isLocal: true,
		showWhen: { period: ['custom'] },
		from: 'endTime',
	},
} as const satisfies Record<string, DateTimeField>;

const timeZone = {
	kind: 'string',
	label: 'Time Zone',
	description: 'Where days begin and Start and End are meant, by its IANA name',
	placeholder: 'e.g. Europe/Stockholm',
	default: 'UTC',
} as const satisfies StringField;

/** A time range in any zone, for what is not counted by days. */
export const range = { period, ...custom, timeZone } as const satisfies FieldMap;

/** A time range in any zone, for what is counted by days: they are summed from hours. */
export const summedRange = {
	...range,
	timeZone: {
		...timeZone,
		description:
			'Where days and weeks begin and Start and End are meant, by its IANA name; outside UTC they are summed from hours',
	},
} as const satisfies FieldMap;

/** A time range in UTC, for what Chatlayer does not count by hours, or what hours do not add up to. */
export const utcRange = {
	period: {
		...period,
		description: 'Which time to look at; its days, weeks and months, Start and End are those of UTC',
	},
	...custom,
} as const satisfies FieldMap;

const DAY = { value: '1d', label: 'Day' };
const HOUR = { value: '1h', label: 'Hour' };
const MONTH = { value: '1m', label: 'Month' };
const NONE = { value: 'none', label: 'None', description: 'Chatlayer decides' };
const WEEK = { value: '1w', label: 'Week' };

/** How counts of a bot are cut. Chatlayer reference §3. */
export const bucket = {
	kind: 'options',
	label: 'Bucket',
	description: 'Length of one step on the time axis; must be smaller than the time range',
	options: [DAY, HOUR, NONE, WEEK],
	default: '1d',
	open: true,
} as const satisfies OptionsField;

/** How counts of a team are cut. Chatlayer reference §3. */
export const teamBucket = { ...bucket, options: [DAY, MONTH, WEEK] } as const satisfies OptionsField;

/** The form of a series. */
export const output = {
	kind: 'options',
	label: 'Output',
	description: 'Form of the result',
	options: [
		{
			value: 'raw',
			label: 'Raw',
			description: 'The answer as it came; several answers for a long range are joined',
		},
		{ value: 'rows', label: 'Rows', description: 'One row for each point: time, value, series and labels' },
		{
			value: 'summary',
			label: 'Summary',
			description:
				'One row for each series: sum, mean, min, max, and the change against the equally long time before',
		},
		{ value: 'table', label: 'Table', description: 'One row for each time, one column for each series' },
	],
	default: 'rows',
} as const satisfies OptionsField;

/** The form of an answer that is no series. */
export const listOutput = {
	kind: 'options',
	label: 'Output',
	description: 'Form of the result',
	options: [
		{ value: 'raw', label: 'Raw', description: 'The answer as it came' },
		{ value: 'rows', label: 'Rows', description: 'One row for each thing' },
	],
	default: 'rows',
} as const satisfies OptionsField;

/** Filters of what is counted. */
export const filters = {
	channelTypes: {
		kind: 'string',
		label: 'Channels',
		description: 'Count only these channels, separated by commas',
		placeholder: 'e.g. web,whatsapp',
	},
	languages: {
		kind: 'string',
		label: 'Languages',
		description: 'Count only these languages, separated by commas',
		placeholder: 'e.g. en,sv',
	},
} as const satisfies Record<string, StringField>;
