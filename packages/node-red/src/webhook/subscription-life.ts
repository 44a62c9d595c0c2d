import {
	isConvoflowError,
	readKept,
	subscribe,
	unsubscribe,
	type ChatlayerClient,
	type WantedSubscriptions,
} from '@convoflow/client';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Store } from '../store/store';

/** Where the node's store keeps what was subscribed. */
const KEPT = 'subscriptions';
const FIRST_RETRY_MS = 5_000;
const LAST_RETRY_MS = 15 * 60_000;
/** A node that is removed may take this long to end its subscriptions, ms; Node-RED gives a node 15 s. */
const END_WITHIN_MS = 10_000;

/** What is told of a subscription. */
export interface SubscriptionReports {
	begun(): void;
	subscribed(): void;
	/** @param isFinal it is not tried again */
	failed(error: unknown, isFinal: boolean): void;
	/** The subscriptions of a removed node could not be ended. */
	left(error: unknown): void;
}

/** Whether the same may work later: the service was not there, or could not reach this server yet. */
function isPassing(error: unknown): boolean {
	if (!isConvoflowError(error)) return false;
	if (error.code === 'CHATLAYER_ADDRESS_NOT_VERIFIED') return true;
	const { status, code } = error;
	if (status !== undefined) return status === 408 || status === 429 || status >= 500;
	return !code.startsWith('CONVOFLOW_');
}

/**
 * The subscriptions of a node: brought about when it starts, tried again while the service cannot, left alone
 * over a restart or a deploy, and ended when the node is removed.
 */
export class SubscriptionLife {
	readonly #client: ChatlayerClient;
	readonly #wanted: WantedSubscriptions;
	readonly #store: Promise<Store>;
	readonly #reports: SubscriptionReports;
	readonly #stopped = new AbortController();
	#running: Promise<void> = Promise.resolve();

	constructor(
		client: ChatlayerClient,
		wanted: WantedSubscriptions,
		store: Promise<Store>,
		reports: SubscriptionReports,
	) {
		this.#client = client;
		this.#wanted = wanted;
		this.#store = store;
		this.#reports = reports;
	}

	/** Subscribes, in the background. The address must answer by now. */
	start(): void {
		this.#running = this.#run().catch(() => undefined);
	}

	/** Stops trying. @param isRemoved ends the subscriptions too */
	async stop(isRemoved: boolean): Promise<void> {
		this.#stopped.abort();
		await this.#running;
		if (isRemoved) await this.#end().catch((error: unknown) => this.#reports.left(error));
	}

	async #run(): Promise<void> {
		const { signal } = this.#stopped;
		for (let waitMs = FIRST_RETRY_MS; !signal.aborted; waitMs = Math.min(waitMs * 2, LAST_RETRY_MS)) {
			try {
				this.#reports.begun();
				await this.#subscribe(signal);
				return this.#reports.subscribed();
			} catch (error) {
				if (signal.aborted) return;
				const isFinal = !isPassing(error);
				this.#reports.failed(error, isFinal);
				if (isFinal) return;
			}
			await sleep(waitMs, undefined, { signal });
		}
	}

	async #subscribe(signal: AbortSignal): Promise<void> {
		const store = await this.#store;
		const kept = await subscribe(this.#client, this.#wanted, readKept(store.get(KEPT)), signal);
		await store.set(KEPT, kept);
	}

	async #end(): Promise<void> {
		const { botId, address } = this.#wanted;
		const store = await this.#store;
		const kept = readKept(store.get(KEPT)) ?? { botId, ids: [] };
		await unsubscribe(this.#client, kept, address, AbortSignal.timeout(END_WITHIN_MS));
		await store.delete(KEPT);
	}
}
