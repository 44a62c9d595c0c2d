const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const WEEK_MS = 7 * DAY_MS;
/** A Monday, so that weeks are counted as ISO 8601 does. */
const MONDAY_MS = Date.UTC(1970, 0, 5);

/** Length of a bucket in ms; the shortest month for `1m`: a longer one is for the service to judge. */
const LENGTH_MS: Readonly<Record<string, number>> = {
	'1h': HOUR_MS,
	'1d': DAY_MS,
	'1w': WEEK_MS,
	'1m': 28 * DAY_MS,
};

/** Length of a bucket in ms; undefined for one that is not documented. */
export function bucketMs(bucket: string): number | undefined {
	return Object.hasOwn(LENGTH_MS, bucket) ? LENGTH_MS[bucket] : undefined;
}

/**
 * Points asked for at once; more are asked for in several calls. No limit is published (Chatlayer reference §11),
 * so this is a month of hours, which every dashboard shows.
 */
const MOST_POINTS = 750;

/** The last boundary of a bucket's unit at or before an instant: UTC day, ISO week or month. */
function boundaryBefore(instantMs: number, bucket: string): number {
	if (bucket === '1m') {
		const date = new Date(instantMs);
		return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1);
	}
	if (bucket === '1w') return Math.floor((instantMs - MONDAY_MS) / WEEK_MS) * WEEK_MS + MONDAY_MS;
	return Math.floor(instantMs / DAY_MS) * DAY_MS;
}

/**
 * Cuts a long range into pieces, at boundaries of its buckets only (UTC days, ISO weeks, months), so that no
 * bucket is torn. Every piece is longer than a bucket, as the service asks.
 * @param startMs inclusive
 * @param endMs exclusive
 * @returns one piece for a short range, or for a bucket that is not documented
 */
export function cutRange(
	startMs: number,
	endMs: number,
	bucket: string,
	mostPoints = MOST_POINTS,
): [number, number][] {
	const lengthMs = bucketMs(bucket);
	if (lengthMs === undefined) return [[startMs, endMs]];
	const mostMs = lengthMs * mostPoints;
	const pieces: [number, number][] = [];
	let at = startMs;
	while (endMs - at > mostMs) {
		let cut = boundaryBefore(at + mostMs, bucket);
		// What is left must be longer than a bucket too.
		if (endMs - cut <= lengthMs) cut = boundaryBefore(cut - 1, bucket);
		if (cut <= at) break;
		pieces.push([at, cut]);
		at = cut;
	}
	pieces.push([at, endMs]);
	return pieces;
}
