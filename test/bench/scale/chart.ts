/** One measured point: how much work, and what a unit of it cost. */
export interface Point {
	readonly size: number;
	readonly value: number;
}

/** One diagram: sizes to the right, by powers of ten, values upwards from 0. */
export interface Panel {
	readonly title: string;
	readonly xLabel: string;
	readonly unit: string;
	readonly points: readonly Point[];
}

const WIDTH = 300;
const HEIGHT = 200;
const MARGIN = { left: 56, top: 48, right: 24, bottom: 48 };
const INK = '#57606a';

/** The least of 1, 2 and 5 times a power of ten that is not below a value. */
function roundedUp(value: number): number {
	const power = 10 ** Math.floor(Math.log10(Math.max(value, 1e-9)));
	return ([1, 2, 5, 10].find((factor) => factor * power >= value) ?? 10) * power;
}

const short = (value: number): string =>
	value.toLocaleString('en', { maximumFractionDigits: value < 10 ? 2 : 0 });

function panelAt({ title, xLabel, unit, points }: Panel, left: number): string {
	const sizes = points.map(({ size }) => Math.log10(size));
	const [low, high] = [Math.min(...sizes), Math.max(...sizes)];
	const top = roundedUp(Math.max(...points.map(({ value }) => value)) * 1.15);
	const x = (size: number): number =>
		left + MARGIN.left + ((Math.log10(size) - low) / (high - low || 1)) * WIDTH;
	const y = (value: number): number => MARGIN.top + HEIGHT - (value / top) * HEIGHT;
	const lines = [0, 0.25, 0.5, 0.75, 1].map((part) => {
		const at = y(part * top).toFixed(1);
		return (
			`<line x1="${left + MARGIN.left}" x2="${left + MARGIN.left + WIDTH}" y1="${at}" y2="${at}" stroke="${INK}" stroke-opacity="0.25"/>` +
			`<text x="${left + MARGIN.left - 8}" y="${at}" dy="4" text-anchor="end">${short(part * top)}</text>`
		);
	});
	const marks = points.map(
		({ size, value }) =>
			`<circle cx="${x(size).toFixed(1)}" cy="${y(value).toFixed(1)}" r="4" fill="#0969da"/>` +
			`<text x="${x(size).toFixed(1)}" y="${(y(value) - 10).toFixed(1)}" text-anchor="middle" font-weight="600">${short(value)}</text>` +
			`<text x="${x(size).toFixed(1)}" y="${MARGIN.top + HEIGHT + 18}" text-anchor="middle">${size.toLocaleString('en')}</text>`,
	);
	const path = points.map(({ size, value }) => `${x(size).toFixed(1)},${y(value).toFixed(1)}`).join(' ');
	return [
		`<text x="${left + MARGIN.left}" y="24" font-size="14" font-weight="600">${title} (${unit})</text>`,
		...lines,
		`<polyline points="${path}" fill="none" stroke="#0969da" stroke-width="2"/>`,
		...marks,
		`<text x="${left + MARGIN.left + WIDTH / 2}" y="${MARGIN.top + HEIGHT + 38}" text-anchor="middle">${xLabel}</text>`,
	].join('\n');
}

/** Draws diagrams side by side as SVG, readable on light and dark pages. */
export function chart(panels: readonly Panel[]): string {
	const each = MARGIN.left + WIDTH + MARGIN.right;
	const [width, height] = [each * panels.length, MARGIN.top + HEIGHT + MARGIN.bottom];
	return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="system-ui, sans-serif" font-size="11" fill="#24292f" role="img">
<title>${panels.map(({ title }) => title).join('; ')}</title>
<rect width="${width}" height="${height}" fill="#ffffff"/>
${panels.map((panel, index) => panelAt(panel, index * each)).join('\n')}
</svg>
`;
}
