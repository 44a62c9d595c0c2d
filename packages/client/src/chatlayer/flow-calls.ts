import { pathPart, type Query } from '../http/url';
import type { JsonObject } from '../ports';
import { filters } from './analytics-calls';
import { botPath, type ChatlayerCalls } from './calls';
import { funnelBody } from './funnel';
import type { BotFilter, ConversationFlowQuery, FunnelQuery } from './types';

/** Ways through the bot. Chatlayer reference §4.1 (GetConversationFlow) and §4.4. */
export class FlowCalls {
	readonly #calls: ChatlayerCalls;

	constructor(calls: ChatlayerCalls) {
		this.#calls = calls;
	}

	/** The path of one conversation. `GET …/conversations/{conversation_id}/flow` (002, Analytics_GetConversationFlow). */
	async ofConversation(query: ConversationFlowQuery): Promise<JsonObject> {
		const conversation = pathPart('conversationId', 'Conversation ID', query.conversationId);
		const path = `${botPath(query.botId)}/conversations/${conversation}/flow`;
		return await this.#get(path, query, { message_id: query.messageId });
	}

	/** The steps that follow a path. `GET …/flows`; `path` repeats its key (§4.4, GetFlows). */
	async steps(query: BotFilter & { readonly path?: readonly string[] | undefined }): Promise<JsonObject> {
		return await this.#get(`${botPath(query.botId)}/flows`, query, {
			...filters(query),
			path: query.path,
		});
	}

	/** Counts of one step. `GET …/flows/{step_id}` (§4.4, GetFlowStepDetails). */
	async step(query: BotFilter & { readonly stepId: string }): Promise<JsonObject> {
		return await this.#get(stepPath(query), query, filters(query));
	}

	/**
	 * Steps before or after one step. `GET …/flows/{step_id}/edges` (§4.4, GetFlowStepEdges).
	 * @param query `type`: `sources` or `targets`
	 */
	async edges(query: BotFilter & { readonly stepId: string; readonly type: string }): Promise<JsonObject> {
		return await this.#get(`${stepPath(query)}/edges`, query, { ...filters(query), type: query.type });
	}

	/** A funnel of flow steps. `POST …/flows/funnel` (§4.4, ComputeFlowFunnel). Changes nothing. */
	async funnel(query: FunnelQuery): Promise<JsonObject> {
		return await this.#calls.object({
			method: 'POST',
			path: `${botPath(query.botId)}/flows/funnel`,
			body: funnelBody(query),
			effect: 'read',
			signal: query.signal,
		});
	}

	async #get(path: string, range: Omit<BotFilter, 'botId'>, query: Query): Promise<JsonObject> {
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

function stepPath({ botId, stepId }: { readonly botId: string; readonly stepId: string }): string {
	return `${botPath(botId)}/flows/${pathPart('stepId', 'Step ID', stepId)}`;
}
