import { request as httpRequest, Agent } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { numberedEvent } from './events';

/** How an event is delivered besides the first time. */
export type Repeat = 'none' | 'at once' | 'in series';

/** What the sender knows of an event. */
export interface Delivery {
	readonly repeat: Repeat;
	/** In ms since the epoch. */
	readonly begunMs: number;
	/** When the first 2xx came, in ms since the epoch; undefined while there was none. */
	ackedMs: number | undefined;
	/** Posts that were answered with 2xx. */
	acks: number;
}

/** Time after which a post without an answer is repeated, in ms. */
const PATIENCE_MS = 15_000;
const RETRY_MS = 250;

/** Delivers numbered events as Flow.ai would: anything but a 2xx, and no answer at all, is tried again. */
export class Sender {
	readonly deliveries = new Map<number, Delivery>();
	/** How long each 2xx took, in ms. */
	readonly latencies: number[] = [];
	/** Posts that failed and were tried again. */
	retries = 0;
	readonly #agent: Agent;
	readonly #urls: () => readonly string[];
	#turn = 0;

	readonly #retryMs: number;
	readonly #patienceMs: number;

	/**
	 * @param urls addresses of the webhook at this moment, taken in turn
	 * @param retryMs after how long a post that failed is tried again, in ms
	 * @param patienceMs after how long a post without an answer has failed, in ms
	 */
	constructor(
		connections: number,
		urls: () => readonly string[],
		retryMs = RETRY_MS,
		patienceMs = PATIENCE_MS,
	) {
		this.#retryMs = retryMs;
		this.#patienceMs = patienceMs;
		this.#agent = new Agent({ keepAlive: true, maxSockets: connections });
		this.#urls = urls;
	}

	/** Delivers an event until it is acknowledged, then repeats it as asked. */
	async deliver(number: number, repeat: Repeat): Promise<void> {
		const delivery: Delivery = { repeat, begunMs: Date.now(), ackedMs: undefined, acks: 0 };
		this.deliveries.set(number, delivery);
		const one = async (): Promise<void> => await this.#untilAcked(number, delivery);
		if (repeat === 'at once') await Promise.all([one(), one()]);
		else await one();
		if (repeat === 'in series') await one();
	}

	/** Posts once. @returns the status, or 0 when there was no answer */
	async post(number: number): Promise<number> {
		const urls = this.#urls();
		const url = urls[(this.#turn += 1) % urls.length] ?? '';
		const body = numberedEvent(number);
		return await new Promise((resolve) => {
			const sent = httpRequest(
				url,
				{
					method: 'POST',
					agent: this.#agent,
					timeout: this.#patienceMs,
					headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
				},
				(response) => {
					response.resume();
					response.once('end', () => resolve(response.statusCode ?? 0));
					response.once('error', () => resolve(0));
				},
			);
			sent.once('timeout', () => sent.destroy());
			sent.on('error', () => resolve(0));
			sent.end(body);
		});
	}

	close(): void {
		this.#agent.destroy();
	}

	async #untilAcked(number: number, delivery: Delivery): Promise<void> {
		for (;;) {
			const started = performance.now();
			const status = await this.post(number);
			if (status >= 200 && status < 300) {
				this.latencies.push(performance.now() - started);
				delivery.acks += 1;
				delivery.ackedMs ??= Date.now();
				return;
			}
			this.retries += 1;
			await sleep(this.#retryMs);
		}
	}
}

/** Of every ten events one and a half are delivered again at once and one and a half in series. */
export function repeatOf(number: number): Repeat {
	const place = number % 20;
	if (place < 3) return 'at once';
	return place < 6 ? 'in series' : 'none';
}

/** Delivers the events `from` to `to` with so many at work at a time. */
export async function deliverAll(sender: Sender, from: number, to: number, lanes: number): Promise<void> {
	let next = from;
	await Promise.all(
		Array.from({ length: lanes }, async () => {
			while (next < to) {
				const number = next;
				next += 1;
				await sender.deliver(number, repeatOf(number));
			}
		}),
	);
}

/** The value below which a share of all lies, e.g. 0.99. */
export function percentile(values: readonly number[], share: number): number {
	const sorted = [...values].sort((one, other) => one - other);
	return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}
