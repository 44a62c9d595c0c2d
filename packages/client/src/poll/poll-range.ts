import { isObject, numberOf } from '../json';
import type { JsonValue } from '../ports';
import { SeenWindow, type WindowState } from './seen-window';

/** A service whose rows are asked for by a range of time, in any order. */
export interface PollRangeOptions<Row> {
	/** Reads the rows of a range to its end, ms since the epoch, both ends included. */
	pages(startMs: number, endMs: number): AsyncIterable<readonly Row[]>;
	idOf(row: Row): string;
	/** Moment of the row, ms. */
	timeOf(row: Row): number;
	/** Where the last poll stopped; undefined at the first one. */
	readonly before: WindowState | undefined;
	/** Take what is there already at the first poll, from this moment on; by default only what comes after it. */
	readonly backlogFromMs?: number | undefined;
	/** How far behind newer rows others may become visible, ms. */
	readonly overlapMs: number;
	/** New rows after which the rest is left to the next poll, give or take a page; all of them when undefined. */
	readonly maxRows?: number | undefined;
	/** This machine's clock, ms. */
	readonly nowMs: number;
}

/** New rows, oldest first, and where to go on. */
export interface PollRange<Row> {
	readonly rows: readonly Row[];
	readonly cursor: WindowState;
	/** False when there is more to take at once. */
	readonly isComplete: boolean;
}

/** How far this machine's clock may be from the service's, ms. */
const SKEW_MS = 3_600_000;
const MAX_IDS = 20_000;
/** No row becomes visible later than this, ms. */
const LATEST_MS = 24 * 3_600_000;

/** Reads a window from the host's store; undefined for none, and for one that is not understood. */
export function readWindow(stored: JsonValue | undefined): WindowState | undefined {
	const floor = isObject(stored) ? numberOf(stored['floor']) : undefined;
	if (!isObject(stored) || floor === undefined) return undefined;
	const seen = isObject(stored['seen']) ? stored['seen'] : {};
	return {
		floor,
		seen: Object.fromEntries(Object.entries(seen).map(([id, at]) => [id, numberOf(at) ?? 0])),
	};
}

/** New rows of a stretch, and how far the stretch goes. */
interface Stretch<Row> {
	readonly fresh: readonly { readonly id: string; readonly row: Row; readonly at: number }[];
	/** Everything up to this moment was read, ms. */
	readonly endMs: number;
	/** The newest moment that was seen, also beyond the end; 0 for none. */
	readonly newestMs: number;
}

/**
 * Reads from a start to an end, or to a nearer one where there are more new rows than wanted: rows that come in
 * the order of time are cut before the last moment, others are read again over half of the time. What is cut
 * holds at least one new row, so that polls get on however many rows one moment has.
 */
async function readStretch<Row>(
	options: PollRangeOptions<Row>,
	window: SeenWindow,
	startMs: number,
	lastMs: number,
): Promise<Stretch<Row>> {
	const { nowMs } = options;
	let { maxRows = Infinity } = options;
	let endMs = lastMs;
	// Up to here there is nothing new, and up to there too much.
	let emptyMs = startMs - 1;
	let fullMs = lastMs;
	let newestMs = 0;
	for (;;) {
		const fresh = new Map<string, { id: string; row: Row; at: number }>();
		let previous = -Infinity;
		let isInOrder = true;
		let isCut = false;
		for await (const page of options.pages(startMs, endMs)) {
			for (const row of page) {
				const [id, at] = [options.idOf(row), options.timeOf(row)];
				isInOrder &&= at >= previous;
				previous = at;
				// A moment that lies in the future must not hide what comes before it.
				if (at <= nowMs + SKEW_MS) newestMs = Math.max(newestMs, at);
				if (window.isNew(id, at)) fresh.set(id, { id, row, at });
			}
			isCut = fresh.size > maxRows;
			if (isCut) break;
		}
		const all = [...fresh.values()];
		if (!isCut && (endMs === lastMs || all.length > 0)) return { fresh: all, endMs, newestMs };
		// Rows of the last moment may go on with the next page.
		const before = all.filter(({ at }) => at < previous);
		if (isCut && isInOrder && before.length > 0) return { fresh: before, endMs: previous - 1, newestMs };
		if (isCut) fullMs = Math.min(endMs, Math.max(newestMs, startMs));
		else emptyMs = endMs;
		const isOneMoment = fullMs - emptyMs <= 1;
		if (isOneMoment) maxRows = Infinity;
		endMs = isOneMoment ? fullMs : emptyMs + Math.floor((fullMs - emptyMs) / 2);
	}
}

/**
 * Looks for rows that are new: asks for everything since the newest one that was handled, less an overlap, and
 * drops those that are known. The range goes by the rows' own moments, so that clocks that differ lose nothing.
 * @throws what `pages` throws; nothing is lost then, since the cursor stays
 */
export async function pollRange<Row>(options: PollRangeOptions<Row>): Promise<PollRange<Row>> {
	const { before, backlogFromMs, overlapMs, nowMs } = options;
	const isStart = before === undefined && backlogFromMs === undefined;
	const startMs = before?.floor ?? backlogFromMs ?? nowMs - SKEW_MS;
	const window = new SeenWindow(before ?? { floor: startMs - 1, seen: {} });
	const lastMs = nowMs + SKEW_MS;
	const { fresh, endMs, newestMs } = await readStretch(
		isStart ? { ...options, maxRows: Infinity } : options,
		window,
		startMs,
		lastMs,
	);
	for (const { id, at } of fresh) window.add(id, at);
	window.raise(Math.min(endMs, newestMs - overlapMs));
	// Where nothing happens for long, the range must not grow with it.
	if (endMs === lastMs) window.raise(nowMs - LATEST_MS);
	window.limit(MAX_IDS);
	const rows = [...fresh].sort((one, other) => one.at - other.at).map(({ row }) => row);
	return { rows: isStart ? [] : rows, cursor: window.toJSON(), isComplete: endMs === lastMs };
}
