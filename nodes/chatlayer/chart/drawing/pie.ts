import { arc, pie } from 'd3-shape';
import { isEmpty, placesOf, type ChartData } from './data';
import { swatch } from './legend';
import { element, textElement, tooltip } from './markup';
import { formatNumber } from './numbers';
import { colorOf, PADDING, SIZE, type ChartStyle, type Theme } from './style';
import { cutText, textWidth } from './text-width';

/** A part of the whole. */
export interface Slice {
	readonly name: string;
	readonly value: number;
	/** Several small ones together. */
	readonly isRest?: boolean;
}

/** Where a part begins and ends, in radians from the top. */
interface Angles {
	readonly startAngle: number;
	readonly endAngle: number;
}

/** Most parts that are shown; the smallest beyond it are put together. */
const MOST = 10;
/** Share of the radius that is left open for the sum. */
const HOLE = 0.62;
const ROW = 26;
/** Longest name beside the ring, in pixels. */
const NAME_WIDTH = 240;

/** The parts of the whole: the sum of each series, or each value of the only one; the largest first. */
export function slicesOf(data: ChartData, nameOf: (place: number) => string): Slice[] {
	const [only, ...others] = data.series;
	const sums =
		only && others.length === 0 && placesOf(data.axis) > 1
			? only.values.map((value, place) => ({ name: nameOf(place), value: value ?? 0 }))
			: data.series.map(({ name, values }) => ({
					name,
					value: values.reduce<number>((one, other) => one + (other ?? 0), 0),
				}));
	const sorted = sums.filter(({ value }) => value !== 0).sort((one, other) => other.value - one.value);
	if (sorted.length <= MOST) return sorted;
	const rest = sorted.slice(MOST - 1);
	const value = rest.reduce((sum, one) => sum + one.value, 0);
	return [...sorted.slice(0, MOST - 1), { name: `Other (${rest.length})`, value, isRest: true }];
}

/** A share with one decimal, in percent. */
function percent(share: number, style: ChartStyle): string {
	return `${formatNumber(share * 100, style.numbers, 1)}%`;
}

/**
 * Parts of a whole as a ring with the sum in it, and a list of names, values and shares beside it.
 * @param top where the title ends, in pixels
 */
export function drawPie(slices: readonly Slice[], style: ChartStyle, theme: Theme, top: number): string {
	const { width, height, numbers, valueLabel, legend } = style;
	const total = slices.reduce((sum, { value }) => sum + value, 0);
	const rows = slices.map(({ name, value, isRest }, index) => ({
		...(isRest ? { color: theme.axis, isSecond: false } : colorOf(theme, index)),
		name,
		value: formatNumber(value, numbers),
		share: percent(value / total, style),
	}));
	const widest = (texts: readonly string[]): number =>
		Math.max(0, ...texts.map((text) => textWidth(text, SIZE.legend)));
	const columns = {
		name: Math.min(NAME_WIDTH, width * 0.3, widest(rows.map(({ name }) => name))),
		value: widest(rows.map(({ value }) => value)),
		share: widest(rows.map(({ share }) => share)),
	};
	const list = legend === 'none' ? 0 : 22 + columns.name + 28 + columns.value + 20 + columns.share;
	const gap = list === 0 ? 0 : 48;
	const space = height - top - PADDING - 8;
	const radius = Math.max(20, Math.min(space, width - 2 * PADDING - list - gap) / 2);
	const left = (width - 2 * radius - gap - list) / 2;
	const [x, y] = [left + radius, top + 8 + space / 2];

	const ring = arc<Angles>()
		.innerRadius(radius * HOLE)
		.outerRadius(radius)
		.digits(1);
	const angles = pie<Slice>()
		.sort(null)
		.value(({ value }: Slice) => value)([...slices]);
	const parts = angles.map((angle: Angles, index: number) => {
		const { color, name = '', value = '', share = '' } = rows[index] ?? { color: theme.text };
		const edge = slices.length > 1 ? { stroke: theme.background, 'stroke-width': 2 } : {};
		const words = tooltip(`${name}: ${value} (${share})`);
		return element('path', { d: ring(angle) ?? '', fill: color, ...edge }, words);
	});
	const sum = formatNumber(total, numbers);
	const big = Math.min(30, (radius * HOLE * 1.7 * 30) / textWidth(sum, 30, true));
	const middle = { 'text-anchor': 'middle', x: 0 };
	const inside = [
		textElement(
			{
				...middle,
				y: valueLabel === '' ? big * 0.36 : 2,
				fill: theme.text,
				'font-size': big,
				'font-weight': 600,
			},
			sum,
		),
		valueLabel === ''
			? ''
			: textElement(
					{ ...middle, y: 22, fill: theme.muted, 'font-size': SIZE.label },
					cutText(valueLabel, SIZE.label, radius * HOLE * 1.7),
				),
	];
	const start = x + radius + gap;
	const begin = y - (rows.length * ROW) / 2 + ROW / 2;
	const text = { 'font-size': SIZE.legend };
	const lines = rows.map(({ name, value, share, color, isSecond }, index) => {
		const at = begin + index * ROW;
		const base = at + SIZE.legend * 0.36;
		const end = start + 22 + columns.name + 28 + columns.value;
		return (
			swatch({ text: name, color, isSecond }, 'pie', start, at) +
			textElement(
				{ ...text, x: start + 22, y: base, fill: theme.text },
				cutText(name, SIZE.legend, columns.name),
			) +
			textElement({ ...text, x: end, y: base, 'text-anchor': 'end', fill: theme.text }, value) +
			textElement(
				{ ...text, x: end + 20 + columns.share, y: base, 'text-anchor': 'end', fill: theme.muted },
				share,
			)
		);
	});
	const transform = `translate(${Math.round(x * 100) / 100} ${Math.round(y * 100) / 100})`;
	return element('g', { transform }, ...parts, ...inside) + (list === 0 ? '' : lines.join(''));
}

/** True where there is nothing to divide. */
export function isWithoutParts(data: ChartData): boolean {
	return isEmpty(data) || data.series.every(({ values }) => values.every((value) => (value ?? 0) === 0));
}
