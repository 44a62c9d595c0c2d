import { StoryEvent } from '../seed/chatlayer';
import type { Stories } from '../seed/stories';
import type { JsonObject } from '../json';
import { BOT_ID, TEAM_ID, type Activity, type CountedConversation } from './activity';

/** Something a bot tracked (Chatlayer reference §5, TrackingEvent). */
export interface TrackingEvent {
	id: string;
	event: string;
	version: string;
	userId: string;
	channel: string;
	conversationId: string;
	attributes: Record<string, string>;
	/** Milliseconds. */
	at: number;
	campaignId?: string;
}

export interface EventDefinition {
	id: string;
	event: string;
	description: string;
	createdAt: number;
}

export type EventFilter = (event: TrackingEvent) => boolean;

const CREATED = Date.parse('2026-02-01T00:00:00.000Z');

/** Events of a built-in conversation: it starts, goes through steps, and every third one ends in an order. */
function eventsOf(conversation: CountedConversation, first: number): TrackingEvent[] {
	const names = ['conversation_started', 'flow_step', 'flow_step', 'cart_opened'];
	if (first % 3 === 0) names.push('order_placed');
	return names.map((event, n) => ({
		id: `ev-${first * 5 + n + 1}`,
		event,
		version: conversation.version,
		userId: conversation.userId,
		channel: conversation.channel,
		conversationId: conversation.id,
		attributes:
			event === 'flow_step'
				? {
						flow: 'Booking',
						input: 'text',
						step_name: n === 1 ? 'Day' : 'Hour',
						step_number: String(n),
						subflow: 'main',
					}
				: event === 'order_placed'
					? { currency: first % 2 === 0 ? 'EUR' : 'SEK', total: String(20 + first) }
					: {},
		at: conversation.start + n * 15_000,
		...(conversation.campaignId !== undefined ? { campaignId: conversation.campaignId } : {}),
	}));
}

/** Tracked events: of built-in conversations, one for each generated one, and those that are tracked now. */
export class Tracking {
	/** In the order of time. */
	private own: TrackingEvent[] = [];
	definitions: EventDefinition[] = ['conversation_started', 'flow_step', 'cart_opened', 'order_placed'].map(
		(event, n) => ({ id: `ed-${n + 1}`, event, description: `Built-in event ${event}`, createdAt: CREATED }),
	);

	constructor(
		activity: Activity,
		private readonly stories: Stories,
	) {
		let count = 0;
		activity.builtIn.forEach((conversation) => {
			this.own.push(...eventsOf(conversation, count));
			count += 1;
		});
		this.own.sort((a, b) => a.at - b.at);
	}

	/** Adds an event at its place in time; false when its id is known already. */
	add(event: TrackingEvent): boolean {
		if (this.own.some((known) => known.id === event.id)) return false;
		const later = this.own.findIndex((known) => known.at > event.at);
		this.own.splice(later < 0 ? this.own.length : later, 0, event);
		if (!this.definitions.some((definition) => definition.event === event.event)) {
			this.definitions.push({
				id: `ed-${this.definitions.length + 1}`,
				event: event.event,
				description: '',
				createdAt: event.at,
			});
		}
		return true;
	}

	/**
	 * Visits the events of a range (start inclusive, end exclusive) in the order of time, until `visit` answers false.
	 * The object visited is only good until the next one.
	 */
	forEach(start: number, end: number, visit: (event: TrackingEvent) => boolean | void): void {
		const last = this.stories.firstFrom(end);
		const view = new StoryEvent(this.stories, this.stories.firstFrom(start));
		for (const event of this.own) {
			if (event.at < start || event.at >= end) continue;
			for (; view.index < last && view.at <= event.at; view.index += 1) if (visit(view) === false) return;
			if (visit(event) === false) return;
		}
		for (; view.index < last; view.index += 1) if (visit(view) === false) return;
	}

	/** A page of matching events, and whether there are more. */
	page(
		start: number,
		end: number,
		matches: EventFilter,
		skip: number,
		limit: number,
	): { rows: TrackingEvent[]; more: boolean } {
		const rows: TrackingEvent[] = [];
		let place = 0;
		let more = false;
		this.forEach(start, end, (event) => {
			if (!matches(event)) return true;
			more = place >= skip + limit;
			if (place >= skip && !more) rows.push(event instanceof StoryEvent ? event.fixed() : event);
			place += 1;
			return !more;
		});
		return { rows, more };
	}

	dump(): { events: TrackingEvent[]; definitions: EventDefinition[] } {
		return { events: this.own.filter((event) => !/^ev-\d+$/.test(event.id)), definitions: this.definitions };
	}

	load(data: ReturnType<Tracking['dump']>): void {
		for (const event of data.events) this.add(event);
		this.definitions = data.definitions;
	}
}

export function eventView(event: TrackingEvent): JsonObject {
	return {
		id: event.id,
		event: event.event,
		bot_id: BOT_ID,
		version: event.version,
		user_id: event.userId,
		channel_id: `ch-${event.channel}`,
		channel_type: event.channel,
		conversation_id: event.conversationId,
		attributes: event.attributes,
		timestamp: new Date(event.at).toISOString(),
	};
}

export function definitionView(definition: EventDefinition): JsonObject {
	return {
		id: definition.id,
		team_id: TEAM_ID,
		bot_id: BOT_ID,
		event: definition.event,
		description: definition.description,
		created_at: new Date(definition.createdAt).toISOString(),
		last_seen_at: new Date(definition.createdAt).toISOString(),
		volume_30_day: 0,
	};
}
