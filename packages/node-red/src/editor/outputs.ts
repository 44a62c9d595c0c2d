import type { OperationSpec } from './form-spec';

/** Number of ways out that an operation has with a value of its field. */
export function countOutputs(
	operation: OperationSpec | undefined,
	valueOf: (property: string) => string | undefined,
): number {
	const { outputs } = operation ?? {};
	return outputs && valueOf(outputs.property) === outputs.is ? outputs.count : 1;
}
