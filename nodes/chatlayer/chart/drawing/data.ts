/** The common axis of series: moments, or names. */
export type Axis =
	| {
			readonly kind: 'time';
			/** In ms since the epoch, ascending. */
			readonly instants: readonly number[];
	  }
	| { readonly kind: 'names'; readonly names: readonly string[] };

/** One series, with a value or null for each place on the axis. */
export interface ChartSeries {
	readonly name: string;
	readonly values: readonly (number | null)[];
}

/** What is drawn. */
export interface ChartData {
	readonly axis: Axis;
	readonly series: readonly ChartSeries[];
}

/** Number of places on an axis. */
export function placesOf(axis: Axis): number {
	return axis.kind === 'time' ? axis.instants.length : axis.names.length;
}

/** True when there is not a single number. */
export function isEmpty({ series }: ChartData): boolean {
	return series.every(({ values }) => values.every((value) => value === null));
}
