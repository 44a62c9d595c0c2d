import { area, line } from 'd3-shape';
import type { ChartData, ChartSeries } from './data';
import { element, tooltip } from './markup';
import { colorOf, type Theme } from './style';
import { thinPoints, type Point } from './thin-points';

/** Where a chart's values are drawn, in pixels of the picture. */
export interface Field {
	readonly width: number;
	readonly places: readonly number[];
	/** Pixels between two neighbours. */
	readonly slot: number;
	readonly yOf: (value: number) => number;
	/** Text for the pointer that rests on a value. */
	readonly told: (series: string, place: number, value: number) => string;
}

/** Up to this many values each one is marked, and answers the pointer. */
const MARKED = 150;

/** Values without a neighbour on either side, which a line would not show. */
function isAlone(values: ChartSeries['values'], place: number): boolean {
	return (values[place - 1] ?? null) === null && (values[place + 1] ?? null) === null;
}

/** The series as lines; a missing value leaves a gap. */
export function drawLines({ series }: ChartData, field: Field, theme: Theme): string {
	const { places, yOf, width, told } = field;
	const isMarked = places.length * series.length <= MARKED;
	const isDense = places.length > width / 2;
	const path = line<Point>()
		.defined(({ y }: Point) => y !== null)
		.x(({ x }: Point) => x)
		.y(({ y }: Point) => yOf(y ?? 0))
		.digits(1);
	const surface = area<Point>()
		.defined(({ y }: Point) => y !== null)
		.x(({ x }: Point) => x)
		.y0(yOf(0))
		.y1(({ y }: Point) => yOf(y ?? 0))
		.digits(1);
	return series
		.map(({ name, values }, index) => {
			const { color, isSecond } = colorOf(theme, index);
			const points = thinPoints(
				places.map((x, place) => ({ x, y: values[place] ?? null })),
				width,
			);
			const below =
				series.length === 1
					? element('path', { d: surface(points) ?? '', fill: color, 'fill-opacity': 0.12 })
					: '';
			const stroke = {
				d: path(points) ?? '',
				fill: 'none',
				stroke: color,
				...(isDense ? { 'stroke-width': 1.25, 'stroke-opacity': 0.75 } : { 'stroke-width': 2.25 }),
				'stroke-linejoin': 'round',
				'stroke-linecap': 'round',
				...(isSecond ? { 'stroke-dasharray': '6 4' } : {}),
			};
			const dots = values.map((value, place) => {
				if (value === null || (!isMarked && !isAlone(values, place))) return '';
				const at = { cx: places[place] ?? 0, cy: yOf(value), r: 3, fill: color };
				return element('circle', at, tooltip(told(name, place, value)));
			});
			return element('g', {}, below, element('path', stroke), ...dots);
		})
		.join('');
}
