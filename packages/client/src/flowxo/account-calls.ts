import { pathPart } from '../http/url';
import { isObject, objectsIn } from '../json';
import type { JsonObject, JsonValue } from '../ports';
import type { RestCalls } from './rest-calls';
import type { Stoppable, InsightsQuery } from './types';

/** Analytics and flows of an account: later calls, Flow XO reference §6. */
export class AccountCalls {
	readonly #rest: RestCalls;

	constructor(rest: RestCalls) {
		this.#rest = rest;
	}

	/**
	 * Reads the analytics of the account. `GET /insights`.
	 * @throws `FLOWXO_…`; `FLOWXO_REJECTED` when the answer holds neither figures nor metrics
	 */
	async insights({ start, end, unit, offsetMinutes, signal }: InsightsQuery): Promise<JsonObject> {
		const body = await this.#rest.json({
			method: 'GET',
			path: '/insights',
			query: { offset: offsetMinutes, start, end, unit },
			effect: 'read',
			signal,
		});
		if (isObject(body) && (Array.isArray(body['stats']) || Array.isArray(body['metrics']))) return body;
		throw this.#rest.rejected('no figures', body ?? null);
	}

	/** Lists the flows of the account. `GET /workflows/simple`. Throws `FLOWXO_…`. */
	async flows({ signal }: Stoppable = {}): Promise<JsonObject[]> {
		const body = await this.#rest.json({ method: 'GET', path: '/workflows/simple', effect: 'read', signal });
		if (body === undefined || body === null) return [];
		if (!Array.isArray(body)) throw this.#rest.rejected('no list of flows', body);
		return objectsIn(body);
	}

	/**
	 * Switches a flow on or off. Method and body are documented, the path `/workflows/{id}` is [inferred].
	 * @param flowId the `_id` of the list
	 * @returns what came, unchanged; null for an empty answer
	 * @throws `FLOWXO_…`, `CONVOFLOW_INVALID_INPUT` (flowId)
	 */
	async setFlowActive(flowId: string, active: boolean, { signal }: Stoppable = {}): Promise<JsonValue> {
		const path = `/workflows/${pathPart('flowId', 'Flow', flowId.trim())}`;
		return await this.#rest.anything({ method: 'PUT', path, body: { active }, effect: 'idempotent', signal });
	}
}
