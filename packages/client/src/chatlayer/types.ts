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

/** What narrows conversation analytics. 002, Get conversation analytics. */
export interface ConversationAnalyticsQuery {
	readonly botId: string;
	/** `DRAFT`, `LIVE` or another version. */
	readonly version: string;
	/** Start of the range, inclusive. */
	readonly startTime: string;
	/** End of the range, exclusive. */
	readonly endTime: string;
	/** `1h`, `1d` or `1w`; smaller than the range. */
	readonly bucket?: string | undefined;
	/** `channel_type` or `language`. */
	readonly groupBy?: string | undefined;
	readonly channelTypes?: readonly string[] | undefined;
	readonly languages?: readonly string[] | undefined;
	/** Sends several values as repeated keys instead of one comma-separated value [inferred]. */
	readonly repeatKeys?: boolean | undefined;
	readonly signal?: AbortSignal | undefined;
}

/** The answer as it came. */
export type SeriesAnswer = JsonObject;
