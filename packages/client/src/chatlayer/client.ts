import type { ServiceName } from '../errors';
import { HttpClient, type HttpClientOptions } from '../http/http-client';
import { rejectedError } from '../http/service-error';
import { pathPart, type Query } from '../http/url';
import { isObject } from '../json';
import type { JsonObject, Ports } from '../ports';
import type {
	ConversationAnalyticsQuery,
	ConversationFlowQuery,
	ConversationInsightsQuery,
	SeriesAnswer,
	TeamUsageQuery,
	TimeRange,
} from './types';

/** How errors name the service. */
export const CHATLAYER: ServiceName = { code: 'CHATLAYER', label: 'Chatlayer' };

/** The Analytics API of Sinch Chatlayer (Chatlayer reference §4). An answer of another form is `CHATLAYER_REJECTED`. */
export class ChatlayerClient {
	readonly #http: HttpClient;
	readonly #redact: (text: string) => string;

	constructor(ports: Ports, options: HttpClientOptions) {
		this.#http = new HttpClient(ports, CHATLAYER, options);
		this.#redact = (text) => ports.redact(text);
	}

	/**
	 * Counts conversations over time. `GET /v1/bots/{bot_id}/conversations` (002, Get conversation analytics).
	 * @throws `CHATLAYER_…`, `CONVOFLOW_INVALID_INPUT` (botId)
	 */
	async conversations(query: ConversationAnalyticsQuery): Promise<SeriesAnswer> {
		const several = (values: readonly string[] | undefined): string | readonly string[] | undefined =>
			query.repeatKeys && values && values.length > 0 ? values : joined(values);
		return await this.#get(`/v1/bots/${bot(query)}/conversations`, query, {
			version: query.version,
			bucket: query.bucket,
			group_by: query.groupBy,
			channel_type: several(query.channelTypes),
			language: several(query.languages),
		});
	}

	/**
	 * Reads one figure of a bot's conversations. `GET /v1/bots/{bot_id}/conversations/insights` (002,
	 * Analytics_GetConversationsInsights).
	 * @throws `CHATLAYER_…`, `CONVOFLOW_INVALID_INPUT` (botId)
	 */
	async conversationInsights(query: ConversationInsightsQuery): Promise<SeriesAnswer> {
		return await this.#get(`/v1/bots/${bot(query)}/conversations/insights`, query, {
			version: query.version,
			stat: query.stat,
			channel_type: joined(query.channelTypes),
			language: joined(query.languages),
		});
	}

	/**
	 * Reads the path of one conversation through the bot. `GET …/conversations/{conversation_id}/flow` (002,
	 * Analytics_GetConversationFlow).
	 * @throws `CHATLAYER_…`, `CONVOFLOW_INVALID_INPUT` (botId, conversationId)
	 */
	async conversationFlow(query: ConversationFlowQuery): Promise<JsonObject> {
		const conversation = pathPart('conversationId', 'Conversation', query.conversationId);
		return await this.#get(`/v1/bots/${bot(query)}/conversations/${conversation}/flow`, query, {
			version: query.version,
			message_id: query.messageId,
		});
	}

	/**
	 * Counts the conversations of a team. `GET /v1/teams/{team_id}/conversations` (002,
	 * Analytics_GetTeamConversationsUsage).
	 * @throws `CHATLAYER_…`, `CONVOFLOW_INVALID_INPUT` (teamId)
	 */
	async teamConversations(query: TeamUsageQuery): Promise<SeriesAnswer> {
		const team = pathPart('teamId', 'Team', query.teamId);
		return await this.#get(`/v1/teams/${team}/conversations`, query, {
			bucket: query.bucket,
			group_by: joined(query.groupBy),
		});
	}

	/** An empty answer counts as one without data (Chatlayer reference §5). */
	async #get(path: string, range: TimeRange, query: Query): Promise<JsonObject> {
		const body = await this.#http.json({
			method: 'GET',
			path,
			query: { version: undefined, start_time: range.startTime, end_time: range.endTime, ...query },
			effect: 'read',
			signal: range.signal,
		});
		if (body === undefined || body === null) return {};
		if (isObject(body)) return body;
		const advice = 'Check the region or the base URL in the credential.';
		throw rejectedError(CHATLAYER, 'Chatlayer sent an answer of an unknown form', advice, body, this.#redact);
	}
}

function bot({ botId }: { readonly botId: string }): string {
	return pathPart('botId', 'Bot', botId);
}

/** Several values as one, separated by commas; none at all is left out. */
function joined(values: readonly string[] | undefined): string | undefined {
	return values && values.length > 0 ? values.join(',') : undefined;
}
