import { ConvoflowError, isObject, type JsonObject, type JsonValue } from '@convoflow/client';
import type { Message } from './red';

/**
 * The items of a message, for an operation that takes all at once: the objects of `msg.payload`, or the one
 * that it is.
 * @throws CONVOFLOW_INVALID_INPUT when it holds anything else
 */
export function itemsOf({ payload }: Message): JsonObject[] {
	const all: unknown[] = Array.isArray(payload) ? payload : [payload];
	const items = all.filter((one): one is JsonObject => isObject(one as JsonValue));
	if (items.length === all.length) return items;
	throw new ConvoflowError(
		'CONVOFLOW_INVALID_INPUT',
		'msg.payload must be an object or an array of objects',
		{
			field: 'payload',
			advice: 'Change the node before this one, for example with a Join or a Change node. Nothing was sent.',
		},
	);
}
