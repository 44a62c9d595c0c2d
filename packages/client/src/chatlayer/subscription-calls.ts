import { pathPart } from '../http/url';
import { defined } from '../json';
import type { PageIterator } from '../paging/page-iterator';
import type { JsonObject } from '../ports';
import { botPath, type ChatlayerCalls } from './calls';
import { tokenList } from './token-list';
import type { ListOf, NewSubscription, OfBot, Stoppable, TimeRange } from './types';

type Rows = PageIterator<JsonObject>;

/** Event subscriptions and logs of app integrations. Chatlayer reference §4.6, §9. */
export class SubscriptionCalls {
	readonly #calls: ChatlayerCalls;

	constructor(calls: ChatlayerCalls) {
		this.#calls = calls;
	}

	/** Subscriptions of a bot, without their secrets. `GET …/subscriptions` (ListSubscriptions). */
	list(query: OfBot & ListOf): Rows {
		const path = `${botPath(query.botId)}/subscriptions`;
		return tokenList(this.#calls, { ...query, path, member: 'subscriptions' });
	}

	/**
	 * Subscribes an address to events. `POST …/subscriptions` (CreateSubscription). The address may be called
	 * before this returns (§9). Never blindly repeated.
	 */
	async create(subscription: NewSubscription): Promise<JsonObject> {
		return await this.#calls.object({
			method: 'POST',
			path: `${botPath(subscription.botId)}/subscriptions`,
			body: defined({
				bot_version: subscription.botVersion,
				target: subscription.target,
				secret: subscription.secret,
				event_type: subscription.eventType,
				event_names: subscription.eventNames && [...subscription.eventNames],
				version: 'v1',
			}),
			effect: 'send',
			signal: subscription.signal,
		});
	}

	/** Ends a subscription. `DELETE …/subscriptions/{subscription_id}` (DeleteSubscription). */
	async remove(one: OfBot & Stoppable & { readonly subscriptionId: string }): Promise<JsonObject> {
		const id = pathPart('subscriptionId', 'Subscription ID', one.subscriptionId);
		return await this.#calls.object({
			method: 'DELETE',
			path: `${botPath(one.botId)}/subscriptions/${id}`,
			effect: 'destructive',
			signal: one.signal,
		});
	}

	/** Log of an app integration. `GET /v1/apps/{app_id}/logs/stream` (ListAppIntegrationsLogs). */
	appLogs(query: TimeRange & ListOf & { readonly appId: string; readonly query?: string | undefined }): Rows {
		const path = `/v1/apps/${pathPart('appId', 'App ID', query.appId)}/logs/stream`;
		const { startTime: start_time, endTime: end_time, query: words } = query;
		return tokenList(this.#calls, {
			limit: query.limit,
			pageSize: query.pageSize,
			signal: query.signal,
			path,
			member: 'logs',
			query: { start_time, end_time, query: words },
		});
	}
}
