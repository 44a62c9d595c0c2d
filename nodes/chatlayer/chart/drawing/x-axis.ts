import { placesOf, type Axis } from './data';
import { element, textElement } from './markup';
import { SIZE, type ChartStyle, type Theme } from './style';
import { cutText, textWidth } from './text-width';
import { timeTicks, type Tick } from './time-ticks';

/** The axis of time or names, laid out for a width. */
export interface XAxis {
	/** Place of each point, in pixels of the picture. */
	readonly places: readonly number[];
	/** Pixels between two neighbours, which a group of bars may fill. */
	readonly slot: number;
	/** Room that the labels take below the plot, in pixels. */
	readonly height: number;
	/** The labels, for a plot that ends at `bottom`. */
	draw(bottom: number): string;
}

const DAY_MS = 86_400_000;
const LINE_HEIGHT = 16;
/** Longest label that is written across, and longest one that is written aslant, in pixels. */
const [ACROSS, ASLANT] = [140, 130];
const ANGLE = 50;
const [SINE, COSINE] = [Math.sin((ANGLE * Math.PI) / 180), Math.cos((ANGLE * Math.PI) / 180)];

interface Labels {
	readonly ticks: readonly Tick[];
	readonly isAslant?: boolean;
}

/** Labels of names: across where they fit, cut or aslant where they do not, and some left out if they are short. */
function nameLabels(names: readonly string[], places: readonly number[], slot: number): Labels {
	const all = (width: number): Tick[] =>
		names.map((name, index) => ({ x: places[index] ?? 0, label: cutText(name, SIZE.label, width) }));
	const longest = Math.max(0, ...names.map((name) => textWidth(name, SIZE.label)));
	const room = slot - 10;
	if (longest <= room || room >= ACROSS * 0.6) return { ticks: all(Math.max(room, 24)) };
	const every = (step: number, ticks: Tick[]): Tick[] => ticks.filter((_tick, index) => index % step === 0);
	// One that leans to the left ends at the edge of the picture.
	const leaning = all(ASLANT).map(({ x, label }) => ({
		x,
		label: cutText(label, SIZE.label, (x - 4) / COSINE),
	}));
	// Numbers and other short names can be left out; a reader fills in what is between them.
	if (longest <= 44) return { ticks: every(Math.ceil((longest + 10) / slot), all(44)) };
	return { ticks: every(Math.max(1, Math.ceil((LINE_HEIGHT - 1) / SINE / slot)), leaning), isAslant: true };
}

function heightOf({ ticks, isAslant }: Labels): number {
	if (!isAslant)
		return ticks.some(({ below }) => below !== undefined) ? 12 + 2 * LINE_HEIGHT : 12 + LINE_HEIGHT;
	return 20 + SINE * Math.max(0, ...ticks.map(({ label }) => textWidth(label, SIZE.label)));
}

function drawLabels({ ticks, isAslant }: Labels, bottom: number, right: number, theme: Theme): string {
	const text = { fill: theme.muted, 'font-size': SIZE.label };
	const lines = ticks.flatMap(({ x, label, below }) => {
		const mark = element('line', { x1: x, x2: x, y1: bottom, y2: bottom + 5, stroke: theme.axis });
		if (isAslant) {
			const y = bottom + 15;
			const transform = `rotate(${-ANGLE} ${Math.round(x * 100) / 100} ${Math.round(y * 100) / 100})`;
			return [mark, textElement({ ...text, x, y, 'text-anchor': 'end', transform }, label)];
		}
		const at = (line: string): number => {
			const half = textWidth(line, SIZE.label) / 2;
			return Math.max(half + 2, Math.min(x, right - half - 2));
		};
		const line = (words: string, row: number): string =>
			textElement(
				{ ...text, x: at(words), y: bottom + 4 + row * LINE_HEIGHT, 'text-anchor': 'middle' },
				words,
			);
		return [mark, line(label, 1), ...(below === undefined ? [] : [line(below, 2)])];
	});
	return lines.join('');
}

/** The shortest time between two neighbours, in ms; a day where there is only one moment. */
function stepOf(instants: readonly number[]): number {
	const steps = instants.slice(1).map((instant, index) => instant - (instants[index] ?? instant));
	return steps.length === 0 ? DAY_MS : steps.reduce((one, other) => Math.min(one, other));
}

/**
 * Lays out the axis.
 * @param left where the plot begins, in pixels of the picture
 * @param width of the plot
 */
export function layOutXAxis(
	axis: Axis,
	{ kind, zone, width: whole }: Pick<ChartStyle, 'kind' | 'zone' | 'width'>,
	theme: Theme,
	left: number,
	width: number,
): XAxis {
	let places: readonly number[];
	let slot: number;
	let labels: Labels;
	if (axis.kind === 'time') {
		const { instants } = axis;
		const [first = 0, last = first] = [instants[0], instants.at(-1)];
		// Bars stand around their moment, and need room before the first and behind the last.
		const isPadded = kind !== 'line' || first === last;
		const step = stepOf(instants);
		const [from, span] = isPadded ? [first - step / 2, last - first + step] : [first, last - first];
		const xOf = (instant: number): number => left + ((instant - from) / span) * width;
		places = instants.map(xOf);
		slot = (step / span) * width;
		labels = { ticks: timeTicks(instants, zone, width, xOf) };
	} else {
		slot = width / Math.max(1, placesOf(axis));
		const step = slot;
		places = axis.names.map((_name, index) => left + (index + 0.5) * step);
		labels = nameLabels(axis.names, places, slot);
	}
	return {
		places,
		slot,
		height: heightOf(labels),
		draw: (bottom) => drawLabels(labels, bottom, whole, theme),
	};
}
