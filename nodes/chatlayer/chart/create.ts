import { ConvoflowError, type JsonObject } from '@convoflow/client';
import { localOperation } from '../operation';
import { zoneOf } from '../period';
import { placesOf, type ChartData } from './drawing/data';
import { drawChart } from './drawing/draw-chart';
import type { ChartKind, ChartStyle } from './drawing/style';
import type { NumberFormat } from './drawing/numbers';
import { fields, looks } from './fields';
import { readRows } from './read-rows';

/** Narrowest bar that can be seen, in pixels. */
const THINNEST = 1;

function checkBars({ axis, series }: ChartData, kind: string, width: number): void {
	if (kind === 'line' || kind === 'pie') return;
	const beside = kind === 'bar' ? series.length : 1;
	const most = Math.floor(width / THINNEST / Math.max(1, beside));
	if (placesOf(axis) <= most) return;
	throw new ConvoflowError(
		'CHATLAYER_CHART_TOO_LARGE',
		`The chart would have ${placesOf(axis) * beside} bars side by side; ${most * beside} fit into ${width} pixels`,
		{ field: 'kind', advice: 'Choose Lines, a longer bucket, a shorter time range or a wider picture.' },
	);
}

function checkParts({ series }: ChartData, kind: string): void {
	if (kind !== 'pie' || series.every(({ values }) => values.every((value) => (value ?? 0) >= 0))) return;
	throw new ConvoflowError(
		'CHATLAYER_CHART_NEGATIVE_PART',
		'A ring shows parts of a whole, and a value is below zero',
		{ field: 'kind', advice: 'Choose Bars or Lines, or filter the rows before this node.' },
	);
}

function countOf({ series }: ChartData): number {
	return series.reduce((sum, { values }) => sum + values.filter((value) => value !== null).length, 0);
}

function fileNameOf(name: string): string {
	return `${name.trim().replace(/\.svg$/i, '') || 'chart'}.svg`;
}

/** A week of conversations on two channels, for the examples. */
const WEEK: JsonObject[] = [
	['web', 'channel 1', [12, 19, 15, 0, 22, 31, 27]] as const,
	['whatsapp', 'channel 2', [8, 11, 9, 14, 13, 25, 21]] as const,
].flatMap(([series, channel, values], index) =>
	values.map((value, day) => ({
		series_index: index,
		series,
		point_index: day,
		x: `2026-03-0${day + 1}`,
		time: `2026-03-0${day + 1}T00:00:00.000Z`,
		value,
		channel,
	})),
);

/** Draws rows as a picture. Nothing is asked of the service. */
export const create = localOperation({
	name: 'create',
	displayName: 'Create',
	action: 'Create chart',
	description: 'Draw all rows that come in as one chart, a picture in SVG',
	keywords: ['graph', 'diagram', 'plot', 'svg', 'picture', 'image', 'report', 'visualize', 'draw'],
	effect: 'read',
	mode: 'all',
	returns: 'file',
	fileType: 'image/svg+xml',
	fields,
	optional: looks,
	run: async (_client, input, { items = [], notice }) => {
		const zone = zoneOf(input);
		const { data, leftOut } = readRows(items, input, zone);
		if (leftOut > 0) notice(`Left out: ${leftOut} of ${items.length} rows, whose X Field is empty`);
		const { width = looks.width.default, height = looks.height.default } = input;
		checkBars(data, input.kind, width);
		checkParts(data, input.kind);
		const style: ChartStyle = {
			kind: input.kind as ChartKind,
			title: input.title ?? '',
			width,
			height,
			theme: input.theme === 'dark' ? 'dark' : 'light',
			legend: (input.legend ?? looks.legend.default) as ChartStyle['legend'],
			numbers: (input.numberFormat ?? looks.numberFormat.default) as NumberFormat,
			zone,
			valueLabel: input.valueLabel ?? '',
			fromZero: input.fromZero ?? true,
		};
		const content = new TextEncoder().encode(drawChart(data, style));
		return await Promise.resolve({
			file: { name: fileNameOf(input.fileName ?? ''), mimeType: 'image/svg+xml', content },
			json: { kind: input.kind, series: data.series.length, points: countOf(data) },
		});
	},
	summary: () => 'Drawn',
	examples: [
		{
			name: 'Lines over a week',
			input: { title: 'Conversations by channel', valueLabel: 'Conversations' },
			items: WEEK,
		},
		{
			name: 'Stacked bars on a dark page',
			input: { kind: 'stacked', title: 'Conversations by channel', theme: 'dark', legend: 'bottom' },
			items: WEEK,
		},
		{
			name: 'Shares of a list',
			input: { kind: 'pie', title: 'Most used intents', xField: 'intent', valueFields: 'count' },
			items: [
				{ rank: 1, intent: 'ask-hours', count: 1_204 },
				{ rank: 2, intent: 'order-status', count: 876 },
				{ rank: 3, intent: 'cancel-order', count: 312 },
			],
		},
	],
});
