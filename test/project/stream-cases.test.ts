import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { STREAM_CASES } from '../stream-cases/table';
import type { Cell } from '../support/case-cell';

const ROOT = join(__dirname, '../..');
const source = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

const cells = Object.entries(STREAM_CASES).flatMap(([id, row]) =>
	Object.entries(row).map(([place, cell]) => [id, place, cell as Cell] as const),
);

describe('the table of stream cases', () => {
	it('has every case of a web socket', () => {
		const wanted = Array.from({ length: 28 }, (_, at) => `WS-${String(at + 1).padStart(2, '0')}`);
		expect(Object.keys(STREAM_CASES)).toEqual(wanted);
	});

	it.each(cells)('%s in %s has a test, or a reason', (id, _place, cell) => {
		if ('because' in cell) {
			expect(cell.because).toMatch(/\w+ \w+/);
			return;
		}
		const [file, words = id] = cell;
		expect(source(file)).toContain(words);
	});

	it('is run over both transports', () => {
		const suite = source('test/client/stream/transports.test.ts');
		for (const cases of ['openingCases(open)', 'livingCases(open)', 'messageCases(open)'])
			expect(suite).toContain(cases);
		expect(suite).toContain('describe.each(TRANSPORTS)');
	});
});
