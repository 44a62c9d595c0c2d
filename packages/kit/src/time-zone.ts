type Parts = [year: number, month: number, day: number, hour: number, minute: number, second: number];

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
	const known = formats.get(timeZone);
	if (known) return known;
	// Swedish writes a date as ISO does.
	const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
	formats.set(timeZone, format);
	return format;
}

/** Whether this machine knows an IANA zone. */
export function isTimeZone(timeZone: string): boolean {
	try {
		formatOf(timeZone);
		return true;
	} catch {
		return false;
	}
}

/**
 * Wall-clock time of a zone at an instant, counted as if it were UTC; both in ms.
 * @param timeZone IANA name
 */
export function toLocal(timeZone: string, instantMs: number): number {
	const second = Math.floor(instantMs / 1_000) * 1_000;
	const [year, month, day, hour, minute, secondOfMinute] = formatOf(timeZone)
		.format(second)
		.split(/\D+/)
		.map(Number) as Parts;
	// Neither Date.parse nor Date.UTC reads every year that the format writes (99, 900, 10000).
	const local = new Date(0);
	local.setUTCFullYear(year, month - 1, day);
	local.setUTCHours(hour, minute, secondOfMinute);
	return local.getTime() + (instantMs - second);
}

/**
 * The instant of a wall-clock time, which is counted as if it were UTC; both in ms. A time that the clocks skip
 * is taken as if they had not been moved yet.
 * @param timeZone IANA name
 */
export function toInstant(timeZone: string, localMs: number): number {
	const offsetAt = (instantMs: number): number => toLocal(timeZone, instantMs) - instantMs;
	// The offset is that of the instant itself, which is found from the offset: two rounds settle it.
	const first = offsetAt(localMs - offsetAt(localMs));
	const second = offsetAt(localMs - first);
	return localMs - Math.min(first, second);
}
