import { isObject } from '../../json';
import type { JsonObject, JsonValue } from '../../ports';

/** Kinds of events, one name for both vocabularies. */
export const EVENT_KINDS = [
	'businessHours',
	'delivered',
	'handover',
	'history',
	'inbound',
	'message',
	'outbound',
	'paused',
	'pauseStatus',
	'resumed',
	'threads',
	'triggerEvents',
	'other',
] as const;

/** What happened, whatever the vocabulary. `other` is an event that is not known yet. */
export type EventKind = (typeof EVENT_KINDS)[number];

/** Names on the wire, those of 2019 and those since (Flow.ai reference §4.1). */
const KIND_BY_NAME: ReadonlyMap<string, EventKind> = new Map<string, EventKind>([
	['message', 'message'],
	['message.reply', 'message'],
	['thread.reply', 'message'],
	['message.delivered', 'delivered'],
	['control.handover', 'handover'],
	['takeover', 'handover'],
	['thread.handover', 'handover'],
	['control.pause', 'paused'],
	['paused', 'paused'],
	['control.resume', 'resumed'],
	['resumed', 'resumed'],
	['history', 'history'],
	['threads', 'threads'],
	['trigger.events', 'triggerEvents'],
	['businessHours', 'businessHours'],
	['isPaused', 'pauseStatus'],
	['inbound', 'inbound'],
	['outbound', 'outbound'],
]);

const NAME_MEMBERS = ['type', 'event', 'eventType', 'eventName', 'action'] as const;

const KIND_BY_MEMBER: readonly (readonly [string, EventKind])[] = [
	['messages', 'message'],
	['history', 'history'],
	['threads', 'threads'],
	['items', 'triggerEvents'],
	['businessHours', 'businessHours'],
	['isPaused', 'pauseStatus'],
	['isPaued', 'pauseStatus'],
];

/** The parts of a body in which fields are looked for: top level, `payload`, `result`. */
export function layersOf(body: JsonObject): JsonObject[] {
	return [body, body['payload'], body['result']].filter(isObject);
}

/** The first value of a member in any layer. */
export function findMember(body: JsonObject, member: string): JsonValue | undefined {
	for (const layer of layersOf(body)) {
		const value = Object.hasOwn(layer, member) ? layer[member] : undefined;
		if (value !== undefined && value !== null) return value;
	}
	return undefined;
}

/**
 * Tells what an event is. Where its name sits is documented nowhere, so the likely places are tried, then
 * its fields (Flow.ai reference §4.2, [inferred]).
 * @returns the kind, and the name as it was sent where there is one
 */
export function identifyEvent(body: JsonObject): { kind: EventKind; name: string | null } {
	let unknownName: string | null = null;
	for (const member of NAME_MEMBERS) {
		const name = body[member];
		if (typeof name !== 'string') continue;
		const kind = KIND_BY_NAME.get(name);
		if (kind) return { kind, name };
		unknownName ??= name;
	}
	for (const layer of layersOf(body)) {
		for (const [member, kind] of KIND_BY_MEMBER)
			if (Object.hasOwn(layer, member)) return { kind, name: unknownName };
	}
	return { kind: 'other', name: unknownName };
}
