import {
	summaryRows,
	tableRows,
	tidyRows,
	timeOfX,
	type JsonObject,
	type SeriesAnswer,
} from '@convoflow/client';
import type { RunContext } from '@convoflow/kit';
import { needsHours, sumToDays, timeOfDate } from './local-days';
import {
	asRange,
	checkBucket,
	periodBefore,
	readPeriod,
	zoneOf,
	type Period,
	type PeriodInput,
} from './period';

/** A series as the form asks for it. */
export interface ReportInput extends PeriodInput {
	/** `none` leaves it to the service. */
	readonly bucket?: string;
	readonly output: string;
}

/** What the client is asked for. */
export interface Asked {
	readonly startTime: string;
	readonly endTime: string;
	readonly bucket: string | undefined;
	readonly signal: AbortSignal;
}

/**
 * Reads a series and gives it the chosen form. This is `run` of every operation that counts over time.
 * @param ask the one call of the client
 * @param options `sums`: hours add up to days, so that days of any zone can be counted
 * @throws CONVOFLOW_INVALID_INPUT (startTime, timeZone, bucket) before anything is sent, CHATLAYER_HOURS_UNCLEAR
 */
export async function report(
	input: ReportInput,
	{ now, signal }: Pick<RunContext, 'now' | 'signal'>,
	ask: (asked: Asked) => Promise<SeriesAnswer>,
	{ sums = false }: { readonly sums?: boolean } = {},
): Promise<JsonObject[]> {
	const zone = zoneOf(input);
	const period = readPeriod(input, now());
	const bucket = input.bucket === 'none' ? undefined : input.bucket;
	const isCustom = input.period === 'custom';
	// A day that the user did not measure out is never too short for its bucket.
	const byHours = sums && needsHours(bucket, zone, period);
	checkBucket(period, byHours && !isCustom && bucket === '1d' ? '1h' : bucket);

	const read = async (one: Period): Promise<SeriesAnswer> => {
		const answer = await ask({ ...asRange(one), bucket: byHours ? '1h' : bucket, signal });
		return byHours && bucket !== undefined ? sumToDays(answer, bucket, zone) : answer;
	};
	const answer = await read(period);
	switch (input.output) {
		case 'raw':
			return [answer];
		case 'table':
			return tableRows(answer);
		case 'summary':
			return summaryRows(answer, await read(periodBefore(period, zone)));
		default:
			return tidyRows(answer, byHours ? timeOfDate(zone) : timeOfX);
	}
}
