import type { FlowAiSocketClient } from '@convoflow/client';
import { operationsFor, type FieldMap, type StringField } from '@convoflow/kit';
import { aboutMessage } from '../message/sending';

/** Defines an operation of the Socket API: what a user of a web channel does. */
export const socketOperation = operationsFor<FlowAiSocketClient>('flowai', 'flowAiSocketApi');

/** The thread of a web channel, which begins with its first message. */
export const threadId = {
	kind: 'string',
	label: 'Thread',
	description: 'The conversation with one user of the web channel; a new ID begins a new one',
	placeholder: 'e.g. 58ca9e327348ed3bd1439e7b',
	required: true,
	from: 'threadId',
} as const satisfies StringField;

/** What a message on the socket may carry; language, time zone and params have one form there (001, Socket API). */
export const socketOptions = aboutMessage satisfies FieldMap;

/** What went wrong with a message on the socket. */
export const socketErrors = {
	FLOWAI_REJECTED: {
		advice: 'Check the thread and the content of the message.',
	},
	CONVOFLOW_OUTCOME_UNKNOWN: {
		message: 'Flow.ai did not confirm the message, so it is not known whether it arrived',
		advice:
			'It was not repeated, so that nobody gets it twice. Look for its trace ID in the thread, or send it again if that does no harm.',
	},
} as const;
