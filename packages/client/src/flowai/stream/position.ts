import { isObject, objectsIn, textOf } from '../../json';
import type { JsonValue } from '../../ports';
import type { KnownMessage } from './thread-memory';

/**
 * How far a thread was put out. Whoever keeps it lets a later process go on from there: what came meanwhile is then
 * recovered like anything missed between two connections. JSON, of up to 50 messages without a word of theirs.
 */
export interface StreamPosition {
	/** Until then surely nothing is missing, in ms since the epoch. */
	readonly untilMs: number;
	/** The newest messages that are known, oldest first. */
	readonly known: readonly KnownMessage[];
}

/** Reads a position that was stored as JSON. What is none is undefined, and the stream then begins anew. */
export function readPosition(stored: JsonValue | undefined): StreamPosition | undefined {
	if (!isObject(stored) || typeof stored['untilMs'] !== 'number') return undefined;
	const known = objectsIn(stored['known']).flatMap((one): KnownMessage[] => {
		const { atMs, print, isHeard } = one;
		if (typeof print !== 'number') return [];
		const at = typeof atMs === 'number' ? atMs : undefined;
		return [{ id: textOf(one['id']), atMs: at, print, isHeard: isHeard !== false }];
	});
	return { untilMs: stored['untilMs'], known };
}
