import { textOf, type JsonObject } from '@convoflow/client';
import type { Pages } from '@convoflow/kit';

/** How a list is looked through. */
export interface Scan {
	/** Plural, e.g. `conversations`. */
	readonly things: string;
	readonly isWanted: (row: JsonObject) => boolean;
	/** Wanted rows in all; undefined means every one. */
	readonly limit: number | undefined;
	/** Pages to look at. */
	readonly pageCap: number;
	/** Time of a row in ms and the earliest one wanted, for a list that begins with the newest. */
	readonly newest?: { readonly timeOf: (row: JsonObject) => number; readonly since: number } | undefined;
	readonly notice: (message: string) => void;
}

/**
 * Looks through a list and gives the rows that are wanted, page by page. Ends at the limit, at the page cap
 * (which it tells), and, as long as times have only fallen, behind a page on which every row is too old: that
 * both lists begin with the newest is [inferred] (Flow XO reference §4), so it is watched, not relied upon.
 */
export async function* scan(pages: Pages, options: Scan): AsyncGenerator<JsonObject[], void, void> {
	const { things, isWanted, limit = Infinity, pageCap, newest, notice } = options;
	let looked = 0;
	let read = 0;
	let found = 0;
	let lastTime = Infinity;
	let hasOnlyFallen = true;
	for await (const rows of pages) {
		if (read === pageCap) {
			notice(
				`Looked at ${looked} ${things}, as far as the page cap of ${pageCap} goes, and ${found} of them fit. ` +
					'There are more: raise the page cap or narrow the time range to see them.',
			);
			return;
		}
		read += 1;
		looked += rows.length;
		const wanted = rows.filter(isWanted).slice(0, limit - found);
		found += wanted.length;
		if (wanted.length > 0) yield wanted;
		if (found >= limit) return;
		if (!newest) continue;
		let isOld = true;
		for (const row of rows) {
			const time = newest.timeOf(row);
			// A row without a time may be anything.
			isOld &&= time < newest.since;
			hasOnlyFallen &&= !(time > lastTime);
			lastTime = time;
		}
		if (isOld && hasOnlyFallen) return;
	}
}

/** When a message was sent, in ms; NaN when unknown. */
export function sentMs(message: JsonObject): number {
	return Date.parse(textOf(message['timestamp']) ?? '');
}
