import type { Query } from '../http/url';
import { isObject, objectsIn, textOf } from '../json';
import type { PageIterator } from '../paging/page-iterator';
import { tokenPages } from '../paging/token-pages';
import type { JsonObject } from '../ports';
import { cutRange } from './buckets';
import { botPath, either, joined, teamPath, type ChatlayerCalls } from './calls';
import { joinSeries } from './join-series';
import type {
	BotFilter,
	BotSeriesQuery,
	ConversationAnalyticsQuery,
	ConversationInsightsQuery,
	ListOf,
	SeriesAnswer,
	TeamKnowledgeBaseQuery,
	TeamSeriesQuery,
	TeamUsageQuery,
	TimeRange,
} from './types';

const PAGE_SIZE = 100;

/**
 * What Chatlayer counts. Chatlayer reference §4.1 to §4.3. A range with more points than one call should bring
 * is asked for in pieces and joined. All throw `CHATLAYER_…`, and `CONVOFLOW_INVALID_INPUT` for an ID that a
 * path cannot hold.
 */
export class AnalyticsCalls {
	readonly #calls: ChatlayerCalls;

	constructor(calls: ChatlayerCalls) {
		this.#calls = calls;
	}

	/** Conversations over time. `GET …/conversations` (002, Get conversation analytics). */
	async conversations(query: ConversationAnalyticsQuery): Promise<SeriesAnswer> {
		const several = (values: readonly string[] | undefined): string | readonly string[] | undefined =>
			query.repeatKeys && values && values.length > 0 ? values : joined(values);
		return await this.#series(`${botPath(query.botId)}/conversations`, query, {
			channel_type: several(query.channelTypes),
			language: several(query.languages),
			group_by: query.groupBy,
		});
	}

	/** One figure of a bot's conversations. `GET …/conversations/insights` (002, Analytics_GetConversationsInsights). */
	async conversationInsights(query: ConversationInsightsQuery): Promise<SeriesAnswer> {
		const path = `${botPath(query.botId)}/conversations/insights`;
		return await this.#series(path, query, { ...filters(query), stat: query.stat });
	}

	/** Conversations of a team. `GET /v1/teams/{team_id}/conversations` (002, Analytics_GetTeamConversationsUsage). */
	async teamConversations(query: TeamUsageQuery): Promise<SeriesAnswer> {
		const path = `${teamPath(query.teamId)}/conversations`;
		return await this.#series(path, query, { group_by: joined(query.groupBy) });
	}

	/** Messages over time. `GET …/messages` (§4.2, GetMessages: one channel and one language at most). */
	async messages(query: BotSeriesQuery): Promise<SeriesAnswer> {
		return await this.#ofBot('/messages', query);
	}

	/** Users over time. `GET …/users` (§4.2, GetUsers). */
	async users(query: BotSeriesQuery): Promise<SeriesAnswer> {
		return await this.#ofBot('/users', query);
	}

	/** Activity by day of week and time of day. `GET …/users/activity` (§4.2, GetUserActivity). */
	async userActivity(query: BotFilter): Promise<SeriesAnswer> {
		return await this.#ofBot('/users/activity', query);
	}

	/** The most used intents, page by page. `GET …/intents` (§4.2, GetIntents; cursors: §7). */
	intents(query: BotSeriesQuery & ListOf): PageIterator<JsonObject> {
		const { limit, pageSize = PAGE_SIZE } = query;
		const path = `${botPath(query.botId)}/intents`;
		return tokenPages(async (after, left) => {
			const range = { ...query, signal: either(query.signal, left) };
			const body = await this.#get(path, range, {
				...filters(query),
				bucket: query.bucket,
				after,
				first: Math.min(pageSize, limit ?? pageSize),
			});
			const pagination = isObject(body['pagination']) ? body['pagination'] : {};
			const end = textOf(pagination['end_cursor']);
			return {
				rows: objectsIn(body['data']),
				next: pagination['has_more'] === true && end !== after ? end : undefined,
			};
		}, limit);
	}

	/** Recognised intents over time. `GET …/intents/insights` (§4.2, GetIntentInsights). */
	async intentInsights(query: BotSeriesQuery): Promise<SeriesAnswer> {
		return await this.#ofBot('/intents/insights', query);
	}

	/** Voice minutes of a team. `GET /v1/teams/{team_id}/voice_minutes` (§4.2, GetVoiceAnalytics). */
	async voiceMinutes(
		query: TeamSeriesQuery & Pick<TeamKnowledgeBaseQuery, 'languages'>,
	): Promise<SeriesAnswer> {
		const path = `${teamPath(query.teamId)}/voice_minutes`;
		return await this.#series(path, query, { language: joined(query.languages) });
	}

	/** Use of the knowledge base over time. `GET …/knowledge_base` (§4.3, GetKnowledgeBaseUsage). */
	async knowledgeBaseUsage(query: BotSeriesQuery): Promise<SeriesAnswer> {
		return await this.#ofBot('/knowledge_base', query);
	}

	/** Tags of the knowledge base by use. `GET …/knowledge_base/tags` (§4.3, GetKnowledgeBaseTagsInsights). */
	async knowledgeBaseTags(query: BotFilter): Promise<JsonObject> {
		return await this.#get(`${botPath(query.botId)}/knowledge_base/tags`, query, filters(query));
	}

	/** A team's use of its knowledge base. `GET /v1/teams/{team_id}/knowledge_base` (§4.3, GetTeamKnowledgeBaseUsage). */
	async teamKnowledgeBaseUsage(query: TeamKnowledgeBaseQuery): Promise<SeriesAnswer> {
		return await this.#series(`${teamPath(query.teamId)}/knowledge_base`, query, filters(query));
	}

	async #ofBot(path: string, query: BotSeriesQuery): Promise<SeriesAnswer> {
		return await this.#series(`${botPath(query.botId)}${path}`, query, filters(query));
	}

	async #series(
		path: string,
		range: TimeRange & { readonly version?: string; readonly bucket?: string | undefined },
		query: Query,
	): Promise<SeriesAnswer> {
		const { bucket } = range;
		const answers: SeriesAnswer[] = [];
		for (const piece of piecesOf(range, bucket)) {
			answers.push(await this.#get(path, { ...range, ...piece }, { ...query, bucket }));
		}
		return joinSeries(answers);
	}

	async #get(
		path: string,
		range: TimeRange & { readonly version?: string },
		query: Query,
	): Promise<JsonObject> {
		return await this.#calls.object({
			method: 'GET',
			path,
			query: {
				version: range.version,
				start_time: range.startTime,
				end_time: range.endTime,
				...query,
			},
			effect: 'read',
			signal: range.signal,
		});
	}
}

/** The filters that most operations share; several values as one (Chatlayer reference §3, [inferred]). */
export function filters({
	channelTypes,
	languages,
}: {
	readonly channelTypes?: readonly string[] | undefined;
	readonly languages?: readonly string[] | undefined;
}): Query {
	return { channel_type: joined(channelTypes), language: joined(languages) };
}

function piecesOf(range: TimeRange, bucket: string | undefined): Pick<TimeRange, 'startTime' | 'endTime'>[] {
	const { startTime, endTime } = range;
	const [startMs, endMs] = [Date.parse(startTime), Date.parse(endTime)];
	if (bucket === undefined || !(startMs < endMs)) return [{ startTime, endTime }];
	const cut = cutRange(startMs, endMs, bucket);
	if (cut.length === 1) return [{ startTime, endTime }];
	const iso = (ms: number): string => new Date(ms).toISOString();
	return cut.map(([from, to]) => ({ startTime: iso(from), endTime: iso(to) }));
}
