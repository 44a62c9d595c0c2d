import { element, textElement, tooltip } from './markup';
import { colorOf, PADDING, SIZE, type ChartStyle, type Theme } from './style';
import { cutText, textWidth } from './text-width';

/** What a colour stands for. */
export interface LegendItem {
	readonly text: string;
	readonly color: string;
	readonly isSecond: boolean;
}

/** The legend, laid out for a width. */
export interface Legend {
	/** In pixels; 0 for none. */
	readonly height: number;
	draw(top: number): string;
}

const ROW = 22;
const SWATCH = 14;
const [AFTER_SWATCH, AFTER_TEXT] = [7, 20];
/** Longest name, and how long it may be where names have to share little room, in pixels. */
const NAME_WIDTHS = [260, 140, 90];
/** Share of the picture that a legend may take, and what the rest needs in any case, in pixels. */
const [SHARE, RESERVED] = [0.32, 180];

/** The sign of a series: a stroke for lines, dashed for the second one of a colour; a square for everything else. */
export function swatch(
	{ color, isSecond }: LegendItem,
	kind: ChartStyle['kind'],
	x: number,
	y: number,
): string {
	if (kind === 'line') {
		const dashes = isSecond ? { 'stroke-dasharray': '4 3' } : {};
		const line = { x1: x, x2: x + SWATCH, y1: y, y2: y, stroke: color, 'stroke-width': 3, ...dashes };
		return element('line', line);
	}
	const size = 11;
	const opacity = isSecond ? { 'fill-opacity': 0.5 } : {};
	return element('rect', { x, y: y - size / 2, width: size, height: size, rx: 2, fill: color, ...opacity });
}

interface Placed {
	readonly item: LegendItem;
	readonly shown: string;
	readonly x: number;
	readonly row: number;
}

/** Puts the items into rows of a width. */
function inRows(items: readonly LegendItem[], width: number, nameWidth: number): Placed[] {
	let [x, row] = [0, 0];
	return items.map((item) => {
		const shown = cutText(item.text, SIZE.legend, Math.min(nameWidth, width - SWATCH - AFTER_SWATCH));
		const taken = SWATCH + AFTER_SWATCH + textWidth(shown, SIZE.legend);
		if (x > 0 && x + taken > width) [x, row] = [0, row + 1];
		const placed = { item, shown, x, row };
		x += taken + AFTER_TEXT;
		return placed;
	});
}

const rowsOf = (placed: readonly Placed[]): number => (placed.at(-1)?.row ?? -1) + 1;

/** The items of a chart's series, in their order. */
export function legendItems(names: readonly string[], theme: Theme): LegendItem[] {
	return names.map((text, index) => ({ text, ...colorOf(theme, index) }));
}

/** Lays out the legend of lines and bars; where there are too many names, the last ones are counted only. */
export function layOutLegend(items: readonly LegendItem[], style: ChartStyle, theme: Theme): Legend {
	const width = style.width - 2 * PADDING;
	const most = Math.floor(Math.min(style.height * SHARE, style.height - RESERVED) / ROW);
	if (style.legend === 'none' || most < 1 || items.every(({ text }) => text === ''))
		return { height: 0, draw: () => '' };
	const tries = NAME_WIDTHS.map((nameWidth) => inRows(items, width, nameWidth));
	let placed = tries.find((one) => rowsOf(one) <= most) ?? tries.at(-1) ?? [];
	if (rowsOf(placed) > most) {
		const kept = Math.max(0, placed.filter(({ row }) => row < most).length - 1);
		const rest: LegendItem = { text: `${items.length - kept} more`, color: 'none', isSecond: false };
		placed = inRows([...items.slice(0, kept), rest], width, NAME_WIDTHS.at(-1) ?? 0);
	}
	const text = { fill: theme.text, 'font-size': SIZE.legend };
	return {
		height: rowsOf(placed) * ROW,
		draw: (top) =>
			placed
				.map(({ item, shown, x, row }) => {
					const [left, middle] = [PADDING + x, top + row * ROW + ROW / 2];
					const at = { ...text, x: left + SWATCH + AFTER_SWATCH, y: middle + SIZE.legend * 0.36 };
					const whole = shown === item.text ? '' : tooltip(item.text);
					return element('g', {}, swatch(item, style.kind, left, middle), textElement(at, shown), whole);
				})
				.join(''),
	};
}
