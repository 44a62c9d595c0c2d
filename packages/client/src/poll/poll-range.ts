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
	/** This machine's clock, ms. */
	readonly nowMs: number;
}

/** New rows, oldest first, and where to go on. */
export interface PollRange<Row> {
	readonly rows: readonly Row[];
	readonly cursor: WindowState;
}

/** How far this machine's clock may be from the service's, ms. */
const SKEW_MS = 3_600_000;
const MAX_IDS = 20_000;

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
	const fresh: { readonly row: Row; readonly at: number }[] = [];
	const moments: number[] = [];
	for await (const page of options.pages(startMs, nowMs + SKEW_MS)) {
		for (const row of page) {
			const [id, at] = [options.idOf(row), options.timeOf(row)];
			moments.push(at);
			if (!window.isNew(id, at)) continue;
			window.add(id, at);
			fresh.push({ row, at });
		}
	}
	// A moment that lies in the future must not hide what comes before it.
	const newest = moments
		.filter((at) => at <= nowMs + SKEW_MS)
		.reduce((one, other) => Math.max(one, other), 0);
	window.raise(newest - overlapMs);
	window.limit(MAX_IDS);
	const rows = fresh.sort((one, other) => one.at - other.at).map(({ row }) => row);
	return { rows: isStart ? [] : rows, cursor: window.toJSON() };
}
