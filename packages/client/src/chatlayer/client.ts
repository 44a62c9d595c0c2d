import { ApiCalls } from '../http/api-calls';
import type { HttpClientOptions } from '../http/http-client';
import type { JsonObject, Ports } from '../ports';
import { AnalyticsCalls } from './analytics-calls';
import { CHATLAYER, ChatlayerCalls } from './calls';
import { EventCalls } from './event-calls';
import { FlowCalls } from './flow-calls';
import { SubscriptionCalls } from './subscription-calls';
import type { Stoppable } from './types';

export { CHATLAYER } from './calls';

/** The Analytics API of Sinch Chatlayer, whole (Chatlayer reference §4). */
export class ChatlayerClient {
	/** What is counted: conversations, messages, users, intents, knowledge base, voice minutes. */
	readonly analytics: AnalyticsCalls;
	/** Ways through the bot. */
	readonly flows: FlowCalls;
	/** Tracked events and their definitions. */
	readonly events: EventCalls;
	/** Event subscriptions and logs of app integrations. */
	readonly subscriptions: SubscriptionCalls;
	/** Anything of the API that has no method here. */
	readonly api: ApiCalls;
	readonly #calls: ChatlayerCalls;

	constructor(ports: Ports, options: HttpClientOptions) {
		this.#calls = new ChatlayerCalls(ports, options);
		this.api = new ApiCalls(ports, CHATLAYER, options);
		this.analytics = new AnalyticsCalls(this.#calls);
		this.flows = new FlowCalls(this.#calls);
		this.events = new EventCalls(this.#calls);
		this.subscriptions = new SubscriptionCalls(this.#calls);
	}

	/** Answers what it was sent. `POST /v1/echo` (Chatlayer reference §4.2, Echo). */
	async echo(message: string, { signal }: Stoppable = {}): Promise<JsonObject> {
		return await this.#calls.object({
			method: 'POST',
			path: '/v1/echo',
			body: { message },
			effect: 'read',
			signal,
		});
	}
}
