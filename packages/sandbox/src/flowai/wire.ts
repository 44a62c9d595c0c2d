import type { SandboxSettings } from '../options';
import { AGENT_ID, CHANNEL_ID } from '../options';
import type { JsonObject } from '../json';
import { BOT, type Entry, type Message, type Originator, type Thread } from './model';

/** An author as others see him: the role of an end user is `user` on receipt (Flow.ai reference §3.2). */
export function received(originator: Originator): Originator {
	const role = originator.role === 'external' ? 'user' : originator.role;
	return { ...originator, role, profile: originator.profile ?? {} };
}

/** An entry as histories give it (Flow.ai reference §2.3, later keys of §2.3). */
export function historyEntry(entry: Entry, settings: SandboxSettings): JsonObject {
	const messages = entry.messages.map((message) => ({
		fallback: message.fallback,
		replyTo: message.replyTo,
		contexts: message.contexts,
		params: message.params,
		intents: message.intents,
		createdAt: message.createdAt,
		responses: message.responses,
		...(settings.messageIds ? { meta: { msgId: message.msgId } } : {}),
	}));
	const id = settings.messageIds ? { interactionId: entry.id } : {};
	return { originator: received(entry.originator), messages, ...id };
}

/** A message inside a reply (Flow.ai reference §2.5). */
function replyMessage(message: Message, originator: Originator, settings: SandboxSettings): JsonObject {
	return {
		fallback: message.fallback,
		silent: message.silent,
		replyTo: message.replyTo,
		originator: received(originator),
		actions: [],
		intents: message.intents,
		entities: [],
		contexts: message.contexts,
		params: message.params,
		responses: message.responses,
		...(message.flow ? { flow: { ...message.flow, group: 'Tables', metadata: [] } } : {}),
		...(message.step ? { step: message.step } : {}),
		slot: false,
		...(settings.messageIds
			? {
					meta: {
						msgId: message.msgId,
						prevMsgId: null,
						childMsgId: null,
						prevChildMsgId: null,
						createdAt: Date.parse(message.createdAt),
						keepTyping: false,
					},
				}
			: {}),
	};
}

/** The whole reply: body of a synchronous answer and of the webhook event (Flow.ai reference §2.5, §4.2). */
export function replyBody(
	thread: Thread,
	entries: Entry[],
	replyTo: string | null,
	settings: SandboxSettings,
	now: number,
): JsonObject {
	const first = entries[0];
	const originator = first?.originator ?? BOT;
	const id = first?.id ?? `${thread.key}-none`;
	return {
		...(settings.messageIds ? { activityId: id } : {}),
		agentId: AGENT_ID,
		channelId: CHANNEL_ID,
		channelName: 'gateway',
		threadId: thread.name,
		// Belongs to the server's tracing; it does not repeat the number that was sent.
		traceId: `${id.slice(-4)}:41aa:0:1`,
		createdAt: new Date(now).toISOString(),
		replyTo,
		sentiment: 0.1,
		accuracy: 0.97,
		connectionKey: `ck-${thread.key}`,
		originator: received(originator),
		user: thread.user,
		metadata: { params: {} },
		messages: entries.flatMap((entry) =>
			entry.messages.map((message) => replyMessage(message, entry.originator, settings)),
		),
	};
}

/** The body of a `message.received` frame (Flow.ai reference §5.3). */
export function receivedFrame(threadId: string, entry: Entry, settings: SandboxSettings): JsonObject {
	return {
		type: 'message.received',
		payload: {
			threadId,
			originator: received(entry.originator),
			messages: entry.messages.map((message) => ({
				fallback: message.fallback,
				silent: message.silent,
				replyTo: message.replyTo,
				actions: [],
				originator: received(entry.originator),
				responses: message.responses,
				...(message.flow ? { flow: message.flow } : {}),
				...(message.step ? { step: message.step } : {}),
				params: message.params,
				// The document's frames have neither (Flow.ai reference §5.3).
				...(settings.messageIds ? { createdAt: message.createdAt, meta: { msgId: message.msgId } } : {}),
			})),
		},
	};
}
