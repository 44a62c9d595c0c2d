/** What the demo does, in its order. */
export const STEPS = [
	'sent',
	'delivered',
	'reply via webhook',
	'reply via socket',
	'handover',
	'paused',
	'resumed',
	'messages',
	'conversations',
	'analytics',
] as const;

/** A step of the demo. */
export type StepName = (typeof STEPS)[number];

/** Does one step through the host and resolves with its figure or id; rejects with the reason. */
export type Step = (signal: AbortSignal) => Promise<string>;

/** A step that did not happen. */
export class StepError extends Error {
	constructor(step: StepName, reason: string) {
		super(`${step}: ${reason}`);
		this.name = 'StepError';
	}
}

/**
 * Runs the steps one after the other and prints a line for each.
 * @param limitMs time for one step, in ms
 * @throws StepError naming the step that did not happen in time, or its reason
 */
export async function runSteps(
	steps: Readonly<Record<StepName, Step>>,
	print: (line: string) => void,
	limitMs = 20_000,
): Promise<void> {
	for (const name of STEPS) {
		const limit = AbortSignal.timeout(limitMs);
		const late = new Promise<never>((_resolve, reject) => {
			limit.addEventListener('abort', () => reject(new Error(`did not happen within ${limitMs / 1000} s`)), {
				once: true,
			});
		});
		try {
			print(`${name.padEnd(18)} ${await Promise.race([steps[name](limit), late])}`);
		} catch (error) {
			throw new StepError(name, error instanceof Error ? error.message : String(error));
		}
	}
}
