import type { JsonObject } from '@convoflow/client';
import type { Input, Operation } from './operation';

/**
 * What an operation made, by the way out that each row takes: as many lists as the node has ways out with this
 * input, in their order.
 * @param input made by `readInput`
 * @param made rows, or what holds one
 * @param rowOf the row in it
 */
export function byOutput<T>(
	{ outputs }: Operation,
	input: Input,
	made: readonly T[],
	rowOf: (one: T) => JsonObject,
): T[][] {
	if (!outputs || input[outputs.when.field] !== outputs.when.is) return [[...made]];
	return outputs.labels.map((_label, way) => made.filter((one) => outputs.of(rowOf(one), input) === way));
}
