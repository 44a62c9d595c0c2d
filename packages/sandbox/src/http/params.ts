import { badRequest } from './errors';

/** One query parameter as text; the first value when it is repeated. */
export function text(query: unknown, name: string): string | undefined {
	const value = (query as Record<string, unknown>)[name];
	const first: unknown = Array.isArray(value) ? value[0] : value;
	return typeof first === 'string' && first !== '' ? first : undefined;
}

/**
 * One whole number from the query.
 * @throws HttpError 400 naming the parameter when it is no whole number in the range
 */
export function integer(query: unknown, name: string, fallback: number, low: number, high = 1e9): number {
	const value = text(query, name);
	if (value === undefined) return fallback;
	const number = Number(value);
	if (!/^\d+$/.test(value) || number < low) throw badRequest(`${name} must be a whole number from ${low}`);
	return Math.min(number, high);
}

/**
 * An ISO 8601 date or date-time from the query, in milliseconds. A plain date means its start (UTC).
 * @throws HttpError 400 naming the parameter
 */
export function time(query: unknown, name: string): number | undefined {
	const value = text(query, name);
	return value === undefined ? undefined : parseTime(value, name);
}

export function parseTime(value: string, name: string): number {
	const zoned = /T.*(Z|[+-]\d\d:?\d\d)$/i.test(value) || !value.includes('T') ? value : `${value}Z`;
	const ms = /^\d{4}-\d\d(-\d\d)?/.test(value) ? Date.parse(zoned) : NaN;
	if (Number.isNaN(ms)) throw badRequest(`${name} must be an ISO 8601 date or date-time`);
	return ms;
}

/** All values of a filter: repeated keys, `key[0]=`, or one comma-separated value (Chatlayer reference §11). */
export function list(query: unknown, name: string): string[] {
	const values: string[] = [];
	for (const [key, value] of Object.entries(query as Record<string, unknown>)) {
		if (key !== name && !(key.startsWith(`${name}[`) && key.endsWith(']'))) continue;
		for (const item of Array.isArray(value) ? (value as unknown[]) : [value]) {
			if (typeof item === 'string') values.push(...item.split(','));
		}
	}
	return values.map((value) => value.trim()).filter((value) => value !== '');
}
