import { nice, ticks } from 'd3-array';
import { element, textElement } from './markup';
import { decimalsOf, formatNumber, type NumberFormat } from './numbers';
import { SIZE, type Theme } from './style';
import { textWidth } from './text-width';

/** The axis of values. */
export interface YAxis {
	/** Room that the labels take beside the plot, in pixels. */
	readonly width: number;
	/** Fixes where the plot is: `top` and `bottom` in pixels of the picture. */
	place(top: number, bottom: number): (value: number) => number;
	/** Lines across the plot with their labels. */
	draw(left: number, right: number, yOf: (value: number) => number): string;
}

/** Pixels between two lines of the grid. */
const STEP = 56;
const GAP = 10;

/** Ends of the axis: round numbers around the values, with zero where it is asked for. */
function endsOf(values: readonly number[], fromZero: boolean, count: number): [number, number] {
	const start = fromZero ? 0 : Infinity;
	const low = values.reduce((one, other) => Math.min(one, other), start);
	const high = values.reduce((one, other) => Math.max(one, other), fromZero ? 0 : -Infinity);
	if (low === high) return low === 0 ? [0, 1] : nice(low - Math.abs(low) / 2, low + Math.abs(low) / 2, count);
	return nice(low, high, count);
}

/**
 * Lays out the axis of values.
 * @param values every number that is drawn; stacked ones summed
 * @param height of the plot, about, in pixels
 */
export function layOutYAxis(
	values: readonly number[],
	format: NumberFormat,
	height: number,
	fromZero: boolean,
	theme: Theme,
): YAxis {
	const count = Math.max(2, Math.round(height / STEP));
	const [low, high] = endsOf(values, fromZero, count);
	const isWhole = values.every(Number.isInteger);
	// Counts of people have no halves.
	const marks: number[] = ticks(low, high, count).filter(
		(mark: number) => !isWhole || Number.isInteger(mark),
	);
	const decimals = decimalsOf(Math.abs((marks[1] ?? 1) - (marks[0] ?? 0)));
	const labels = marks.map((mark: number) => formatNumber(mark, format, decimals));
	return {
		width: GAP + Math.max(...labels.map((label) => textWidth(label, SIZE.label))),
		place: (top, bottom) => (value) => bottom - ((value - low) / (high - low)) * (bottom - top),
		draw: (left, right, yOf) =>
			marks
				.map((mark, index) => {
					const y = yOf(mark);
					const isAxis = mark === 0;
					const stroke = isAxis ? theme.axis : theme.grid;
					return (
						element('line', { x1: left, x2: right, y1: y, y2: y, stroke }) +
						textElement(
							{
								x: left - GAP,
								y: y + SIZE.label * 0.36,
								'text-anchor': 'end',
								fill: theme.muted,
								'font-size': SIZE.label,
							},
							labels[index] ?? '',
						)
					);
				})
				.join(''),
	};
}
