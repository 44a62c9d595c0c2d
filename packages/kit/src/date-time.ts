import { toInstant } from './time-zone';

const ISO =
	/^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*(Z|[+-]\d{2}(?::?\d{2})?)?)?$/i;

/**
 * Reads an ISO 8601 date or date-time. A plain date stays as it is, a date-time becomes UTC with
 * milliseconds and `Z`; one without a zone is read in `timeZone`, or has milliseconds and no `Z` where none is given.
 * @param timeZone IANA name
 * @returns undefined when the text is no such date
 */
export function readDateTime(text: string, timeZone: string | undefined): string | undefined {
	const match = ISO.exec(text.trim());
	if (!match) return undefined;
	const [, year, month, day, hour, minute, second = '0', fraction = '0', zone] = match;
	const ms = Math.floor(Number(`0.${fraction}`) * 1000);
	const local = Date.UTC(
		Number(year),
		Number(month) - 1,
		Number(day),
		Number(hour ?? 0),
		Number(minute ?? 0),
		Number(second),
		ms,
	);
	const date = new Date(local);
	const isReal =
		// Date.UTC takes the years 0 to 99 for 1900 to 1999.
		date.getUTCFullYear() === Number(year) &&
		date.getUTCMonth() === Number(month) - 1 &&
		date.getUTCDate() === Number(day) &&
		Number(hour ?? 0) < 24 &&
		Number(minute ?? 0) < 60 &&
		Number(second) < 60;
	if (!isReal) return undefined;
	if (hour === undefined) return `${year}-${month}-${day}`;
	if (zone === undefined)
		return timeZone === undefined
			? date.toISOString().slice(0, -1)
			: new Date(toInstant(timeZone, local)).toISOString();
	if (zone.toUpperCase() === 'Z') return date.toISOString();
	const digits = zone.replace(':', '');
	const [hours, rest] = [Number(digits.slice(1, 3)), Number(digits.slice(3, 5))];
	if (hours > 23 || rest > 59) return undefined;
	const minutes = hours * 60 + rest;
	return new Date(local - (digits.startsWith('-') ? -1 : 1) * minutes * 60_000).toISOString();
}
