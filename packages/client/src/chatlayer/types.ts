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
	readonly xValues: readonly string[];
}

/** A time range. */
export interface TimeRange {
	/** Start, inclusive. */
	readonly startTime: string;
	/** End, exclusive. */
	readonly endTime: string;
	readonly signal?: AbortSignal | undefined;
}

/** Which conversations of a bot are counted. */
export interface BotFilter extends TimeRange {
	readonly botId: string;
	/** `DRAFT`, `LIVE` or another version. */
	readonly version: string;
	readonly channelTypes?: readonly string[] | undefined;
	readonly languages?: readonly string[] | undefined;
}

/** What narrows conversation analytics. 002, Get conversation analytics. */
export interface ConversationAnalyticsQuery extends BotFilter {
	/** `1h`, `1d` or `1w`; smaller than the range. */
	readonly bucket?: string | undefined;
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
export interface ConversationFlowQuery extends TimeRange {
	readonly botId: string;
	readonly conversationId: string;
	readonly version: string;
	/** Only the transitions of this message. */
	readonly messageId?: string | undefined;
}

/** What narrows a team's usage. 002, Analytics_GetTeamConversationsUsage. */
export interface TeamUsageQuery extends TimeRange {
	readonly teamId: string;
	/** `1d`, `1w` or `1m`; smaller than the range. */
	readonly bucket: string;
	readonly groupBy?: readonly string[] | undefined;
}

/** The answer as it came. */
export type SeriesAnswer = JsonObject;
