import type { Bus } from '../bus';
import type { Clock } from '../clock';
import type { Faults } from '../faults/registry';
import { isFrameAction, type FaultAction } from '../faults/types';
import type { Redactor } from '../http/log';
import { messageOf } from '../json';
import { withoutIds } from '../faults/strip-ids';
import { Caller } from './call';
import { authorise } from './sign';
import type { DeliveryAttempt, DeliveryRecord, WebhookTarget } from './target';

/** What is to be delivered, apart from the target. */
export interface Parcel {
	event: string;
	body: unknown;
	/** First attempts of one lane keep their order. */
	lane: string;
	/** Further headers, computed from the text that is sent. */
	headers?: (body: string) => Record<string, string>;
	/** Called after each attempt. */
	attempted?: (delivered: boolean) => void;
}

/** Real time limit of one call; the documents name none. */
const CALL_TIMEOUT_MS = 10_000;
const FIRST_RETRY_MS = 5_000;
/** 5 s doubling eleven times is 2.8 hours: inside the two to four hours of Flow.ai reference §4.4. */
const RETRIES = 11;
const KEPT = 2_000;

/** Delivers events: any 2xx acknowledges, all else is retried with exponential back-off (Flow.ai reference §4.4). */
export class Deliveries {
	private readonly records: DeliveryRecord[] = [];
	private readonly lanes = new Map<string, Promise<void>>();
	private readonly caller = new Caller();
	private held: (() => void) | null = null;
	private counter = 0;
	private closed = false;

	constructor(
		private readonly clock: Clock,
		private readonly faults: Faults,
		private readonly bus: Bus,
		private readonly redactor: Redactor,
	) {}

	/** Takes an event for delivery. Faults of the surface `webhook` strike here. */
	send(target: WebhookTarget, parcel: Parcel): void {
		if (this.closed) return;
		const path = new URL(target.url).pathname;
		const occasion = { surface: 'webhook' as const, method: 'POST', path, event: parcel.event };
		const actions = this.faults.take(
			occasion,
			(action) => action.type === 'latency' || isFrameAction(action),
		);
		const later = actions.find((action) => action.type === 'latency');
		const fault = actions.find((action) => action.type !== 'latency');
		const go = (): void => this.dispatch(target, parcel, fault);
		if (later?.type === 'latency') this.clock.afterReal(later.ms + Math.random() * (later.jitterMs ?? 0), go);
		else go();
	}

	/** The last deliveries, oldest first. */
	all(): DeliveryRecord[] {
		return this.records.slice(-KEPT).map((record) => ({ ...record, attempts: [...record.attempts] }));
	}

	clear(): void {
		this.records.length = 0;
	}

	close(): void {
		this.closed = true;
		this.caller.close();
	}

	private dispatch(target: WebhookTarget, parcel: Parcel, fault: FaultAction | undefined): void {
		switch (fault?.type) {
			case 'drop':
				return;
			case 'delay':
				this.clock.afterReal(fault.ms, () => this.enqueue(target, parcel));
				return;
			case 'reorder':
				this.hold(() => this.enqueue(target, parcel));
				return;
			case 'duplicate':
				for (let copy = 0; copy < (fault.copies ?? 2); copy += 1) {
					const lane = fault.together === true ? `${parcel.lane}#${copy}` : parcel.lane;
					this.enqueue(target, { ...parcel, lane });
				}
				return;
			case 'garbage':
				this.enqueue(target, parcel, fault.data ?? '{"type":"message","threadId":');
				break;
			case 'stripIds':
				this.enqueue(target, { ...parcel, body: withoutIds(parcel.body) });
				break;
			default:
				this.enqueue(target, parcel);
		}
		this.release();
	}

	/** Keeps one delivery back until the next one has gone, or for half a second. */
	private hold(action: () => void): void {
		this.release();
		const once = (): void => {
			if (this.held !== once) return;
			this.held = null;
			action();
		};
		this.held = once;
		this.clock.afterReal(500, once);
	}

	private release(): void {
		this.held?.();
	}

	private enqueue(target: WebhookTarget, parcel: Parcel, raw?: string): void {
		const record: DeliveryRecord = {
			id: `del-${++this.counter}`,
			event: parcel.event,
			url: this.redactor.text(target.url.split('?')[0] ?? ''),
			status: 'waiting',
			attempts: [],
			createdAt: new Date(this.clock.now()).toISOString(),
			body: this.redactor.value(parcel.body),
		};
		this.records.push(record);
		if (this.records.length > KEPT * 1.2) this.records.splice(0, this.records.length - KEPT);
		const body = raw ?? JSON.stringify(parcel.body);
		const before = this.lanes.get(parcel.lane) ?? Promise.resolve();
		const now = before.then(() => this.attempt(target, parcel, record, body, 0));
		this.lanes.set(parcel.lane, now);
		void now.then(() => {
			if (this.lanes.get(parcel.lane) === now) this.lanes.delete(parcel.lane);
		});
	}

	/** One attempt; resolves when it is over, whatever came of it. Retries do not hold up the lane. */
	private async attempt(
		target: WebhookTarget,
		parcel: Parcel,
		record: DeliveryRecord,
		body: string,
		retry: number,
	): Promise<void> {
		if (this.closed) return;
		const started = this.clock.now();
		const attempt: DeliveryAttempt = { at: new Date(started).toISOString(), ms: 0 };
		delete record.nextAttemptAt;
		try {
			const { url, headers } = authorise(target.url, target.auth, started);
			const all = { ...headers, ...parcel.headers?.(body) };
			attempt.status = (await this.caller.post(url, all, body, CALL_TIMEOUT_MS)).status;
		} catch (error) {
			attempt.error = messageOf(error);
		}
		attempt.ms = this.clock.now() - started;
		record.attempts.push(attempt);
		const status = attempt.status ?? 0;
		const delivered = status >= 200 && status <= 299;
		if (delivered) {
			record.status = 'delivered';
		} else if (retry >= RETRIES || this.closed) {
			record.status = this.closed ? 'cancelled' : 'failed';
		} else {
			const wait = FIRST_RETRY_MS * 2 ** retry;
			record.nextAttemptAt = new Date(this.clock.now() + this.clock.real(wait)).toISOString();
			this.clock.after(wait, () => void this.attempt(target, parcel, record, body, retry + 1));
		}
		this.bus.emit({ topic: 'delivery', id: record.id });
		parcel.attempted?.(delivered);
	}
}
