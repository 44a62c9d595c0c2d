import type { Service } from '@convoflow/kit';

/** Where the table of operations goes in a package's README. */
const MARKER = '<!-- operations -->';

/**
 * The README of a tree: the package's own with the table of its operations, so that a new operation is
 * described without touching it.
 * @throws Error when the place for the table is missing
 */
export function readme(text: string, { displayName, resources }: Service): string {
	if (!text.includes(MARKER))
		throw new Error(`The README of ${displayName} has no place for its operations: ${MARKER}`);
	const rows = resources.flatMap((resource) =>
		resource.operations.map(
			(operation) => `| ${resource.displayName} | ${operation.displayName} | ${operation.description} |`,
		),
	);
	return text.replace(
		MARKER,
		['| Resource | Operation | What it does |', '| --- | --- | --- |', ...rows].join('\n'),
	);
}
