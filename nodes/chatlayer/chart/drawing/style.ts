import type { NumberFormat } from './numbers';

/** How series are drawn. */
export type ChartKind = 'line' | 'bar' | 'stacked' | 'pie';

/** How a chart looks. */
export interface ChartStyle {
	readonly kind: ChartKind;
	/** Empty for none. */
	readonly title: string;
	/** In pixels. */
	readonly width: number;
	/** In pixels. */
	readonly height: number;
	readonly theme: 'light' | 'dark';
	readonly legend: 'top' | 'bottom' | 'none';
	readonly numbers: NumberFormat;
	/** IANA name of the zone whose clock the time axis shows. */
	readonly zone: string;
	/** What is counted, shown above the value axis; empty for none. */
	readonly valueLabel: string;
	/** Whether the value axis of lines begins at zero. Bars always do. */
	readonly fromZero: boolean;
}

/** Colours of a theme. */
export interface Theme {
	readonly background: string;
	readonly text: string;
	/** Labels of the axes. */
	readonly muted: string;
	readonly grid: string;
	/** The axis itself. */
	readonly axis: string;
	/** Colours of the series, in their order. */
	readonly series: readonly string[];
}

/** Every colour of a series has a contrast of 3:1 or more against its background (WCAG 2.2, 1.4.11). */
export const THEMES: Readonly<Record<ChartStyle['theme'], Theme>> = {
	light: {
		background: '#ffffff',
		text: '#1b2430',
		muted: '#5a6675',
		grid: '#e7eaee',
		axis: '#9aa4b0',
		series: [
			'#2563c9',
			'#d9650b',
			'#14854f',
			'#c2255c',
			'#7b3fc4',
			'#0b8594',
			'#a3700a',
			'#5c6b7a',
			'#c7372f',
			'#5d7f0c',
			'#3f3fae',
			'#8a5a3b',
		],
	},
	dark: {
		background: '#14181f',
		text: '#edf0f4',
		muted: '#a2adba',
		grid: '#29303a',
		axis: '#5b6673',
		series: [
			'#6ea6ff',
			'#ffa04d',
			'#4fcf8e',
			'#ff7fa8',
			'#bd97ff',
			'#45cfdd',
			'#e6bf4a',
			'#a9b6c4',
			'#ff8078',
			'#a9d154',
			'#9a9dff',
			'#d0a381',
		],
	},
};

/** Fonts of the texts: Inter where it is installed, or the sans serif of the system. */
export const FONTS =
	"Inter, system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, 'Noto Sans', sans-serif";

/** Sizes of the texts, in pixels. */
export const SIZE = { title: 18, legend: 13, label: 12 } as const;

/** Room around everything, in pixels. */
export const PADDING = 20;

/** Most series that can be told apart: each colour whole, then once more in its second form. */
export const MAX_SERIES = 24;

/** The colour of a series, and whether it is the second one with it. */
export function colorOf(theme: Theme, index: number): { readonly color: string; readonly isSecond: boolean } {
	const count = theme.series.length;
	return { color: theme.series[index % count] ?? theme.text, isSecond: index >= count };
}
