import type { Operation } from '@convoflow/kit';

/** Fields that choose the form of the rows. */
const SHAPING = ['simplify', 'output'];

/**
 * Whether rows come in the form that the operation's output schema describes: simplified, and not as a table, a
 * summary or as the service sent them.
 * @param input values by field; what is absent has its default
 */
export function hasDefaultForm(
	{ fields, isFreeForm }: Operation,
	input: Readonly<Record<string, unknown>>,
): boolean {
	if (isFreeForm) return false;
	return SHAPING.every((name) => {
		const standard = name === 'simplify' ? true : fields[name]?.default;
		return input[name] === undefined || input[name] === standard;
	});
}
