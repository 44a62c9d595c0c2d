import { drawBars, drawStacks, stackEnds } from './bars';
import { hasClockTimes, momentText } from './clock';
import { isEmpty, placesOf, type ChartData } from './data';
import { layOutLegend, legendItems, type Legend } from './legend';
import { drawLines, type Field } from './lines';
import { element, plainText, textElement } from './markup';
import { formatNumber } from './numbers';
import { drawPie, isWithoutParts, slicesOf } from './pie';
import { FONTS, PADDING, SIZE, THEMES, type ChartStyle, type Theme } from './style';
import { wrapText, cutText } from './text-width';
import { layOutXAxis } from './x-axis';
import { layOutYAxis } from './y-axis';

const TITLE_LINE = 24;
const CAPTION_LINE = 20;
const KINDS: Readonly<Record<ChartStyle['kind'], string>> = {
	line: 'Line chart',
	bar: 'Bar chart',
	stacked: 'Stacked bar chart',
	pie: 'Ring chart',
};

/** What is written, by the place on the axis. */
function namesOf({ axis }: ChartData, { zone }: ChartStyle): (place: number) => string {
	if (axis.kind === 'names') return (place) => axis.names[place] ?? '';
	const hasClock = hasClockTimes(zone, axis.instants);
	return (place) => momentText(zone, axis.instants[place] ?? 0, hasClock);
}

function drawTitle(lines: readonly string[], theme: Theme): string {
	return lines
		.map((line, index) =>
			textElement(
				{
					x: PADDING,
					y: PADDING + index * TITLE_LINE + SIZE.title * 0.8,
					fill: theme.text,
					'font-size': SIZE.title,
					'font-weight': 600,
				},
				line,
			),
		)
		.join('');
}

/** The clock that the time axis shows, where that is a question at all. */
function zoneNote({ axis }: ChartData, { zone }: ChartStyle): string {
	if (axis.kind !== 'time' || (zone === 'UTC' && !hasClockTimes(zone, axis.instants))) return '';
	return `Time in ${zone}`;
}

/** The unit of the values on the left, the zone of the times on the right. */
function drawCaption(data: ChartData, style: ChartStyle, theme: Theme, top: number): string {
	const text = { y: top + SIZE.label, fill: theme.muted, 'font-size': SIZE.label };
	const { width, valueLabel } = style;
	const note = zoneNote(data, style);
	return [
		valueLabel === ''
			? ''
			: textElement({ ...text, x: PADDING }, cutText(plainText(valueLabel), SIZE.label, width / 2)),
		note === '' ? '' : textElement({ ...text, x: width - PADDING, 'text-anchor': 'end' }, note),
	].join('');
}

/** Numbers that the axis of values has to reach. */
function reachOf(data: ChartData, { kind }: ChartStyle): number[] {
	if (kind === 'stacked') return stackEnds(data);
	return data.series.flatMap(({ values }) => values.filter((value) => value !== null));
}

function drawAxes(data: ChartData, style: ChartStyle, theme: Theme, start: number, legend: Legend): string {
	const { width, height, kind, numbers } = style;
	const isBelow = style.legend === 'bottom' && legend.height > 0;
	const hasCaption = style.valueLabel !== '' || zoneNote(data, style) !== '';
	let top = start;
	let body = '';
	if (!isBelow && legend.height > 0) {
		body += legend.draw(top);
		top += legend.height + 8;
	}
	if (hasCaption) {
		body += drawCaption(data, style, theme, top);
		top += CAPTION_LINE;
	}
	// Half a label stands above the uppermost line; a number may stand above the highest bar.
	top += 10;
	const end = height - (isBelow ? legend.height + 14 : 0) - 12;
	const fromZero = kind !== 'line' || style.fromZero;
	const yAxis = layOutYAxis(reachOf(data, style), numbers, end - top - 30, fromZero, theme);
	const [left, right] = [PADDING + yAxis.width, width - PADDING];
	const xAxis = layOutXAxis(data.axis, style, theme, left, right - left);
	const bottom = end - xAxis.height;
	const yOf = yAxis.place(top, bottom);
	const nameOf = namesOf(data, style);
	const field: Field = {
		width: right - left,
		places: xAxis.places,
		slot: xAxis.slot,
		yOf,
		told: (name, place, value) =>
			`${name === '' ? '' : `${name}, `}${nameOf(place)}: ${formatNumber(value, numbers)}`,
	};
	const drawn =
		kind === 'line'
			? drawLines(data, field, theme)
			: kind === 'bar'
				? drawBars(data, field, numbers, theme)
				: drawStacks(data, field, theme);
	const below = isBelow ? legend.draw(height - legend.height - 12) : '';
	return body + yAxis.draw(left, right, yOf) + xAxis.draw(bottom) + drawn + below;
}

function drawNothing({ width, height }: ChartStyle, theme: Theme, top: number): string {
	const at = { x: width / 2, y: (top + height) / 2, 'text-anchor': 'middle' };
	return textElement({ ...at, fill: theme.muted, 'font-size': 16 }, 'No data');
}

/** Says in words what a chart shows, for those who do not see it. */
function describe(data: ChartData, { kind, title }: ChartStyle): string {
	const [series, places] = [data.series.length, placesOf(data.axis)];
	const named = title === '' ? '' : `${title}. `;
	if (isEmpty(data)) return `${named}${KINDS[kind]} without data.`;
	return `${named}${KINDS[kind]}: ${series} series, ${places} places on the axis.`;
}

/**
 * Draws a chart as a picture in SVG that stands by itself: no script, no link, no font or style sheet from elsewhere.
 * The same data and style give the same text.
 */
export function drawChart(data: ChartData, style: ChartStyle): string {
	const theme = THEMES[style.theme];
	const { width, height, kind } = style;
	const title = plainText(style.title);
	const lines =
		title === '' ? [] : wrapText(title, SIZE.title, width - 2 * PADDING, height < 240 ? 1 : 2, true);
	const top = PADDING + lines.length * TITLE_LINE + (lines.length > 0 ? 6 : 0);
	const legend = layOutLegend(
		legendItems(
			data.series.map(({ name }) => plainText(name)),
			theme,
		),
		style,
		theme,
	);
	let body: string;
	if (kind === 'pie' ? isWithoutParts(data) : isEmpty(data)) body = drawNothing(style, theme, top);
	else if (kind === 'pie') body = drawPie(slicesOf(data, namesOf(data, style)), style, theme, top);
	else body = drawAxes(data, style, theme, top, legend);
	return element(
		'svg',
		{
			xmlns: 'http://www.w3.org/2000/svg',
			viewBox: `0 0 ${width} ${height}`,
			width,
			height,
			'font-family': FONTS,
			role: 'img',
			'aria-label': describe(data, style),
		},
		element('rect', { width, height, fill: theme.background }),
		drawTitle(lines, theme),
		body,
	);
}
