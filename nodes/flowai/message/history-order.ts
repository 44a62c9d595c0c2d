import { isObject, objectsIn, type JsonObject } from '@convoflow/client';

/** When an entry was written, in ms: its own date, else that of its first message, else none. */
function writtenAt(entry: JsonObject): number | undefined {
	const message = objectsIn(entry['messages'])[0] ?? {};
	const meta = isObject(message['meta']) ? message['meta'] : {};
	for (const value of [entry['createdAt'], message['createdAt'], meta['createdAt']]) {
		const at = typeof value === 'string' ? Date.parse(value) : value;
		if (typeof at === 'number' && Number.isFinite(at)) return at;
	}
	return undefined;
}

/**
 * Puts the entries of a whole history into order. How the service orders them is not stated (Flow.ai reference
 * §2.3), so they are sorted by their dates; an entry without one stays beside the entry before it in time,
 * and entries of the same moment keep the order in which they were told. Without any date nothing moves.
 */
export function inOrder(entries: readonly JsonObject[], order: 'newest' | 'oldest'): JsonObject[] {
	const known = entries.map(writtenAt).filter((time) => time !== undefined);
	const [first, final] = [known[0], known.at(-1)];
	if (first === undefined || final === undefined) return [...entries];
	const told = first > final ? entries.toReversed() : entries;
	let last = -Infinity;
	const dated = told.map((entry) => {
		last = writtenAt(entry) ?? last;
		return { entry, at: last };
	});
	// -Infinity less itself is no number.
	const oldest = dated
		.toSorted((one, other) => (one.at === other.at ? 0 : one.at - other.at))
		.map(({ entry }) => entry);
	return order === 'oldest' ? oldest : oldest.toReversed();
}
