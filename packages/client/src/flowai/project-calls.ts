import { objectsIn } from '../json';
import type { JsonObject } from '../ports';
import { resultOf, threadPart, type RestCalls } from './rest-calls';
import type { CallOptions, SendOptions } from './types';

/** Business hours (001) and events with a manual trigger (later docs): Flow.ai reference §2.2, rows 3, 12, 13. */
export class ProjectCalls {
	readonly #rest: RestCalls;

	constructor(rest: RestCalls) {
		this.#rest = rest;
	}

	/** Reads the calendars with business hours. `GET businesshours?sync=true` (001, Business hours). */
	async businessHours({ signal }: CallOptions = {}): Promise<JsonObject[]> {
		const body = await this.#rest.call({
			method: 'GET',
			path: '/businesshours',
			query: { sync: true },
			effect: 'read',
			signal,
		});
		return objectsIn(body['businessHours']);
	}

	/** Asks for the business hours; they arrive at the webhook as `businessHours`. `GET businesshours`. */
	async requestBusinessHours({ signal }: CallOptions = {}): Promise<JsonObject> {
		return await this.#rest.call({ method: 'GET', path: '/businesshours', effect: 'read', signal });
	}

	/** Names of the events whose manual trigger is enabled. `GET trigger/event?sync=true` (row 12). */
	async events({ signal }: CallOptions = {}): Promise<string[]> {
		const body = await this.#rest.call({
			method: 'GET',
			path: '/trigger/event',
			query: { sync: true },
			effect: 'read',
			signal,
		});
		const { items } = resultOf(body);
		return (Array.isArray(items) ? items : []).filter((name) => typeof name === 'string');
	}

	/** Asks for those names; they arrive at the webhook as `trigger.events`. `GET trigger/event`. */
	async requestEvents({ signal }: CallOptions = {}): Promise<JsonObject> {
		return await this.#rest.call({ method: 'GET', path: '/trigger/event', effect: 'read', signal });
	}

	/** Triggers an event in a thread. `POST trigger/event/:threadId?eventName=` (row 13). */
	async triggerEvent(threadId: string, eventName: string, options: SendOptions = {}): Promise<JsonObject> {
		return await this.#rest.call({
			method: 'POST',
			path: `/trigger/event/${threadPart(threadId)}`,
			query: { eventName, writeConcern: options.writeConcern || undefined },
			body: {},
			effect: 'send',
			signal: options.signal,
		});
	}
}
