import { stack, stackOffsetDiverging } from 'd3-shape';
import type { ChartData } from './data';
import type { Field } from './lines';
import { element, textElement, tooltip } from './markup';
import { formatNumber, type NumberFormat } from './numbers';
import { colorOf, SIZE, type Theme } from './style';
import { textWidth } from './text-width';

/** Share of its place that a group of bars fills, and widest bar in pixels. */
const [FILL, WIDEST] = [0.78, 64];
/** Up to this many bars each one answers the pointer. */
const TOLD = 400;

interface Bar {
	readonly x: number;
	readonly width: number;
	readonly from: number;
	readonly to: number;
}

function drawBar({ x, width, from, to }: Bar, color: string, isSecond: boolean, words: string): string {
	const attributes = {
		x,
		y: Math.min(from, to),
		width,
		height: Math.abs(from - to),
		fill: color,
		...(width >= 8 ? { rx: 2 } : {}),
		...(isSecond ? { 'fill-opacity': 0.5 } : {}),
	};
	return words === '' ? element('rect', attributes) : element('rect', attributes, tooltip(words));
}

/** Bars side by side. A single series of few bars has its values above them. */
export function drawBars({ series }: ChartData, field: Field, format: NumberFormat, theme: Theme): string {
	const { places, slot, yOf, told } = field;
	const isTold = places.length * series.length <= TOLD;
	const width = Math.min(WIDEST, (slot * FILL) / series.length);
	const gap = width > 6 ? Math.min(2, width * 0.12) : 0;
	const bars = series.flatMap(({ name, values }, index) => {
		const { color, isSecond } = colorOf(theme, index);
		return values.map((value, place) => {
			if (value === null || value === 0) return '';
			const x = (places[place] ?? 0) + (index - series.length / 2) * width + gap / 2;
			const bar = { x, width: width - gap, from: yOf(0), to: yOf(value) };
			return drawBar(bar, color, isSecond, isTold ? told(name, place, value) : '');
		});
	});
	const [only, ...others] = series;
	const numbers = others.length > 0 || !only ? [] : valuesAbove(only.values, field, format, theme);
	return element('g', {}, ...bars, ...numbers);
}

function valuesAbove(
	values: readonly (number | null)[],
	{ places, slot, yOf }: Field,
	format: NumberFormat,
	theme: Theme,
): string[] {
	const texts = values.map((value) => (value === null ? '' : formatNumber(value, format)));
	if (texts.some((text) => textWidth(text, SIZE.label) > slot - 6)) return [];
	return texts.map((text, place) => {
		const value = values[place] ?? 0;
		const y = yOf(value) + (value < 0 ? SIZE.label + 3 : -5);
		const at = {
			x: places[place] ?? 0,
			y,
			'text-anchor': 'middle',
			fill: theme.text,
			'font-size': SIZE.label,
		};
		return text === '' ? '' : textElement(at, text);
	});
}

/** The sums that stacked bars reach, above and below zero. */
export function stackEnds({ series }: ChartData): number[] {
	return layers({ series }).flatMap((layer) => layer.flatMap(([from, to]) => [from, to]));
}

/** From and to of a value, as d3 has them. */
interface Ends {
	readonly 0: number;
	readonly 1: number;
}

/** From and to of every value, by series and place. */
function layers({ series }: Pick<ChartData, 'series'>): [number, number][][] {
	const places = Array.from({ length: series[0]?.values.length ?? 0 }, (_, place) => place);
	return stack<number, number>()
		.keys(series.map((_one, index) => index))
		.value((place: number, index: number) => series[index]?.values[place] ?? 0)
		.offset(stackOffsetDiverging)(places)
		.map((layer: readonly Ends[]) => layer.map(({ 0: from, 1: to }): [number, number] => [from, to]));
}

/** Bars on top of each other; negative values go down from zero. */
export function drawStacks(data: ChartData, field: Field, theme: Theme): string {
	const { places, slot, yOf, told } = field;
	const isTold = places.length * data.series.length <= TOLD;
	const width = Math.min(WIDEST, slot * FILL);
	const bars = layers(data).flatMap((layer, index) => {
		const { color, isSecond } = colorOf(theme, index);
		const { name = '', values = [] } = data.series[index] ?? {};
		return layer.map(([from, to], place) => {
			if (from === to) return '';
			const x = (places[place] ?? 0) - width / 2;
			const words = isTold ? told(name, place, values[place] ?? 0) : '';
			return drawBar({ x, width, from: yOf(from), to: yOf(to) }, color, isSecond, words);
		});
	});
	// A thin line of the background keeps the parts apart.
	const edge = width >= 6 ? { stroke: theme.background, 'stroke-width': 1 } : {};
	return element('g', edge, ...bars);
}
