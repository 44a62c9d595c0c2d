import type { FieldMap, OptionsField, StringField } from '@convoflow/kit';

/** What most charts are told. */
export const fields = {
	kind: {
		kind: 'options',
		label: 'Kind',
		description: 'How the numbers are drawn',
		options: [
			{ value: 'bar', label: 'Bars', description: 'Bars side by side' },
			{ value: 'line', label: 'Lines', description: 'One line for each series, best over time' },
			{ value: 'pie', label: 'Ring', description: 'Shares of the whole; the smallest are put together' },
			{ value: 'stacked', label: 'Stacked Bars', description: 'Bars on top of each other' },
		],
		default: 'line',
	},
	title: {
		kind: 'string',
		label: 'Title',
		description: 'Words above the chart',
		placeholder: 'e.g. Conversations by channel',
		maxLength: 300,
	},
	xField: {
		kind: 'string',
		label: 'X Field',
		description: 'Field of the rows that holds the time or the name of a value; found by itself when empty',
		placeholder: 'e.g. x',
	},
	valueFields: {
		kind: 'string',
		label: 'Value Fields',
		description:
			'Fields of the rows that hold the numbers, separated by commas, each one a series; found by themselves when empty',
		placeholder: 'e.g. value',
	},
	seriesField: {
		kind: 'string',
		label: 'Series Field',
		description: 'Field of the rows that tells which series a value belongs to; found by itself when empty',
		placeholder: 'e.g. series',
	},
} as const satisfies FieldMap;

const timeZone = {
	kind: 'string',
	label: 'Time Zone',
	description: 'Whose clock the time axis shows, by its IANA name',
	placeholder: 'e.g. Europe/Stockholm',
	default: 'UTC',
} as const satisfies StringField;

const numberFormat = {
	kind: 'options',
	label: 'Number Format',
	description: 'How numbers are written',
	options: [
		{ value: 'space', label: '1 234,5' },
		{ value: 'comma', label: '1,234.5' },
		{ value: 'point', label: '1.234,5' },
		{ value: 'plain', label: '1234.5' },
	],
	default: 'comma',
} as const satisfies OptionsField;

/** How a chart looks. */
export const looks = {
	fileName: {
		kind: 'string',
		label: 'File Name',
		description: 'Name of the picture; its ending is added',
		placeholder: 'e.g. conversations',
		default: 'chart',
		maxLength: 120,
	},
	fromZero: {
		kind: 'boolean',
		label: 'Begin at Zero',
		description: 'Whether the value axis of lines begins at zero; that of bars always does',
		default: true,
	},
	height: {
		kind: 'number',
		label: 'Height (Pixels)',
		description: 'Height of the picture, in pixels',
		placeholder: 'e.g. 480',
		default: 480,
		integer: true,
		min: 160,
		max: 4_000,
	},
	legend: {
		kind: 'options',
		label: 'Legend',
		description: 'Where the names of the series stand; those of a ring stand beside it',
		options: [
			{ value: 'bottom', label: 'Bottom' },
			{ value: 'none', label: 'None' },
			{ value: 'top', label: 'Top' },
		],
		default: 'top',
	},
	numberFormat,
	theme: {
		kind: 'options',
		label: 'Theme',
		description: 'Colours of the picture',
		options: [
			{ value: 'dark', label: 'Dark' },
			{ value: 'light', label: 'Light' },
		],
		default: 'light',
	},
	timeZone,
	valueLabel: {
		kind: 'string',
		label: 'Value Label',
		description: 'What is counted; stands above the value axis',
		placeholder: 'e.g. Conversations',
		maxLength: 100,
	},
	width: {
		kind: 'number',
		label: 'Width (Pixels)',
		description: 'Width of the picture, in pixels',
		placeholder: 'e.g. 960',
		default: 960,
		integer: true,
		min: 240,
		max: 4_000,
	},
} as const satisfies FieldMap;
