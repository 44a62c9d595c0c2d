/** How numbers are written. */
export type NumberFormat = 'comma' | 'point' | 'space' | 'plain';

/** Signs between thousands, and before decimals. */
const SIGNS: Readonly<Record<NumberFormat, readonly [string, string]>> = {
	comma: [',', '.'],
	point: ['.', ','],
	space: ['\u00a0', ','],
	plain: ['', '.'],
};

/** Numbers beyond these are written with an exponent. */
const [SMALLEST, LARGEST] = [1e-6, 1e15];

/**
 * A number as people write it.
 * @param decimals how many are shown; as many as it has, at most two, where left out
 */
export function formatNumber(value: number, format: NumberFormat, decimals?: number): string {
	const [thousands, point] = SIGNS[format];
	const size = Math.abs(value);
	if (size >= LARGEST || (size > 0 && size < SMALLEST)) return value.toExponential(2).replace('.', point);
	// A small number would be shown as 0 with two decimals.
	const shown = size > 0 && size < 0.01 ? 6 : 2;
	const fixed = decimals === undefined ? String(Number(size.toFixed(shown))) : size.toFixed(decimals);
	const [whole = '', rest] = fixed.split('.');
	const grouped = whole.replace(/\B(?=(\d{3})+$)/g, thousands);
	const isNegative = value < 0 && Number(fixed) !== 0;
	return `${isNegative ? '\u2212' : ''}${grouped}${rest === undefined ? '' : `${point}${rest}`}`;
}

/** The decimals that the steps between numbers need. */
export function decimalsOf(step: number): number {
	return step > 0 ? Math.min(12, Math.max(0, -Math.floor(Math.log10(step) + 1e-9))) : 0;
}
