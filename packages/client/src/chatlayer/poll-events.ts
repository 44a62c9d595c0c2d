import { textOf } from '../json';
import { pollRange, type PollRange } from '../poll/poll-range';
import type { WindowState } from '../poll/seen-window';
import type { JsonObject } from '../ports';
import type { ChatlayerClient } from './client';
import type { EventQuery, Stoppable } from './types';

/** What a poll of the event stream looks for. */
export type EventPoll = Omit<EventQuery, 'startTime' | 'endTime' | 'signal' | 'limit' | 'pageSize'>;

/** How late an event may show up in the stream behind newer ones, ms; not documented, so on the safe side. */
const OVERLAP_MS = 5 * 60_000;
const DAY_MS = 86_400_000;
/** Enough to build a flow with. */
const EXAMPLES = 5;

function momentOf(event: JsonObject): number {
	return Date.parse(textOf(event['timestamp']) ?? '') || 0;
}

/** An event's id, else all that it is made of: two equal ones of one moment are one. */
function idOf(event: JsonObject): string {
	return textOf(event['id']) ?? JSON.stringify(event);
}

/** Key of an event, the same as when a subscription brings it. */
export function eventKeyOf(event: JsonObject): string {
	return `event:${idOf(event)}`;
}

/**
 * Looks for new events in the stream of a bot, the oldest first. Chatlayer reference §9, rule 8.
 * @param before where the last poll stopped; undefined at the first one
 * @param backlogMs how much of what is there already the first poll takes, ms; nothing when undefined
 * @throws `CHATLAYER_…`; the cursor stays then
 */
export async function pollEvents(
	client: ChatlayerClient,
	query: EventPoll,
	before: WindowState | undefined,
	options: {
		readonly backlogMs?: number | undefined;
		readonly maxRows: number;
		readonly nowMs: number;
		readonly signal: AbortSignal;
	},
): Promise<PollRange<JsonObject>> {
	const { backlogMs, maxRows, nowMs, signal } = options;
	return await pollRange({
		pages: (startMs, endMs) =>
			client.events.list({
				...query,
				startTime: new Date(startMs).toISOString(),
				// The end is exclusive (Chatlayer reference §3).
				endTime: new Date(endMs + 1).toISOString(),
				signal,
			}),
		idOf,
		timeOf: momentOf,
		before,
		backlogFromMs: backlogMs === undefined ? undefined : nowMs - backlogMs,
		overlapMs: OVERLAP_MS,
		maxRows,
		nowMs,
	});
}

/** The newest events of a bot, to build a flow with: of the last day, or else of the last month. */
export async function exampleEvents(
	client: ChatlayerClient,
	query: EventPoll,
	{ signal }: Stoppable,
): Promise<JsonObject[]> {
	const nowMs = client.now();
	for (const days of [1, 30]) {
		const newest: JsonObject[] = [];
		const list = client.events.list({
			...query,
			startTime: new Date(nowMs - days * DAY_MS).toISOString(),
			endTime: new Date(nowMs + DAY_MS).toISOString(),
			limit: 1_000,
			signal,
		});
		for await (const page of list) newest.push(...page);
		if (newest.length > 0)
			return newest.sort((one, other) => momentOf(other) - momentOf(one)).slice(0, EXAMPLES);
	}
	return [];
}
