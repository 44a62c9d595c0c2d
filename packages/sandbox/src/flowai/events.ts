import type { Context } from '../context';
import type { JsonObject } from '../json';

/**
 * What can be told to the webhook of the REST channel, with its name in the vocabulary of 2019 and in the later
 * one (Flow.ai reference §4.1). The pairings of handover, pause and resume are inferred there.
 */
const EVENTS = {
	reply: ['message.reply', 'message'],
	delivered: ['message.delivered', null],
	handover: ['control.handover', 'takeover'],
	pause: ['control.pause', 'paused'],
	resume: ['control.resume', 'resumed'],
	// The vocabulary of 2019 has no names for results, yet promises them by webhook: the later names serve for both.
	history: ['history', 'history'],
	threads: ['threads', 'threads'],
	triggerEvents: ['trigger.events', 'trigger.events'],
	businessHours: ['businessHours', 'businessHours'],
	isPaused: ['isPaused', 'isPaused'],
	// Not known in 2019.
	inbound: [null, 'inbound'],
	outbound: [null, 'outbound'],
} as const satisfies Record<string, readonly [string | null, string | null]>;

export type EventKind = keyof typeof EVENTS;

/** All names a webhook can meet, for the console. */
export const EVENT_NAMES: readonly string[] = [
	...new Set(
		Object.values(EVENTS)
			.flat()
			.filter((name) => name !== null),
	),
];

/** The names under which an event is sent in a vocabulary. */
export function namesOf(kind: EventKind, vocabulary: '2019' | 'later' | 'both'): string[] {
	const [old, later] = EVENTS[kind];
	const chosen = vocabulary === '2019' ? [old] : vocabulary === 'later' ? [later] : [old, later];
	return [...new Set(chosen)].filter((name) => name !== null);
}

/** Sends an event to the webhook under its name or names; the body is only made when there is a webhook. */
export function emit(context: Context, kind: EventKind, lane: string, body: () => JsonObject): void {
	if (!context.webhook) return;
	const made = body();
	for (const name of namesOf(kind, context.settings.vocabulary)) emitNamed(context, name, lane, made);
}

/** Sends an event under a given name, known or not. */
export function emitNamed(context: Context, name: string, lane: string, body: JsonObject): void {
	const target = context.webhook;
	if (!target) return;
	if (target.events && !target.events.includes(name)) return;
	context.deliveries.send(target, { event: name, lane, body: { type: name, ...body } });
}

/** Sends the result of a call that was made without `sync` (Flow.ai reference §2.1, shape inferred in §4.2). */
export function emitResult(context: Context, kind: EventKind, lane: string, result: JsonObject): void {
	emit(context, kind, lane, () => (context.settings.webhookResult === 'wrapped' ? { result } : result));
}
