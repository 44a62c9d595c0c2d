import type { JsonObject, JsonValue } from '@convoflow/client';

/** The part of JSON Schema that n8n reads for an operation's output. */
export interface Schema {
	type: string | string[];
	properties?: Record<string, Schema>;
	items?: Schema;
}

function typeOf(value: JsonValue): string {
	if (value === null) return 'null';
	if (Array.isArray(value)) return 'array';
	if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
	return typeof value;
}

/** The type of several values in which an integer counts as a number beside numbers that are none. */
function typesOf(values: readonly JsonValue[]): string | string[] {
	const types = new Set(values.map(typeOf));
	if (types.has('number')) types.delete('integer');
	const [first, ...others] = [...types].sort();
	return first === undefined ? 'null' : others.length > 0 ? [first, ...others] : first;
}

function isObject(value: JsonValue): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function schemaOf(values: readonly JsonValue[]): Schema {
	const objects = values.filter(isObject);
	const items = values.filter(Array.isArray).flat();
	const names = [...new Set(objects.flatMap((one) => Object.keys(one)))];
	const valuesOf = (name: string): JsonValue[] =>
		objects.map((one) => one[name]).filter((value): value is JsonValue => value !== undefined);
	return {
		type: typesOf(values),
		...(objects.length > 0
			? { properties: Object.fromEntries(names.map((name) => [name, schemaOf(valuesOf(name))])) }
			: {}),
		...(items.length > 0 ? { items: schemaOf(items) } : {}),
	};
}

type VersionedSchema = Schema & { version: number };

/** The schema of an operation's items, from recorded ones. */
export function outputSchema(sample: JsonValue): VersionedSchema {
	return { ...schemaOf(Array.isArray(sample) ? sample : [sample]), version: 1 };
}

/**
 * The same for rows whose members are there also when the service does not tell them: null then, as in simplified
 * rows and in events of a kind that knows nothing of them.
 * @param sure a member that always has a value
 */
export function flatSchema(sample: JsonValue, sure?: string): VersionedSchema {
	const schema = outputSchema(sample);
	for (const [name, member] of Object.entries(schema.properties ?? {}))
		if (name !== sure) member.type = [...new Set([member.type, 'null'].flat())];
	return schema;
}
