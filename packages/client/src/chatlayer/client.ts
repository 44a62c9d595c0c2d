import type { ServiceName } from '../errors';
import { HttpClient, type HttpClientOptions } from '../http/http-client';
import { pathPart } from '../http/url';
import { isObject } from '../json';
import type { Ports } from '../ports';
import type { ConversationAnalyticsQuery, SeriesAnswer } from './types';

/** How errors name the service. */
export const CHATLAYER: ServiceName = { code: 'CHATLAYER', label: 'Chatlayer' };

/** The Analytics API of Sinch Chatlayer. Chatlayer reference §4. */
export class ChatlayerClient {
	readonly #http: HttpClient;

	constructor(ports: Ports, options: HttpClientOptions) {
		this.#http = new HttpClient(ports, CHATLAYER, options);
	}

	/**
	 * Counts conversations over time. `GET /v1/bots/{bot_id}/conversations` (002, Get conversation analytics).
	 * @throws `CHATLAYER_…`, `CONVOFLOW_INVALID_INPUT` (botId)
	 */
	async conversations(query: ConversationAnalyticsQuery): Promise<SeriesAnswer> {
		const several = (values: readonly string[] | undefined): string | readonly string[] | undefined => {
			if (values === undefined || values.length === 0) return undefined;
			return query.repeatKeys ? values : values.join(',');
		};
		const body = await this.#http.json({
			method: 'GET',
			path: `/v1/bots/${pathPart('botId', 'Bot', query.botId)}/conversations`,
			query: {
				version: query.version,
				start_time: query.startTime,
				end_time: query.endTime,
				bucket: query.bucket,
				group_by: query.groupBy,
				channel_type: several(query.channelTypes),
				language: several(query.languages),
			},
			effect: 'read',
			signal: query.signal,
		});
		return isObject(body) ? body : {};
	}
}
