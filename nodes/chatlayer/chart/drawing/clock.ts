import { toLocal } from '@convoflow/kit';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const DAY_MS = 86_400_000;

/** A moment as a clock on the wall of a zone shows it. */
export interface WallTime {
	readonly year: number;
	readonly month: string;
	readonly day: number;
	/** `HH:mm`. */
	readonly time: string;
	readonly isMidnight: boolean;
	readonly isFirstOfMonth: boolean;
	readonly isFirstOfYear: boolean;
}

/** What the clocks of a zone show at an instant in ms. */
export function wallTime(zone: string, instantMs: number): WallTime {
	const date = new Date(toLocal(zone, instantMs));
	const isMidnight = date.getTime() % DAY_MS === 0;
	const isFirstOfMonth = isMidnight && date.getUTCDate() === 1;
	return {
		year: date.getUTCFullYear(),
		month: MONTHS[date.getUTCMonth()] ?? '',
		day: date.getUTCDate(),
		time: date.toISOString().slice(11, 16),
		isMidnight,
		isFirstOfMonth,
		isFirstOfYear: isFirstOfMonth && date.getUTCMonth() === 0,
	};
}

/** A moment for people, e.g. `1 Mar 2026` or `1 Mar 2026, 14:00`. */
export function momentText(zone: string, instantMs: number, hasClock: boolean): string {
	const { day, month, year, time } = wallTime(zone, instantMs);
	return `${day} ${month} ${year}${hasClock ? `, ${time}` : ''}`;
}

/** Whether any of the moments is another one than midnight. */
export function hasClockTimes(zone: string, instants: readonly number[]): boolean {
	return instants.some((instant) => !wallTime(zone, instant).isMidnight);
}
