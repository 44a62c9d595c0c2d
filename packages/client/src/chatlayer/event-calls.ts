import { pathPart } from '../http/url';
import { defined } from '../json';
import type { PageIterator } from '../paging/page-iterator';
import type { JsonObject } from '../ports';
import { botPath, teamPath, type ChatlayerCalls } from './calls';
import { funnelBody } from './funnel';
import { tokenList } from './token-list';
import type {
	AttributeFilter,
	EventQuery,
	FunnelQuery,
	ListOf,
	OfBot,
	OfTeam,
	Stoppable,
	TimeRange,
	TrackEvent,
} from './types';

type Rows = PageIterator<JsonObject>;

/** Tracked events and what defines them. Chatlayer reference §4.5. */
export class EventCalls {
	readonly #calls: ChatlayerCalls;

	constructor(calls: ChatlayerCalls) {
		this.#calls = calls;
	}

	/** Tracked events of a bot. `GET …/events/stream` (ListEvents). */
	list(query: EventQuery): Rows {
		const path = `${botPath(query.botId)}/events/stream`;
		return tokenList(this.#calls, { ...query, path, member: 'events', query: eventFilter(query) });
	}

	/** Tracked events whose attributes meet conditions. `POST …/events/stream` (ListEventsWithFilters). */
	search(query: EventQuery & { readonly filters: readonly AttributeFilter[] }): Rows {
		const path = `${botPath(query.botId)}/events/stream`;
		const body = { ...defined(eventFilter(query)), filters: [...query.filters] };
		return tokenList(this.#calls, { ...query, path, member: 'events', body });
	}

	/** Tracks an event. `POST …/events/track` (TrackEvent). Never blindly repeated. */
	async track(event: TrackEvent): Promise<JsonObject> {
		const context = defined({ conversation_id: event.conversationId, campaign: event.campaign });
		return await this.#calls.object({
			method: 'POST',
			path: `${botPath(event.botId)}/events/track`,
			body: defined({
				id: event.id,
				version: event.version,
				user_id: event.userId,
				event: event.event,
				attributes: event.attributes,
				context: Object.keys(context).length > 0 ? context : undefined,
				timestamp: event.timestamp,
			}),
			effect: 'send',
			signal: event.signal,
			...(event.id === undefined ? {} : { traceId: event.id }),
		});
	}

	/** Definitions of a bot's events. `GET …/events/definitions` (ListEventDefinitions). */
	definitions(query: OfBot & ListOf & { readonly teamId?: string | undefined }): Rows {
		const path = `${botPath(query.botId)}/events/definitions`;
		const { teamId: team_id } = query;
		return tokenList(this.#calls, { ...query, path, member: 'event_definitions', query: { team_id } });
	}

	/** Defines an event. `POST …/events/definitions` (CreateEventDefinition). */
	async define(
		definition: OfBot &
			Stoppable & {
				readonly event: string;
				readonly description?: string | undefined;
				readonly teamId?: string | undefined;
			},
	): Promise<JsonObject> {
		const { event, description, teamId: team_id } = definition;
		return await this.#calls.object({
			method: 'POST',
			path: `${botPath(definition.botId)}/events/definitions`,
			body: defined({ event, description, team_id }),
			effect: 'send',
			signal: definition.signal,
		});
	}

	/** Values that an attribute has had. `POST …/events/attributes/{attribute_key}/values` (GetEventAttributeValues). */
	async attributeValues(
		query: OfBot & Stoppable & { readonly attributeKey: string; readonly query?: string | undefined },
	): Promise<JsonObject> {
		const key = pathPart('attributeKey', 'Attribute', query.attributeKey);
		return await this.#calls.object({
			method: 'POST',
			path: `${botPath(query.botId)}/events/attributes/${key}/values`,
			body: defined({ query: query.query }),
			effect: 'read',
			signal: query.signal,
		});
	}

	/** A funnel of events. `POST …/events/funnel` (ComputeEventsFunnel). Changes nothing. */
	async funnel(query: FunnelQuery): Promise<JsonObject> {
		return await this.#calls.object({
			method: 'POST',
			path: `${botPath(query.botId)}/events/funnel`,
			body: funnelBody(query),
			effect: 'read',
			signal: query.signal,
		});
	}

	/** Tracked events of a team. `GET /v1/teams/{team_id}/events` (GetTeamEvents). */
	ofTeam(query: OfTeam & TimeRange & ListOf & { readonly userId?: string | undefined }): Rows {
		const path = `${teamPath(query.teamId)}/events`;
		const { startTime: start_time, endTime: end_time, userId: user_id } = query;
		return tokenList(this.#calls, {
			...query,
			path,
			member: 'events',
			query: { start_time, end_time, user_id },
		});
	}

	/** Definitions of a team's events. `GET /v1/teams/{team_id}/events/definitions` (ListTeamEventDefinitions). */
	definitionsOfTeam(query: OfTeam & ListOf & { readonly botId?: string | undefined }): Rows {
		const path = `${teamPath(query.teamId)}/events/definitions`;
		const { botId: bot_id } = query;
		return tokenList(this.#calls, { ...query, path, member: 'event_definitions', query: { bot_id } });
	}
}

function eventFilter(query: EventQuery): Record<string, string | undefined> {
	return {
		version: query.version,
		start_time: query.startTime,
		end_time: query.endTime,
		event: query.event,
		conversation_id: query.conversationId,
		user_id: query.userId,
		campaign_id: query.campaignId,
	};
}
