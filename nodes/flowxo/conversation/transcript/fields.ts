import type { FlowXoClient, JsonObject } from '@convoflow/client';
import type { OptionsField, RunContext } from '@convoflow/kit';
import { formats, type Format } from './formats';
import { maskedTalk, type Talk } from './talk';

/** How a transcript is written. */
export const format = {
	kind: 'options',
	label: 'Format',
	description: 'How the transcript is written',
	options: [
		{ value: 'csv', label: 'CSV', description: 'A table for spreadsheets, one message a row' },
		{ value: 'jsonl', label: 'JSON Lines', description: 'Every message as it came, one a line' },
		{ value: 'markdown', label: 'Markdown', description: 'A text to read' },
	],
	default: 'markdown',
} as const satisfies OptionsField;

/** The format that was chosen. */
export function formatOf(chosen: string): Format {
	return { ...formats }[chosen] ?? formats.markdown;
}

/** True when personal data is to be masked: an option of every operation that reads. */
export function isMasked(input: Readonly<Record<string, unknown>>): boolean {
	return input['maskPersonalData'] === true;
}

/** Conversations with their messages, each read when it is its turn. */
export async function* readTalks(
	client: FlowXoClient,
	ids: readonly string[],
	isPrivate: boolean,
	{ signal, notice }: Pick<RunContext, 'signal' | 'notice'>,
): AsyncGenerator<Talk, void, void> {
	for (const id of ids) {
		const conversation: JsonObject = await client.getConversation(id, signal);
		const messages = client.messagesOldestFirst(id, { signal, warn: notice });
		const talk = { conversation, messages };
		yield isPrivate ? maskedTalk(talk) : talk;
	}
}
