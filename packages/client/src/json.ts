import type { JsonObject, JsonValue } from './ports';

/** True for a JSON object, false for arrays, null and the rest. */
export function isObject(value: JsonValue | undefined): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * The objects in an array; anything that is no object is left out, anything that is no array is empty. An array of
 * objects comes back as it is, not to be changed in place.
 */
export function objectsIn(value: JsonValue | undefined): JsonObject[] {
	if (!Array.isArray(value)) return [];
	return value.every(isObject) ? value : value.filter(isObject);
}

/** The value as text, or undefined when it is none. */
export function textOf(value: JsonValue | undefined): string | undefined {
	return typeof value === 'string' ? value : undefined;
}

/** A number, also when it came as a decimal string, as some gateways write 64-bit integers. */
export function numberOf(value: JsonValue | undefined): number | undefined {
	const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
	return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

/** Copies an object without its undefined members, so that they never travel as the word "undefined". */
export function defined(members: Readonly<Record<string, JsonValue | undefined>>): JsonObject {
	const kept: [string, JsonValue][] = [];
	for (const name of Object.keys(members)) {
		const value = members[name];
		if (value !== undefined) kept.push([name, value]);
	}
	return kept.length > 0 ? Object.fromEntries(kept) : {};
}
