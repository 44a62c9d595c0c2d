import type { JsonObject, JsonValue } from '../ports';

/** One line of a chart. Chatlayer reference §5; no field is promised. */
export interface Serie {
	readonly values: readonly (number | null)[];
	readonly mean?: number | undefined;
	readonly max?: number | undefined;
	readonly min?: number | undefined;
	readonly sum?: number | undefined;
	readonly labels: Readonly<Record<string, JsonValue>>;
}

/** A set of series over one axis, read tolerantly. */
export interface SeriesData {
	readonly series: readonly Serie[];
	readonly seriesLabels: readonly string[];
	/** Null where a point has none. */
	readonly xValues: readonly (string | null)[];
}

/** The answer as it came: `{ data: SeriesData }`. */
export type SeriesAnswer = JsonObject;

/** What stops a call. */
export interface Stoppable {
	readonly signal?: AbortSignal | undefined;
}

/** A time range. */
export interface TimeRange extends Stoppable {
	/** Start, inclusive: ISO 8601. */
	readonly startTime: string;
	/** End, exclusive: ISO 8601. */
	readonly endTime: string;
}

/** How many rows are wanted of a list; undefined means every row. */
export interface ListOf extends Stoppable {
	readonly limit?: number | undefined;
	/** Rows asked for at once, at most 100. */
	readonly pageSize?: number | undefined;
}

/** One bot. */
export interface OfBot {
	readonly botId: string;
}

/** One team. */
export interface OfTeam {
	readonly teamId: string;
}

/** Which conversations of a bot are counted. Chatlayer reference §4, STD. */
export interface BotFilter extends TimeRange, OfBot {
	/** `DRAFT`, `LIVE` or another version. */
	readonly version: string;
	readonly channelTypes?: readonly string[] | undefined;
	readonly languages?: readonly string[] | undefined;
}

/** Counts of a bot over time. */
export interface BotSeriesQuery extends BotFilter {
	/** `1h`, `1d` or `1w`; smaller than the range. */
	readonly bucket?: string | undefined;
}

/** What narrows conversation analytics. 002, Get conversation analytics. */
export interface ConversationAnalyticsQuery extends BotSeriesQuery {
	/** `channel_type` or `language`. */
	readonly groupBy?: string | undefined;
	/** Sends several values as repeated keys instead of one comma-separated value [inferred]. */
	readonly repeatKeys?: boolean | undefined;
}

/** What narrows conversation insights. 002, Analytics_GetConversationsInsights. */
export interface ConversationInsightsQuery extends BotFilter {
	/** `num_conversations`, `duration_seconds` or `num_messages`. */
	readonly stat: string;
}

/** Which conversation's path through the bot is read. 002, Analytics_GetConversationFlow. */
export interface ConversationFlowQuery extends TimeRange, OfBot {
	readonly conversationId: string;
	readonly version: string;
	/** Only the transitions of this message. */
	readonly messageId?: string | undefined;
}

/** Counts of a team over time. */
export interface TeamSeriesQuery extends TimeRange, OfTeam {
	/** `1d`, `1w` or `1m` (voice: `1h`, `1d`, `1w`, or none); smaller than the range. */
	readonly bucket?: string | undefined;
}

/** What narrows a team's usage. 002, Analytics_GetTeamConversationsUsage. */
export interface TeamUsageQuery extends TeamSeriesQuery {
	readonly groupBy?: readonly string[] | undefined;
}

/** What narrows a team's use of its knowledge base. Chatlayer reference §4.3. */
export interface TeamKnowledgeBaseQuery extends TeamSeriesQuery {
	readonly channelTypes?: readonly string[] | undefined;
	readonly languages?: readonly string[] | undefined;
}

/** A condition on an attribute of an event. */
export type AttributeFilter = { key: string; operator: string; value: string[] };

/** Which tracked events are listed. Chatlayer reference §4.5. */
export interface EventQuery extends TimeRange, OfBot, ListOf {
	readonly version: string;
	readonly event?: string | undefined;
	readonly conversationId?: string | undefined;
	readonly userId?: string | undefined;
	readonly campaignId?: string | undefined;
}

/** An event to track. Chatlayer reference §4.5; none of its fields is declared required. */
export interface TrackEvent extends OfBot, Stoppable {
	readonly id?: string | undefined;
	readonly version?: string | undefined;
	readonly userId?: string | undefined;
	readonly event?: string | undefined;
	/** Texts by name. */
	readonly attributes?: JsonObject | undefined;
	readonly conversationId?: string | undefined;
	/** `id`, `source`, `medium`, `name`, `content`, `term`. */
	readonly campaign?: JsonObject | undefined;
	/** ISO 8601. */
	readonly timestamp?: string | undefined;
}

/** One step of a funnel. Chatlayer reference §5. */
export type FunnelStep = { order: number; event_id: string; properties?: JsonValue[] };

/** A funnel. Chatlayer reference §4.7. */
export interface FunnelQuery extends TimeRange, OfBot {
	readonly version: string;
	readonly steps: readonly FunnelStep[];
	readonly breakdownProperty?: string | undefined;
	/** `strict` or `sequential`. */
	readonly orderType?: string | undefined;
	/** Conditions on every step. */
	readonly properties?: JsonValue[] | undefined;
}

/** A subscription to make. Chatlayer reference §9. */
export interface NewSubscription extends OfBot, Stoppable {
	readonly botVersion: string;
	/** Public https address on port 443. */
	readonly target: string;
	/** Key that signs the calls; never returned. */
	readonly secret: string;
	/** `TRACKING_EVENT`, `FLOW_EVENT` or `MESSAGE_EVENT`. */
	readonly eventType: string;
	/** Only these events; tracking events only. */
	readonly eventNames?: readonly string[] | undefined;
}
