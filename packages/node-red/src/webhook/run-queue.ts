import { flowsGate, type FlowsGate } from '../runtime/flows-gate';
import type { Red } from '../runtime/red';

/** Acknowledged events that may wait for their turn. */
const MAX_WAITING = 10_000;

/** Flows started in one turn at most. */
const MOST_A_TURN = 64;
/** Flows whose first nodes keep the processor longer than this in a turn, together, are started one a turn, in ms. */
const LONG_MS = 2;

/**
 * Starts flows in turns, so that calls which have come in the meantime are answered in between. A turn starts one
 * flow, and more the less the flows do: what they do with the processor keeps an answer waiting for one event, or for
 * about two milliseconds. Stands still during a deploy.
 */
export class RunQueue {
	readonly #gate: FlowsGate;
	readonly #waiting: (() => void)[] = [];
	#isRunning = false;
	#size = 1;
	/** When the nodes behind the flows of the last turn began to work. */
	#beganMs = 0;

	constructor(red: Red) {
		this.#gate = flowsGate(red);
	}

	/** True when no more events should be acknowledged. */
	get isFull(): boolean {
		return this.#waiting.length >= MAX_WAITING;
	}

	/** Adds the start of a flow, which reports its own faults. */
	add(run: () => void): void {
		this.#waiting.push(run);
		if (this.#isRunning) return;
		this.#isRunning = true;
		setImmediate(() => this.#next());
	}

	#next(): void {
		this.#gate.onceRunning(() => {
			const isShort = performance.now() - this.#beganMs < LONG_MS;
			this.#size = isShort ? Math.min(2 * this.#size, MOST_A_TURN) : 1;
			// Node-RED hands messages on in the next turn, in this order: the note first, then the nodes, then `next`.
			setImmediate(() => (this.#beganMs = performance.now()));
			for (let count = 0; count < this.#size && this.#waiting.length > 0; count += 1) this.#runOne();
			this.#isRunning = this.#waiting.length > 0;
			if (this.#isRunning) setImmediate(() => this.#next());
		});
	}

	#runOne(): void {
		try {
			this.#waiting.shift()?.();
		} catch {
			// Whoever starts a flow has reported it; nothing here may end Node-RED.
		}
	}
}
