import { ApiCalls } from '../http/api-calls';
import type { HttpClientOptions } from '../http/http-client';
import { ConvoflowError } from '../errors';
import type { JsonObject, Ports } from '../ports';
import { AnalyticsCalls } from './analytics-calls';
import { CHATLAYER, ChatlayerCalls } from './calls';
import type { ChatlayerCoreClient } from './core-client';
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
	/** The clock of the host, ms since the epoch. */
	readonly now: () => number;
	readonly #calls: ChatlayerCalls;
	readonly #core: ChatlayerCoreClient | undefined;

	/** @param core the core API, where there is a token for it as well: only that can list bots */
	constructor(ports: Ports, options: HttpClientOptions, core?: ChatlayerCoreClient) {
		this.#core = core;
		this.#calls = new ChatlayerCalls(ports, options);
		this.now = () => ports.now();
		this.api = new ApiCalls(ports, CHATLAYER, options);
		this.analytics = new AnalyticsCalls(this.#calls);
		this.flows = new FlowCalls(this.#calls);
		this.events = new EventCalls(this.#calls);
		this.subscriptions = new SubscriptionCalls(this.#calls);
	}

	/**
	 * The bots that the token of the core API reaches (Chatlayer reference §10, list bots).
	 * @throws CHATLAYER_NO_CORE_TOKEN where there is no such token
	 */
	async bots(asked: Stoppable = {}): Promise<JsonObject[]> {
		if (this.#core) return await this.#core.bots(asked);
		throw new ConvoflowError(
			'CHATLAYER_NO_CORE_TOKEN',
			'Bots can be listed only with a token of the core API, which this credential does not hold',
			{
				advice:
					'Enter the ID instead, the part after /bots/ in the address of the app, or open the credential and fill in Core API Token.',
			},
		);
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
