import { bucketMs, invalidInput } from '@convoflow/client';
import { isTimeZone, toInstant, toLocal } from '@convoflow/kit';

const DAY_MS = 86_400_000;
/** A Monday, so that weeks are counted as ISO 8601 does. */
const MONDAY = 4;

/** A time range as the form has it. */
export interface PeriodInput {
	readonly period: string;
	readonly startTime?: string;
	readonly endTime?: string;
	/** IANA name; UTC where the form has none. */
	readonly timeZone?: string;
}

/** A time range: start inclusive, end exclusive, in ms since the epoch. */
export interface Period {
	readonly startMs: number;
	readonly endMs: number;
}

/** Number of the day, counted from 1970, that a clock in the zone shows at an instant. */
export function localDay(zone: string, instantMs: number): number {
	return Math.floor(toLocal(zone, instantMs) / DAY_MS);
}

/** The instant at which a day begins in the zone. */
export function startOfDay(zone: string, day: number): number {
	return toInstant(zone, day * DAY_MS);
}

/** The Monday of the week that a day belongs to. */
export function mondayOf(day: number): number {
	return Math.floor((day - MONDAY) / 7) * 7 + MONDAY;
}

/** The date of a day, e.g. `2026-03-01`. */
export function dateOf(day: number): string {
	return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/** The zone of a form. @throws CONVOFLOW_INVALID_INPUT (timeZone) */
export function zoneOf({ timeZone = 'UTC' }: { readonly timeZone?: string }): string {
	const zone = timeZone.trim();
	if (isTimeZone(zone)) return zone;
	throw invalidInput('timeZone', 'Time Zone', 'must be an IANA name like Europe/Stockholm');
}

/**
 * The time range that a form means.
 * @param nowMs in ms since the epoch
 * @throws CONVOFLOW_INVALID_INPUT (timeZone, startTime)
 */
export function readPeriod(input: PeriodInput, nowMs: number): Period {
	const zone = zoneOf(input);
	const today = localDay(zone, nowMs);
	const days = (from: number, to: number): Period => ({
		startMs: startOfDay(zone, from),
		endMs: startOfDay(zone, to),
	});
	switch (input.period) {
		case 'yesterday':
			return days(today - 1, today);
		case 'last7Days':
			return days(today - 7, today);
		case 'thisMonth':
			return days(today + 1 - Number(dateOf(today).slice(8)), today + 1);
		default: {
			const [startMs, endMs] = [instantOf(input.startTime, zone), instantOf(input.endTime, zone)];
			if (!(startMs < endMs)) throw invalidInput('startTime', 'Start', 'must be earlier than End');
			return { startMs, endMs };
		}
	}
}

/** The instant of a checked date or date-time: a date is its midnight in the zone, a time without a zone is one there. */
function instantOf(text = '', zone: string): number {
	if (text.endsWith('Z')) return Date.parse(text);
	return toInstant(zone, Date.parse(text.length === 10 ? text : `${text}Z`));
}

/** The period of equal length that ends where this one starts: by days where it is whole days of the zone. */
export function periodBefore({ startMs, endMs }: Period, zone: string): Period {
	const [first, last] = [localDay(zone, startMs), localDay(zone, endMs)];
	const isDays = startOfDay(zone, first) === startMs && startOfDay(zone, last) === endMs;
	const before = isDays ? startOfDay(zone, first - (last - first)) : startMs - (endMs - startMs);
	return { startMs: before, endMs: startMs };
}

/** A period as the client takes it. */
export function asRange({ startMs, endMs }: Period): { startTime: string; endTime: string } {
	return { startTime: new Date(startMs).toISOString(), endTime: new Date(endMs).toISOString() };
}

/**
 * Checks that a bucket is smaller than its range (Chatlayer reference §3).
 * @throws CONVOFLOW_INVALID_INPUT (bucket)
 */
export function checkBucket({ startMs, endMs }: Period, bucket: string | undefined): void {
	const lengthMs = bucket === undefined ? undefined : bucketMs(bucket);
	if (lengthMs !== undefined && lengthMs >= endMs - startMs)
		throw invalidInput('bucket', 'Bucket', 'must be smaller than the time range');
}
