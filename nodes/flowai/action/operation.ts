import type { ActionReply, FlowAiActionClient, JsonObject, JsonValue } from '@convoflow/client';
import { operationsFor, type FieldMap } from '@convoflow/kit';

/** Defines an operation that answers a call of an action webhook. */
export const actionOperation = operationsFor<FlowAiActionClient>('flowai', 'flowAiActionApi');

/** What the bot says. */
export const replyFields = {
	text: {
		kind: 'text',
		label: 'Text',
		description: 'What the bot says; leave empty to say nothing',
		placeholder: 'e.g. Your table is booked',
		from: 'payload',
	},
} as const satisfies FieldMap;

/** What else a reply may carry. Flow.ai reference §8. */
export const replyOptions = {
	events: {
		kind: 'string',
		label: 'Events',
		description: 'Names of events to fire in the flow, separated by commas',
		placeholder: 'e.g. RESERVED',
	},
	messages: {
		kind: 'json',
		shape: 'array',
		label: 'Messages',
		description: 'Messages to say after the text, in Flow.ai’s own form: cards, images, quick replies',
		placeholder:
			'e.g. [{"fallback": "A cat", "responses": [{"type": "text", "payload": {"text": "A cat"}}]}]',
	},
	params: {
		kind: 'json',
		shape: 'object',
		label: 'Parameters',
		description: 'Parameters for the flow by name, with plain values or in Flow.ai’s own form',
		placeholder: 'e.g. {"reservation": "r-77"}',
	},
} as const satisfies FieldMap;

/** Input of an operation that replies. */
export interface ReplyInput {
	readonly text?: string;
	readonly events?: string;
	readonly messages?: readonly JsonValue[];
	readonly params?: JsonObject;
}

/** The reply as the client takes it. */
export function replyOf({ text, events = '', messages, params }: ReplyInput): ActionReply {
	const names = events.split(',').map((name) => name.trim());
	return { text, messages, params, events: names.filter((name) => name !== '') };
}

/** The only row of a reply: how much of what it carried. */
export function replyRow(reply: ActionReply): JsonObject {
	return {
		messages: (reply.text === undefined ? 0 : 1) + (reply.messages?.length ?? 0),
		events: reply.events?.length ?? 0,
		params: Object.keys(reply.params ?? {}).length,
	};
}
