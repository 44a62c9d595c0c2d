import { isConvoflowError, type JsonValue, type PushCall } from '@convoflow/client';
import { WEBHOOK_ROUTE } from '../model/webhook';
import type { Red } from '../runtime/red';
import { RunQueue } from './run-queue';
import { refusal, WebhookRoute, type WebhookAnswer, type WebhookListener } from './router';

/** An event that a node has taken in. */
export interface Taken {
	/** Starts the flow; called once the answer is on its way. */
	readonly run: () => void;
	/** Forgets the event: another node could not take it, so the caller will come again. */
	readonly undo: () => void;
}

/** A node that starts flows with events. */
export interface EventListener extends WebhookListener {
	/**
	 * Takes an event in; what has to be on disk before the answer is there when it resolves.
	 * @throws when it cannot be kept
	 */
	take(body: JsonValue, call: PushCall): Promise<Taken>;
}

/** Asks for a repeat after so many seconds when an event could not be kept. */
const RETRY_AFTER_S = 10;

const queues = new WeakMap<object, RunQueue>();

function queueOf(red: Red): RunQueue {
	const queue = queues.get(red.events) ?? new RunQueue(red);
	queues.set(red.events, queue);
	return queue;
}

/** All nodes take the event or none does: a repeat must not double it for those that could. */
export async function takeEvent(
	accepting: readonly EventListener[],
	body: JsonValue,
	red: Red,
	call: PushCall,
): Promise<WebhookAnswer> {
	const queue = queueOf(red);
	if (queue.isFull) return refusal(503, 'Too many events wait for their flows', RETRY_AFTER_S);
	const results = await Promise.allSettled(
		accepting.map(async (listener) => await listener.take(body, call)),
	);
	const failures = results.flatMap((result, index) => {
		if (result.status === 'fulfilled') return [];
		accepting[index]?.report(result.reason);
		return [result.reason as unknown];
	});
	const taken = results.flatMap((result, index) =>
		result.status === 'fulfilled' ? [{ listener: accepting[index], event: result.value }] : [],
	);
	if (failures.length > 0) {
		for (const { event } of taken) event.undo();
		const [failure] = failures;
		return refusal(
			503,
			isConvoflowError(failure) ? failure.message : 'The event could not be kept',
			RETRY_AFTER_S,
		);
	}
	return {
		status: 200,
		body: { status: 'ok' },
		afterwards: () => {
			for (const { listener, event } of taken) {
				queue.add(() => {
					// What goes wrong in one node is told there and keeps the event from no other.
					try {
						event.run();
					} catch (error) {
						listener?.report(error);
					}
				});
			}
		},
	};
}

/** The address at which Flow.ai delivers events. It keeps one per integration, so nodes share it. */
export const eventRoute = new WebhookRoute<EventListener>(WEBHOOK_ROUTE, takeEvent);
