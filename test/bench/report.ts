import type { Figure } from './figure';

function amount(value: number | undefined, unit: string): string {
	if (value === undefined) return '';
	const digits = unit === 'a second' || value >= 100 ? 0 : value >= 10 ? 1 : 2;
	return `${value.toLocaleString('en', { maximumFractionDigits: digits })} ${unit}`;
}

const ratio = ({ ratio: value }: Figure): string => (value === undefined ? '' : value.toFixed(2));

/** One figure for a terminal. */
export function printed(figure: Figure): string {
	const theirs = figure.theirs === undefined ? '' : `, theirs ${amount(figure.theirs, figure.unit)}`;
	const times = figure.ratio === undefined ? '' : `, ratio ${ratio(figure)}`;
	const note = figure.note === undefined ? '' : `\n      ${figure.note}`;
	return `  ${figure.met ? 'met   ' : 'MISSED'} ${figure.work}: ${amount(figure.ours, figure.unit)}${theirs}${times} (${figure.target})${note}`;
}

const SCALE = `## As work grows

![Processor time and memory by the length of a list and by the number of threads](pictures/scale.svg)

\`npm run bench:scale\` measures a list of 100 to a million rows and 5,000 sends over one to 5,000 threads in a real
Node-RED, and draws this.
`;

/**
 * The page of figures.
 * @param machine what they were measured on
 * @param isDrawn whether there is a picture of how cost grows
 */
export function performancePage(machine: string, figures: readonly Figure[], isDrawn: boolean): string {
	const scale = isDrawn ? `\n${SCALE}` : '';
	const rows = figures.map((figure) => {
		const cells = [
			figure.work,
			figure.against,
			amount(figure.ours, figure.unit),
			amount(figure.theirs, figure.unit),
			ratio(figure),
			`${figure.target}: ${figure.met ? 'met' : '**missed**'}`,
			String(figure.rounds),
			figure.load?.toFixed(1) ?? '',
			figure.note ?? '',
		];
		return `| ${cells.join(' | ')} |`;
	});
	return `# Performance

Each line compares our nodes, from the packed packages and with their own defaults, with what one would use
instead, in the same run of the same real host. Figures are medians; the ratio is the median over pairs of rounds, of
which each measures both sides one after the other. *Load* is what else was at work on the machine when a line began (its load
average): where it is above the number of processors, figures are coarse, times more so than ratios.

Measured on: ${machine}

| work | against | ours | theirs | ratio | target | rounds | load | seen |
| --- | --- | --- | --- | --- | --- | --- | --- | --- |
${rows.join('\n')}

\`npm run bench\` measures all of it and writes this page, \`npm run bench -- --only NAME --write\` one line of it;
why the defaults are what they are stands in [decision 009](decisions/009-concurrency-and-bounds.md), and what keeps the lines
that are missed from being met in [decision 013](decisions/013-how-fast-sends-can-be.md).
${scale}`;
}
