import { flowsGate, type FlowsGate } from '../runtime/flows-gate';
import type { Red } from '../runtime/red';

/** Acknowledged events that may wait for their turn. */
const MAX_WAITING = 10_000;

/** Time in which flows are started before calls that have come in the meantime are answered, in ms. */
const TURN_MS = 1;

/**
 * Starts flows one after the other, a millisecond at a time, so that calls which have come in the meantime are
 * answered in between: what a flow does with the processor keeps an answer waiting for one event at most. Stands
 * still during a deploy.
 */
export class RunQueue {
	readonly #gate: FlowsGate;
	readonly #waiting: (() => void)[] = [];
	#isRunning = false;

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
			const untilMs = performance.now() + TURN_MS;
			do this.#runOne();
			while (this.#waiting.length > 0 && performance.now() < untilMs);
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
