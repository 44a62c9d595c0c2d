import type { JsonObject } from '../ports';
import { pointsOf, readSeries, seriesLabelsAreColumns, seriesNames } from './series';
import type { Serie, SeriesAnswer } from './types';

interface Line {
	readonly name: string;
	readonly labels: Serie['labels'];
	readonly values: (number | null)[];
	/** What the service summed where it sent no values. */
	sum: number | undefined;
	max: number | undefined;
	min: number | undefined;
}

/** Two figures by a rule, where at least one is there. */
function both(
	one: number | undefined,
	other: number | undefined,
	rule: (one: number, other: number) => number,
): number | undefined {
	if (one === undefined || other === undefined) return one ?? other;
	return rule(one, other);
}

const add = (one: number, other: number): number => one + other;

/**
 * Joins the answers for neighbouring pieces of a range into one of the same form. A point that two pieces name
 * alike is one whose bucket was torn: its values are added. A series that a piece does not have is null there.
 * `mean` is left out, since the pieces' means are rounded.
 * @param answers in the order of time; a single one is given back untouched
 */
export function joinSeries(answers: readonly SeriesAnswer[]): SeriesAnswer {
	const [first] = answers;
	if (answers.length < 2) return first ?? {};
	const pieces = answers.map(readSeries);
	const xValues: (string | null)[] = [];
	const places = new Map<string, number>();
	const lines = new Map<string, Line>();
	for (const piece of pieces) {
		const points = pointsOf(piece);
		const own = Array.from({ length: points }, (_, point) => {
			const x = piece.xValues[point] ?? null;
			const known = x === null ? undefined : places.get(x);
			return known ?? xValues.push(x) - 1;
		});
		piece.xValues.forEach((x, point) => {
			if (x !== null && !places.has(x)) places.set(x, own[point] ?? 0);
		});
		const names = seriesNames(piece);
		const met = new Map<string, number>();
		piece.series.forEach((serie, index) => {
			const name = names[index] ?? '';
			const about = JSON.stringify([name, Object.entries(serie.labels).sort()]);
			const count = met.get(about) ?? 0;
			met.set(about, count + 1);
			const key = `${count} ${about}`;
			const line = lines.get(key) ?? {
				name,
				labels: serie.labels,
				values: [],
				sum: undefined,
				max: undefined,
				min: undefined,
			};
			lines.set(key, line);
			addValues(line, serie, own);
		});
	}
	const columns = pieces.find(seriesLabelsAreColumns)?.seriesLabels;
	return {
		data: {
			series_labels: [
				...(columns ??
					namesOf(
						lines,
						pieces.some(({ seriesLabels }) => seriesLabels.length > 0),
					)),
			],
			x_values: xValues,
			series: [...lines.values()].map((line) => lineAsSent(line, xValues.length)),
		},
	};
}

function addValues(line: Line, serie: Serie, places: readonly number[]): void {
	serie.values.forEach((value, point) => {
		const place = places[point] ?? 0;
		if (value !== null) line.values[place] = (line.values[place] ?? 0) + value;
	});
	line.sum = both(line.sum, serie.sum, add);
	line.max = both(line.max, serie.max, Math.max);
	line.min = both(line.min, serie.min, Math.min);
}

function namesOf(lines: ReadonlyMap<string, Line>, areGiven: boolean): string[] {
	return areGiven ? [...lines.values()].map(({ name }) => name) : [];
}

function lineAsSent({ labels, values, sum, max, min }: Line, points: number): JsonObject {
	const all = Array.from({ length: points }, (_, point) => values[point] ?? null);
	const numbers = all.filter((value) => value !== null);
	const figures: Record<string, number | undefined> =
		numbers.length === 0
			? { sum, max, min }
			: {
					sum: numbers.reduce(add, 0),
					max: numbers.reduce((one, other) => Math.max(one, other)),
					min: numbers.reduce((one, other) => Math.min(one, other)),
				};
	const there = Object.entries(figures).filter((one): one is [string, number] => one[1] !== undefined);
	return { values: all, ...Object.fromEntries(there), labels: labels };
}
