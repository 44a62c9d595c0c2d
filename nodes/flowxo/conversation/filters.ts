import { activityMs, textOf, type JsonObject } from '@convoflow/client';
import type { DateTimeField, InputOf, NumberField, OptionsField, StringField } from '@convoflow/kit';

// Flow XO filters by time only (000, Parameters), so these are applied to the rows that come.

/** What narrows a list of conversations on this side. */
export const filters = {
	activeAfter: {
		kind: 'dateTime',
		label: 'Active After',
		description: 'Only conversations whose last message is not older than this',
		placeholder: 'e.g. 2026-03-01T08:00:00Z',
	},
	activeBefore: {
		kind: 'dateTime',
		label: 'Active Before',
		description: 'Only conversations whose last message is older than this',
		placeholder: 'e.g. 2026-03-08T08:00:00Z',
	},
	bot: {
		kind: 'string',
		label: 'Bot',
		description: 'Only conversations with these bots: IDs or names, separated by commas',
		placeholder: 'e.g. Bike Shop',
	},
	agentMode: {
		kind: 'options',
		label: 'Live Chat',
		description: 'Only conversations in which live chat is on, or off',
		options: [
			{ value: 'off', label: 'Off', description: 'The bot answers' },
			{ value: 'on', label: 'On', description: 'A person has taken over' },
		],
	},
	platform: {
		kind: 'string',
		label: 'Platform',
		description: 'Only conversations on these platforms, separated by commas',
		placeholder: 'e.g. whatsapp, telegram',
	},
	unreachable: {
		kind: 'options',
		label: 'Unreachable',
		description: 'Only conversations whose user can no longer be reached, or can',
		options: [
			{ value: 'no', label: 'No', description: 'The user can be reached' },
			{ value: 'unknown', label: 'Unknown', description: 'Flow XO does not say' },
			{ value: 'yes', label: 'Yes', description: 'The user cannot be reached' },
		],
	},
} as const satisfies Record<string, DateTimeField | OptionsField | StringField>;

/** How a list is read. */
export const reading = {
	pageCap: {
		kind: 'number',
		label: 'Page Cap',
		description: 'Pages to look at for rows that fit the filters; how many rows were looked at is told',
		default: 100,
		integer: true,
		min: 1,
		max: 100_000,
	},
	pageSize: {
		kind: 'number',
		label: 'Page Size',
		description: 'Rows to ask for at once',
		default: 100,
		integer: true,
		min: 2,
		max: 100,
	},
	pagesAtOnce: {
		kind: 'number',
		label: 'Pages at Once',
		description: 'Pages to ask for side by side where the list tells its length',
		default: 8,
		integer: true,
		min: 1,
		max: 32,
	},
	skip: {
		kind: 'number',
		label: 'Skip',
		description: 'Rows to leave out from the start of the list',
		default: 0,
		integer: true,
		min: 0,
	},
} as const satisfies Record<string, NumberField>;

type Filters = Partial<InputOf<typeof filters>>;

/** What tells whether a conversation fits; undefined when no filter is set. */
export function conversationFilter(input: Filters): ((row: JsonObject) => boolean) | undefined {
	const tests: ((row: JsonObject) => boolean)[] = [];
	const { activeAfter, activeBefore, agentMode, unreachable } = input;
	const [bots, platforms] = [namesIn(input.bot), namesIn(input.platform)];
	if (activeAfter !== undefined) tests.push((row) => activityMs(row) >= Date.parse(activeAfter));
	if (activeBefore !== undefined) tests.push((row) => activityMs(row) < Date.parse(activeBefore));
	if (bots) tests.push((row) => isAmong(bots, row['bot_id'], row['bot_name']));
	if (platforms) tests.push((row) => isAmong(platforms, row['platform']));
	if (agentMode !== undefined) tests.push((row) => row['agent_mode'] === (agentMode === 'on'));
	// A missing value means unknown, not false (Flow XO reference §3).
	const reach = { yes: true, no: false }[unreachable ?? ''];
	if (unreachable !== undefined) tests.push((row) => asTruth(row['unreachable']) === reach);
	return tests.length === 0 ? undefined : (row) => tests.every((test) => test(row));
}

function namesIn(list: string | undefined): ReadonlySet<string> | undefined {
	const names = (list ?? '').split(',').map((name) => name.trim().toLowerCase());
	const given = names.filter((name) => name !== '');
	return given.length === 0 ? undefined : new Set(given);
}

function isAmong(names: ReadonlySet<string>, ...values: (JsonObject[string] | undefined)[]): boolean {
	return values.some((value) => names.has((textOf(value) ?? '').trim().toLowerCase()));
}

function asTruth(value: JsonObject[string] | undefined): boolean | undefined {
	return typeof value === 'boolean' ? value : undefined;
}
