import { objectsIn, textOf, type JsonObject } from '@convoflow/client';
import { timeOf, type LocalTime } from './local-time';

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;
const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
/** Days looked ahead for the next opening; a calendar that is closed for longer has none. */
const DAYS_AHEAD = 400;

/** A time during which a calendar is open, in ms of wall-clock time; its end is not part of it. */
interface Range {
	readonly from: number;
	readonly to: number;
}

/** Whether a calendar is open, and when that changes. Null is: not known, or never. */
export interface Opening {
	readonly isOpen: boolean | null;
	/** When it opens next, ISO in UTC; null while it is open. */
	readonly opensAt: string | null;
	/** When it closes, ISO in UTC; null while it is closed. */
	readonly closesAt: string | null;
	/** Name of today's holiday. */
	readonly holiday: string | null;
}

/** ms since midnight for `8:05`, which has no leading zero (001, Business hours), up to `24:00`. */
function timeOfDay(text: string | undefined): number | undefined {
	const [, hours, minutes] = /^(\d{1,2})[:.](\d{2})$/.exec(text?.trim() ?? '') ?? [];
	if (hours === undefined) return undefined;
	const time = (Number(hours) * 60 + Number(minutes)) * MINUTE;
	return Number(minutes) < 60 && time <= DAY ? time : undefined;
}

/** Ranges of a weekday in ms since its midnight; one that ends before it begins goes on past midnight. */
function rangesOf(calendar: JsonObject, weekday: number): Range[] {
	return objectsIn(calendar['weekdays'])
		.filter((day) => textOf(day['weekday'])?.trim().slice(0, 3).toLowerCase() === WEEKDAYS[weekday])
		.flatMap((day) => objectsIn(day['content']))
		.flatMap((range) => {
			const [from, to] = [timeOfDay(textOf(range['from'])), timeOfDay(textOf(range['to']))];
			if (from === undefined || to === undefined) return [];
			return [{ from, to: to > from ? to : to + DAY }];
		});
}

/** Holidays by the start of their local day. A date at midnight UTC is that date; any other is an instant. */
function holidaysOf(calendar: JsonObject, time: LocalTime): Map<number, string> {
	const holidays = new Map<number, string>();
	for (const { holiday, date } of objectsIn(calendar['holidays'])) {
		const at = Date.parse(textOf(date) ?? '');
		if (Number.isNaN(at)) continue;
		const local = at % DAY === 0 ? at : time.toLocal(at);
		holidays.set(Math.floor(local / DAY) * DAY, textOf(holiday) ?? '');
	}
	return holidays;
}

/** What is left of a range, which touches two days at most, when holidays are taken out. */
function withoutHolidays({ from, to }: Range, holidays: ReadonlyMap<number, string>): Range[] {
	const midnight = Math.floor(from / DAY) * DAY + DAY;
	return [
		{ from, to: Math.min(to, midnight) },
		{ from: midnight, to },
	].filter((part) => part.from < part.to && !holidays.has(Math.floor(part.from / DAY) * DAY));
}

/** The first range that ends after `now`, joined with those that follow without a gap. */
function nextRange(ranges: Iterable<Range>, now: number): Range | undefined {
	let found: Range | undefined;
	for (const range of ranges) {
		if (range.to <= now) continue;
		if (found && range.from > found.to) return found;
		found = found ? { from: found.from, to: Math.max(found.to, range.to) } : range;
	}
	return found;
}

/**
 * Tells whether a calendar of the business hours is open at a moment. 001, Business hours. Several ranges a
 * day, ranges past midnight and holidays, which are whole local days, are understood.
 * @param calendar `{label, timezone, weekdays: [{weekday, content: [{from, to}]}], holidays: [{holiday, date}]}`
 * @param atMs milliseconds since the epoch
 * @param timeZone IANA name; without it the offset in the calendar's own label counts
 * @returns only nulls when the calendar's offset cannot be read and no zone is given
 */
export function openingOf(calendar: JsonObject, atMs: number, timeZone?: string): Opening {
	const time = timeOf(textOf(calendar['timezone']) ?? '', timeZone);
	if (!time) return { isOpen: null, opensAt: null, closesAt: null, holiday: null };
	const now = time.toLocal(atMs);
	const today = Math.floor(now / DAY) * DAY;
	const holidays = holidaysOf(calendar, time);
	const holiday = holidays.get(today) ?? null;
	// Yesterday's last range may go on past midnight.
	const days = Array.from({ length: DAYS_AHEAD }, (_, index) => today + (index - 1) * DAY);
	const ranges = days.flatMap((day) =>
		rangesOf(calendar, new Date(day).getUTCDay())
			.map(({ from, to }) => ({ from: day + from, to: day + to }))
			.flatMap((range) => withoutHolidays(range, holidays)),
	);
	const range = nextRange(
		ranges.sort((one, other) => one.from - other.from),
		now,
	);
	const iso = (local: number): string => new Date(time.toInstant(local)).toISOString();
	if (!range) return { isOpen: false, opensAt: null, closesAt: null, holiday };
	if (range.from > now) return { isOpen: false, opensAt: iso(range.from), closesAt: null, holiday };
	// Open without a break as far as one can see: it does not close.
	const closes = range.to < (days.at(-1) ?? 0) ? iso(range.to) : null;
	return { isOpen: true, opensAt: null, closesAt: closes, holiday };
}
