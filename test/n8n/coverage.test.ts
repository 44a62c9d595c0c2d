import { readFileSync } from 'node:fs';
import { coverage, COVERAGE_PAGE, coveragePage, gapsOf, withEarlierRuns, type Covered } from './coverage';

/** The first columns of a table's rows: node, name, schema, examples. */
function known(page: string): string[] {
	const rows = page.split('\n').filter((line) => /^\| (flowAi|flowXo|chatlayer)/.test(line));
	return rows.map((row) => row.split(' | ').slice(0, 4).join(' | '));
}

// The runs that the other columns come from take minutes: npm run coverage:n8n.
it('the page about every operation has all of them, with their schemas and examples', () => {
	const all = coverage();
	expect(gapsOf(all, ['schema', 'examples'])).toEqual([]);
	expect(known(readFileSync(COVERAGE_PAGE, 'utf8'))).toEqual(known(coveragePage(all)));
});

it('a new row leaves what earlier runs have seen of the others', () => {
	const nothing = {
		schema: '1 fields',
		examples: '1',
		picture: false,
		engine: false,
		server: false,
	} as const;
	const old = { ...nothing, node: 'flowXo', name: 'Flow: Get Many' };
	const page = coveragePage([{ ...old, picture: true, engine: true }]);
	const added = { ...nothing, node: 'flowXo', name: 'Flow: Get' };
	expect(withEarlierRuns([added, old], page)).toEqual([added, { ...old, picture: true, engine: true }]);
});

it('a gap is told', () => {
	const [first] = coverage();
	const row: Covered = { ...(first as Covered), engine: false, schema: false };
	expect(gapsOf([row], ['schema', 'engine'])).toHaveLength(2);
	expect(coveragePage([row])).toContain('**missing**');
});
