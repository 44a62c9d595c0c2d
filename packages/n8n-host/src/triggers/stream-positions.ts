import { readPosition, type JsonObject, type StreamPosition, type ThreadLease } from '@convoflow/client';
import type { IDataObject, ITriggerFunctions } from 'n8n-workflow';

/** Where n8n's static data keeps how far the threads of a node were handed on. */
const THREADS = 'threads';

/**
 * How far each thread was handed to n8n, in the workflow's static data, which n8n saves with every run that it starts
 * and once the workflow is active. A test has none: n8n saves nothing of it.
 */
export class StreamPositions {
	readonly #memory: IDataObject;
	readonly #positions = new Map<string, StreamPosition>();

	/** @param threads those that are listened to now; what is known of others is forgotten */
	constructor(context: ITriggerFunctions, threads: readonly string[]) {
		this.#memory = context.getMode() === 'manual' ? {} : context.getWorkflowStaticData('node');
		// Through JSON, since what n8n hands out notes every change made to it.
		const stored = JSON.parse(JSON.stringify(this.#memory[THREADS] ?? {})) as JsonObject;
		for (const thread of threads) {
			const position = Object.hasOwn(stored, thread) ? readPosition(stored[thread]) : undefined;
			if (position) this.#positions.set(thread, position);
		}
	}

	/** Where an earlier process ended, or this one stands. */
	of(threadId: string): StreamPosition | undefined {
		return this.#positions.get(threadId);
	}

	/** Keeps how far a thread was handed on; to be called before the event at hand is. */
	keep({ threadId, position }: ThreadLease): void {
		if (!position) return;
		this.#positions.set(threadId, position);
		this.#memory[THREADS] = Object.fromEntries(this.#positions);
	}
}
