import { ConvoflowError } from '@convoflow/client';
import type { FieldMap } from '@convoflow/kit';
import { DYNAMIC_TYPES, propertyOf, typePropertyOf } from '../model/names';
import type { Message, NodeConfig, Red, RedNode } from './red';

/** Raw values by field, with the source of each that is no literal. */
export interface Sources {
	readonly raw: Record<string, unknown>;
	readonly origins: Map<string, string>;
}

const IS_DYNAMIC: ReadonlySet<unknown> = new Set(DYNAMIC_TYPES);

function describe(type: string, value: string): string {
	switch (type) {
		case 'jsonata':
			return 'an expression';
		case 'env':
			return `the environment variable ${value}`;
		default:
			return `${type}.${value}`;
	}
}

/** The callback form: JSONata needs it, and some types throw at once all the same. */
function evaluate(red: Red, node: RedNode, value: string, type: string, message: Message): Promise<unknown> {
	return new Promise((resolve, reject) => {
		red.util.evaluateNodeProperty(value, type, node, message, (error, result) => {
			if (error) reject(error);
			else resolve(result);
		});
	});
}

/**
 * Collects the raw value of every field from where the form says. A field that the node does not store at all,
 * as in a flow made by hand, is read from its default source.
 * @throws CONVOFLOW_INVALID_INPUT when a source cannot be read
 */
export async function readSources(
	red: Red,
	node: RedNode,
	config: NodeConfig,
	fields: FieldMap,
	message: Message,
): Promise<Sources> {
	const sources: Sources = { raw: {}, origins: new Map() };
	for (const [name, field] of Object.entries(fields)) {
		const stored = config[propertyOf(name)];
		const storedType = config[typePropertyOf(name)];
		const isStored = stored !== undefined || storedType !== undefined;
		const value = isStored ? stored : field.from;
		const type = isStored ? storedType : 'msg';
		if (!IS_DYNAMIC.has(type)) {
			sources.raw[name] = value;
			continue;
		}
		if (typeof value !== 'string' || typeof type !== 'string' || value === '') continue;
		const origin = describe(type, value);
		sources.origins.set(name, origin);
		try {
			sources.raw[name] = await evaluate(red, node, value, type, message);
		} catch (error) {
			const words = error instanceof Error ? error.message : String(error);
			throw new ConvoflowError(
				'CONVOFLOW_INVALID_INPUT',
				`${field.label} could not be read from ${origin}: ${words}`,
				{
					field: name,
					advice: `Open the node and correct the field "${field.label}". Nothing was sent.`,
				},
			);
		}
	}
	return sources;
}
