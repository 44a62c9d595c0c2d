import type { FlowAiClient, JsonObject } from '@convoflow/client';
import { operationsFor, type LocatorField, type OptionsField } from '@convoflow/kit';
import { searchThreads } from './searches';

/** Defines an operation of the REST API. */
export const restOperation = operationsFor<FlowAiClient>('flowai', 'flowAiApi');

/** The thread an operation works on. */
export const threadId = {
	kind: 'locator',
	thing: 'thread',
	label: 'Thread',
	description: 'The thread to work on: one conversation with one user',
	placeholder: 'e.g. 6ecfd199-853a-448f-9f91-ef397588ff87',
	modes: ['id'],
	search: searchThreads,
	required: true,
	from: 'threadId',
} as const satisfies LocatorField;

/** Whether an answer comes back here or at the webhook. */
export const answer = {
	kind: 'options',
	label: 'Answer',
	description: 'Where the answer goes',
	options: [
		{ value: 'here', label: 'Return It Here', description: 'Wait for the answer and output it' },
		{
			value: 'webhook',
			label: 'Send It to the Webhook',
			description: 'Only ask; the answer starts the Flow.ai trigger',
		},
	],
	default: 'here',
} as const satisfies OptionsField;

/** What a missing thread means. */
export const threadErrors = {
	FLOWAI_NOT_FOUND: {
		code: 'FLOWAI_THREAD_NOT_FOUND',
		message: 'Flow.ai does not know this thread',
		advice:
			'Check the field "Thread"; a thread exists once a message was sent into it. Check the base URL in the credential too.',
	},
} as const;

/** The only row of a question whose answer goes to the webhook: how it was taken, and what it was about. */
export async function* statusPage(
	asked: Promise<JsonObject>,
	about: JsonObject = {},
): AsyncGenerator<JsonObject[], void, void> {
	const { status } = await asked;
	yield [{ status: status ?? null, ...about }];
}
