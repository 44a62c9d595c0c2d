import { FAULT_CASES, OPEN } from '../fault-cases/cases';
import { tableOf } from '../fault-cases/table';

const cells = [...tableOf(FAULT_CASES)].flatMap(([id, row]) =>
	[...row].map(([place, cell]) => ({ name: `${id} ${place}`, cell })),
);

describe('the table of all known faults', () => {
	it('has a test or a reason in every cell but those that are known to be open', () => {
		const missing = cells.filter(({ cell }) => cell.kind === 'missing').map(({ name }) => name);
		expect(missing.filter((name) => !OPEN.includes(name))).toEqual([]);
	});

	it('gives reasons in words', () => {
		for (const { cell } of cells) if (cell.kind === 'reason') expect(cell.because).toMatch(/\w+ \w+ \w+/);
	});
});
