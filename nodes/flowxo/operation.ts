import type { FlowXoClient } from '@convoflow/client';
import { operationsFor, type LocatorField } from '@convoflow/kit';

/** Defines an operation of the HTTP API. */
export const operation = operationsFor<FlowXoClient>('flowxo', 'flowXoApi');

/** The conversation an operation works on. */
export const conversationId = {
	kind: 'locator',
	thing: 'conversation',
	label: 'Conversation',
	description: 'The conversation to work on: its ID as listed, encoded or not',
	placeholder: 'e.g. 60105b74d2b084f0b80bd45a/c/876631178',
	modes: ['id'],
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
