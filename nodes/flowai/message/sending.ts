import type { JsonObject } from '@convoflow/client';
import type { FieldMap, InputOf, RunContext } from '@convoflow/kit';
import { paramsFields, paramsOf } from './params';
import { freshTraceId } from './trace-id';

/** In whose name a message is sent. 001, Originator object. */
export const originatorFields = {
	originatorName: {
		kind: 'string',
		label: 'Originator Name',
		description: 'Name of the one who writes',
		default: 'Workflow',
	},
	originatorRole: {
		kind: 'options',
		label: 'Originator Role',
		description: 'In whose name the message is sent',
		options: [
			{ value: 'external', label: 'External', description: 'The end user: the bot answers' },
			{
				value: 'moderator',
				label: 'Moderator',
				description: 'A human agent: pauses the bot in this thread',
			},
		],
		default: 'external',
	},
} as const satisfies FieldMap;

/** What any message may carry beside its content. 001, Sending messages. */
export const aboutMessage = {
	language: {
		kind: 'string',
		label: 'Language',
		description: 'Language of the message as a code of two letters',
		placeholder: 'e.g. en',
	},
	metadata: {
		kind: 'json',
		shape: 'object',
		label: 'Originator Metadata',
		description: 'Facts of your own about the one who writes, as a JSON object',
		placeholder: 'e.g. {"clientNumber": "12345"}',
	},
	...paramsFields,
	profile: {
		kind: 'json',
		shape: 'object',
		label: 'Originator Profile',
		description: 'Profile of the one who writes, as a JSON object',
		placeholder: 'e.g. {"fullName": "Mara Lind", "locale": "sv-SE"}',
	},
	timezone: {
		kind: 'number',
		label: 'Timezone',
		description: 'Where the message was written, in hours from UTC',
		placeholder: 'e.g. 2',
		min: -12,
		max: 14,
	},
	traceId: {
		kind: 'number',
		label: 'Trace ID',
		description: 'Number that comes back with the delivery event; made up when empty',
		placeholder: 'e.g. 90210',
		integer: true,
	},
} as const satisfies FieldMap;

/** What a message over REST may carry, but for how it is handled: its context has two documented forms. */
export const messageOptions = {
	contextForm: {
		kind: 'options',
		label: 'Context Form',
		description: 'Where language, time zone and params are put; change it if the bot does not see them',
		options: [
			{ value: 'flat', label: 'In the Message', description: 'As the API reference of 2019 has it' },
			{ value: 'metadata', label: 'Under Metadata', description: 'As later documentation has it' },
		],
		default: 'flat',
	},
	...aboutMessage,
} as const satisfies FieldMap;

/** Whether a call returns only when its work is done. Flow.ai reference §2.1, later docs. */
export const waitForProcessing = {
	kind: 'boolean',
	label: 'Wait for Processing',
	description:
		'Whether to go on only when Flow.ai has worked on it; later versions of the service can do this',
	default: false,
} as const satisfies FieldMap[string];

/** The optional fields of a message whose answer comes at the trigger. */
export const sendOptions = { ...messageOptions, waitForProcessing } as const satisfies FieldMap;

/** Values of the fields above. */
export type MessageInput = Partial<InputOf<typeof originatorFields> & InputOf<typeof sendOptions>>;

/** What the client wants beside the content of a message. */
export interface Envelope {
	readonly originator: {
		readonly name: string;
		readonly role: string;
		readonly profile: JsonObject | undefined;
		readonly metadata: JsonObject | undefined;
	};
	readonly language: string | undefined;
	readonly timezone: number | undefined;
	readonly params: JsonObject | undefined;
	readonly contextForm: 'flat' | 'metadata';
	readonly traceId: number;
	readonly writeConcern: boolean | undefined;
	readonly signal: AbortSignal;
}

/**
 * Everything about a message but its content; a trace ID is made up where none is given.
 * @throws CONVOFLOW_INVALID_INPUT (params)
 */
export function envelope(input: MessageInput, context: RunContext): Envelope {
	return {
		originator: {
			name: input.originatorName ?? originatorFields.originatorName.default,
			role: input.originatorRole ?? originatorFields.originatorRole.default,
			profile: input.profile,
			metadata: input.metadata,
		},
		language: input.language,
		timezone: input.timezone,
		params: paramsOf(input),
		contextForm: input.contextForm === 'metadata' ? 'metadata' : 'flat',
		traceId: input.traceId ?? freshTraceId(context.now()),
		writeConcern: input.waitForProcessing,
		signal: context.signal,
	};
}

/** What a refused message means. */
export const sendErrors = {
	FLOWAI_BAD_REQUEST: {
		advice: 'Check the content of the message, then the optional fields.',
	},
	FLOWAI_NOT_FOUND: {
		advice: 'Check the field "Thread" and the base URL in the credential.',
	},
} as const;
