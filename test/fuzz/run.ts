import { Inputs } from './inputs';
import { SAMPLES } from './samples';
import { TARGETS, type Target } from './targets';

/** What came of a run. */
export interface FuzzResult {
	readonly seed: number;
	readonly inputs: number;
	readonly seconds: number;
	/** Inputs by target. */
	readonly tried: ReadonlyMap<string, number>;
	/** What broke, at most one of each target, with the number of its input. */
	readonly failures: readonly string[];
	/** Longest time that one input took, in ms, and where. */
	readonly slowest: { readonly ms: number; readonly target: string };
}

/** One input that takes this long, in ms, has hung, even on a busy machine. */
const HANG_MS = 5_000;

function drawn(inputs: Inputs): Target {
	const whole = TARGETS.reduce((sum, { weight }) => sum + weight, 0);
	let left = inputs.below(whole);
	const found = TARGETS.find(({ weight }) => (left -= weight) < 0);
	return found ?? (TARGETS[0] as Target);
}

const GLOBALS = [Object.prototype, Array.prototype, Function.prototype, String.prototype] as const;
export const shapes = (): string => GLOBALS.map((one) => Reflect.ownKeys(one).map(String).join()).join('|');

/** Tries the pure functions with inputs of a seed, and looks whether anything throws, hangs or changes prototypes. */
export async function fuzz(seed: number, count: number): Promise<FuzzResult> {
	const startedMs = performance.now();
	const inputs = new Inputs(seed, SAMPLES);
	const before = shapes();
	const tried = new Map<string, number>();
	const failures = new Map<string, string>();
	let slowest = { ms: 0, target: '' };
	for (let number = 0; number < count; number += 1) {
		const target = drawn(inputs);
		const { name } = target;
		tried.set(name, (tried.get(name) ?? 0) + 1);
		const sinceMs = performance.now();
		try {
			const work = target.run(inputs);
			if (work instanceof Promise) await work;
		} catch (error) {
			const words = error instanceof Error ? (error.stack ?? error.message) : String(error);
			if (!failures.has(name)) failures.set(name, `input ${number}, ${name}: ${words}`);
		}
		const ms = performance.now() - sinceMs;
		if (ms > slowest.ms) slowest = { ms, target: name };
	}
	if (slowest.ms > HANG_MS) failures.set('time', `${slowest.target} took ${slowest.ms} ms for one input`);
	if (shapes() !== before) failures.set('prototypes', 'a prototype was changed');
	return {
		seed,
		inputs: count,
		seconds: (performance.now() - startedMs) / 1_000,
		tried,
		failures: [...failures.values()],
		slowest,
	};
}
