import { isTimeZone, toInstant, toLocal } from '@convoflow/kit';

/** Turns instants into wall-clock time of one place and back; both in ms, wall-clock time counted as if it were UTC. */
export interface LocalTime {
	toLocal(instantMs: number): number;
	toInstant(localMs: number): number;
}

/** Wall-clock time at a fixed distance from UTC. */
function fixed(offsetMs: number): LocalTime {
	return { toLocal: (instant) => instant + offsetMs, toInstant: (local) => local - offsetMs };
}

/** Wall-clock time of an IANA zone. */
function zoned(timeZone: string): LocalTime {
	return {
		toLocal: (instant) => toLocal(timeZone, instant),
		toInstant: (local) => toInstant(timeZone, local),
	};
}

/**
 * The time of a calendar: of the IANA zone where one is given, else by the offset in its label, such as
 * `(UTC+03:00) Minsk` (001, Business hours; the label holds no IANA name, Flow.ai reference §2.3). `UTF` is how
 * the documents misspell UTC (§9).
 * @returns undefined when neither tells the time
 */
export function timeOf(label: string, timeZone: string | undefined): LocalTime | undefined {
	if (timeZone !== undefined) return isTimeZone(timeZone) ? zoned(timeZone) : undefined;
	const match = /\bUT[CF](?:\s*([+\u2212-])\s*(\d{1,2})(?::?(\d{2}))?)?/i.exec(label);
	if (!match) return undefined;
	const [, sign, hours = '0', minutes = '0'] = match;
	return fixed(
		(sign === undefined || sign === '+' ? 1 : -1) * (Number(hours) * 60 + Number(minutes)) * 60_000,
	);
}
