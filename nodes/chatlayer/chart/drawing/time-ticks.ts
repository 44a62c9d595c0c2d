import { toInstant, toLocal } from '@convoflow/kit';
import { utcTicks } from 'd3-time';
import { wallTime, type WallTime } from './clock';
import { textWidth } from './text-width';
import { SIZE } from './style';

/** A label below the axis. */
export interface Tick {
	/** Place on the axis, in pixels of the picture. */
	readonly x: number;
	readonly label: string;
	/** Second line: the day or the year, where it changes. */
	readonly below?: string;
}

/** Up to this many moments labels stand at moments of the data, above at round ones. */
const FEW = 62;
/** Pixels for one label and the room around it. */
const ROOM = 90;
const GAP = 12;

/** What the first line of all labels shows. */
type Unit = 'time' | 'day' | 'month' | 'year';

function unitOf(times: readonly WallTime[]): Unit {
	if (times.some(({ isMidnight }) => !isMidnight)) return 'time';
	if (times.length > 1 && times.every(({ isFirstOfYear }) => isFirstOfYear)) return 'year';
	return times.length > 1 && times.every(({ isFirstOfMonth }) => isFirstOfMonth) ? 'month' : 'day';
}

function labelOf({ time, day, month, year }: WallTime, unit: Unit): string {
	return { time, day: `${day} ${month}`, month, year: String(year) }[unit];
}

function belowOf({ day, month, year }: WallTime, unit: Unit): string {
	return { time: `${day} ${month} ${year}`, day: String(year), month: String(year), year: '' }[unit];
}

/** Round moments of the zone's clock between two instants. */
function roundMoments(zone: string, from: number, to: number, count: number): number[] {
	return utcTicks(new Date(toLocal(zone, from)), new Date(toLocal(zone, to)), count)
		.map((wall: Date) => toInstant(zone, wall.getTime()))
		.filter((instant: number) => instant >= from && instant <= to);
}

function fits(ticks: readonly { readonly x: number; readonly label: string }[]): boolean {
	return ticks.every((tick, index) => {
		const before = ticks[index - 1];
		if (!before) return true;
		const half = (textWidth(before.label, SIZE.label) + textWidth(tick.label, SIZE.label)) / 2;
		return tick.x - before.x >= half + GAP;
	});
}

/** Steps in which moments are left out until the labels fit; hours go by parts of a day. */
function stepsFor(unit: Unit, count: number): number[] {
	const ofDay = [1, 2, 3, 4, 6, 12, 24, 48];
	return unit === 'time' ? ofDay : Array.from({ length: Math.max(1, count) }, (_, index) => index + 1);
}

/**
 * Labels of a time axis that do not touch each other.
 * @param instants in ms, ascending
 * @param xOf place of an instant in pixels
 */
export function timeTicks(
	instants: readonly number[],
	zone: string,
	width: number,
	xOf: (instant: number) => number,
): Tick[] {
	const [from = 0, to = from] = [instants[0], instants.at(-1)];
	const moments =
		instants.length <= FEW ? instants : roundMoments(zone, from, to, Math.max(2, Math.floor(width / ROOM)));
	const unit = unitOf(moments.map((instant) => wallTime(zone, instant)));
	const all = moments.map((instant) => {
		const time = wallTime(zone, instant);
		return { x: xOf(instant), label: labelOf(time, unit), below: belowOf(time, unit), time: time.time };
	});
	const every = (step: number): typeof all => {
		// Hours begin with midnight, or with another one that its parts of a day begin with.
		const first = unit === 'time' ? all.findIndex(({ time }) => Number(time.slice(0, 2)) % step === 0) : 0;
		const start = Math.max(0, first);
		return all.filter((_tick, index) => index >= start && (index - start) % step === 0);
	};
	const step = stepsFor(unit, all.length).find((one) => fits(every(one))) ?? all.length;
	let last = '';
	let end = -Infinity;
	return every(step).map(({ below, x, label }) => {
		const tick = { x, label };
		const half = textWidth(below, SIZE.label) / 2;
		if (below === '' || below === last || tick.x - half < end) return tick;
		last = below;
		end = tick.x + half + GAP;
		return { ...tick, below };
	});
}
