import { invalidInput, type FlowXoClient } from '@convoflow/client';
import { operationsFor, type DateTimeField, type LocatorField } from '@convoflow/kit';
import { searchConversations } from './searches';

/** Defines an operation of the HTTP API. */
export const operation = operationsFor<FlowXoClient>('flowxo', 'flowXoApi');

/** Length of a plain date. */
const DAY = '2026-01-01'.length;

/** The conversation an operation works on. */
export const conversationId = {
	kind: 'locator',
	thing: 'conversation',
	label: 'Conversation',
	description: 'The conversation to work on: its ID as listed, encoded or not',
	placeholder: 'e.g. 60105b74d2b084f0b80bd45a/c/876631178',
	modes: ['id'],
	search: searchConversations,
	required: true,
	from: 'conversationId',
} as const satisfies LocatorField;

/** What a missing conversation means. */
export const conversationErrors = {
	FLOWXO_NOT_FOUND: {
		code: 'FLOWXO_CONVERSATION_NOT_FOUND',
		message: 'Flow XO does not know this conversation',
		advice:
			'Check the field "Conversation": IDs look like BOT/c/USER. Check the base URL in the credential too.',
	},
} as const;

/** The time range of a list. */
export const range = {
	end: {
		kind: 'dateTime',
		label: 'End',
		description: 'Upper end of the time range, as a date or a date and time',
		placeholder: 'e.g. 2026-03-01T00:00:00Z',
	},
	start: {
		kind: 'dateTime',
		label: 'Start',
		description: 'Lower end of the time range, as a date or a date and time',
		placeholder: 'e.g. 2026-02-01T00:00:00Z',
	},
} as const satisfies Record<string, DateTimeField>;

/** How the two ends of a range are called. */
interface RangeNames {
	readonly field: string;
	readonly label: string;
	/** Label of the other end. */
	readonly end: string;
}

/**
 * Checks a time range before anything is sent. Whether a plain date means its first moment or the whole day
 * is not known, so one is compared by days.
 * @throws CONVOFLOW_INVALID_INPUT (start)
 */
export function checkRange(
	start: string | undefined,
	end: string | undefined,
	names: RangeNames = { field: 'start', label: 'Start', end: 'End' },
): void {
	if (start === undefined || end === undefined) return;
	const isByDay = start.length === DAY || end.length === DAY;
	const [from, to] = isByDay ? [start.slice(0, DAY), end.slice(0, DAY)] : [start, end];
	if (Date.parse(from) > Date.parse(to))
		throw invalidInput(names.field, names.label, `must not be later than ${names.end}`);
}
