import { setTimeout as sleep } from 'node:timers/promises';
import type { Red } from './red';

/** Tells whether the flows run, or are just being started or replaced by a deploy. */
export interface FlowsGate {
	/**
	 * Waits until the flows run.
	 * @returns false when they do not within `limitMs`
	 */
	untilRunning(limitMs: number): Promise<boolean>;
	/** Calls back when the flows run: now, or with the next start. @returns takes it back */
	onceRunning(run: () => void): () => void;
}

const gates = new WeakMap<object, FlowsGate>();

/**
 * The gate of a Node-RED. Between `flows:stopping` and `flows:started` a node that is looked up may be missing,
 * and a message may find the nodes behind it missing: what comes then has to wait.
 */
export function flowsGate({ events }: Red): FlowsGate {
	const known = gates.get(events);
	if (known) return known;
	let isRunning = false;
	const waiting = new Set<() => void>();
	const stop = (): void => {
		isRunning = false;
	};
	events.on('flows:stopping', stop);
	events.on('flows:starting', stop);
	events.on('flows:started', () => {
		isRunning = true;
		for (const run of waiting) run();
		waiting.clear();
	});
	const onceRunning: FlowsGate['onceRunning'] = (run) => {
		if (isRunning) {
			run();
			return () => undefined;
		}
		waiting.add(run);
		return () => void waiting.delete(run);
	};
	const gate: FlowsGate = {
		onceRunning,
		untilRunning: async (limitMs) => {
			if (isRunning) return true;
			const over = new AbortController();
			let takeBack = (): void => undefined;
			const running = new Promise<boolean>((resolve) => {
				takeBack = onceRunning(() => resolve(true));
			});
			const late = sleep(limitMs, false, { signal: over.signal, ref: false }).catch(() => false);
			const result = await Promise.race([running, late]);
			takeBack();
			over.abort();
			return result;
		},
	};
	gates.set(events, gate);
	return gate;
}
