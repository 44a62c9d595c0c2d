import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');

/**
 * Where a fault case is tested in one place: the file, whose tests name the case or hold the given words in a
 * title; or why there is no test.
 */
export type Cell = readonly [file: string, words?: string] | { readonly because: string };

/** There is no test, and this is why. */
export const because = (words: string): Cell => ({ because: words });

/** The text of a file of the project. */
export const sourceOf = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

/** Tests that a table of cases is whole, and that every cell of it has its test or its reason. */
export function describeCases(cases: Readonly<Record<string, object>>, wanted: readonly string[]): void {
	const cells = Object.entries(cases).flatMap(([id, row]) =>
		Object.entries(row).map(([place, cell]: [string, Cell]) => [id, place, cell] as const),
	);

	it('has every case', () => {
		expect(Object.keys(cases)).toEqual(expect.arrayContaining([...wanted]));
	});

	it.each(cells)('%s in %s has a test, or a reason', (id, _place, cell) => {
		if ('because' in cell) {
			expect(cell.because).toMatch(/\w+ \w+/);
			return;
		}
		const [file, words = id] = cell;
		expect(sourceOf(file)).toContain(words);
	});
}

/** The ids of a group of cases, e.g. `PAGE-01` to `PAGE-14`. */
export function caseIds(group: string, count: number): string[] {
	return Array.from({ length: count }, (_, at) => `${group}-${String(at + 1).padStart(2, '0')}`);
}
