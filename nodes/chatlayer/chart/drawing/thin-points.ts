/** A point in pixels across; its value, or null for none. */
export interface Point {
	readonly x: number;
	readonly y: number | null;
}

/**
 * Leaves out points that nobody could see: of those in one column of pixels the first, the lowest, the highest
 * and the last are kept, so that a line looks the same (M4 aggregation, Jugel et al., VLDB 2014).
 * @param points from left to right
 * @param width in pixels
 */
export function thinPoints(points: readonly Point[], width: number): readonly Point[] {
	if (points.length <= 4 * width) return points;
	const kept: Point[] = [];
	let column: Point[] = [];
	const close = (): void => {
		const [first] = column;
		if (!first) return;
		const lowest = column.reduce((one, other) => ((other.y ?? 0) < (one.y ?? 0) ? other : one));
		const highest = column.reduce((one, other) => ((other.y ?? 0) > (one.y ?? 0) ? other : one));
		const wanted = new Set([first, lowest, highest, column.at(-1)]);
		kept.push(...column.filter((point) => wanted.has(point)));
		column = [];
	};
	for (const point of points) {
		const before = column.at(-1);
		if (before && (point.y === null || Math.floor(point.x) !== Math.floor(before.x))) close();
		// A gap stays a gap.
		if (point.y !== null) column.push(point);
		else if (kept.at(-1)?.y !== null) kept.push(point);
	}
	close();
	return kept;
}
