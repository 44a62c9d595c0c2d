/** A parsed JSON object of unknown shape. */
export type JsonObject = Record<string, unknown>;

/** True for a plain JSON object (no array, no null). */
export function isObject(value: unknown): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value as an object, or an empty one. */
export function asObject(value: unknown): JsonObject {
	return isObject(value) ? value : {};
}

/** The value if it is a string, else undefined. */
export function asString(value: unknown): string | undefined {
	return typeof value === 'string' ? value : undefined;
}

/** Parses JSON without throwing. */
export function parseJson(text: string): { ok: true; value: unknown } | { ok: false } {
	try {
		return { ok: true, value: JSON.parse(text) as unknown };
	} catch {
		return { ok: false };
	}
}

/** The text of anything thrown. */
export function messageOf(error: unknown): string {
	return asString(asObject(error)['message']) ?? String(error);
}
