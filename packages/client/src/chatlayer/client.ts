import type { ServiceName } from '../errors';
import { HttpClient, type HttpClientOptions } from '../http/http-client';
import { rejectedError } from '../http/service-error';
import { pathPart } from '../http/url';
import { isObject } from '../json';
import type { Ports } from '../ports';
import type { ConversationAnalyticsQuery, SeriesAnswer } from './types';

/** How errors name the service. */
export const CHATLAYER: ServiceName = { code: 'CHATLAYER', label: 'Chatlayer' };

/** The Analytics API of Sinch Chatlayer. Chatlayer reference §4. */
export class ChatlayerClient {
	readonly #http: HttpClient;
	readonly #redact: (text: string) => string;

	constructor(ports: Ports, options: HttpClientOptions) {
		this.#http = new HttpClient(ports, CHATLAYER, options);
		this.#redact = (text) => ports.redact(text);
	}

	/**
	 * Counts conversations over time. `GET /v1/bots/{bot_id}/conversations` (002, Get conversation analytics).
	 * An empty answer counts as one without data (Chatlayer reference §5).
	 * @throws `CHATLAYER_…` (`CHATLAYER_REJECTED` for an answer of another form), `CONVOFLOW_INVALID_INPUT` (botId)
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
		if (body === undefined || body === null) return {};
		if (isObject(body)) return body;
		const advice = 'Check the region or the base URL in the credential.';
		throw rejectedError(CHATLAYER, 'Chatlayer sent an answer of an unknown form', advice, body, this.#redact);
	}
}
