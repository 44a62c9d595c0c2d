import { ConvoflowError, regroupSeries, timeOfX, type SeriesAnswer } from '@convoflow/client';
import { dateOf, localDay, mondayOf, startOfDay, type Period } from './period';

const HOUR_MS = 3_600_000;

/** Whether a zone is UTC by another name or its own. */
function isUtc(zone: string): boolean {
	return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone === 'UTC';
}

/**
 * Whether days or weeks must be summed from hours: outside UTC, since Chatlayer's days are taken to be those of
 * UTC (Chatlayer reference §8, [inferred]), and for a single day, since a bucket must be smaller than its range.
 */
export function needsHours(bucket: string | undefined, zone: string, { startMs, endMs }: Period): boolean {
	if (bucket !== '1d' && bucket !== '1w') return false;
	return !isUtc(zone) || (bucket === '1d' && endMs - startMs <= 24 * HOUR_MS);
}

/**
 * Sums hours to the days or weeks of a zone. A day that the clocks change has 23 or 25 of them.
 * @param bucket `1d` or `1w`
 * @returns an answer of the same form, each x the date on which a day or week begins there
 * @throws CHATLAYER_HOURS_UNCLEAR when an x is no time, or an hour belongs to two days
 */
export function sumToDays(answer: SeriesAnswer, bucket: string, zone: string): SeriesAnswer {
	return regroupSeries(answer, (x) => {
		const time = timeOfX(x);
		if (time === null) throw unclear(zone);
		const startMs = Date.parse(time);
		const day = localDay(zone, startMs);
		if (localDay(zone, startMs + HOUR_MS - 1) !== day) throw unclear(zone);
		return dateOf(bucket === '1w' ? mondayOf(day) : day);
	});
}

function unclear(zone: string): ConvoflowError {
	return new ConvoflowError(
		'CHATLAYER_HOURS_UNCLEAR',
		`Chatlayer's hours cannot be summed to days of ${zone}: they do not begin with its days`,
		{ advice: 'Choose the time zone UTC, or the bucket Hour.' },
	);
}

/** The instant at which a date of `sumToDays` begins. */
export function timeOfDate(zone: string): (x: string | null) => string | null {
	return (x) =>
		x === null ? null : new Date(startOfDay(zone, Date.parse(x) / (24 * HOUR_MS))).toISOString();
}
