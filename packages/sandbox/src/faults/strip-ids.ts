import { isObject } from '../json';

const ID_FIELDS = new Set([
	'activityId',
	'msgId',
	'prevMsgId',
	'childMsgId',
	'prevChildMsgId',
	'interactionId',
	'traceId',
]);

/** A copy of a body in which no message carries an id; a `meta` left empty goes too. */
export function withoutIds(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(withoutIds);
	if (!isObject(value)) return value;
	const result: Record<string, unknown> = {};
	for (const [key, item] of Object.entries(value)) {
		if (ID_FIELDS.has(key)) continue;
		const kept = withoutIds(item);
		if (key === 'meta' && isObject(kept) && !('createdAt' in kept)) continue;
		result[key] = kept;
	}
	return result;
}
