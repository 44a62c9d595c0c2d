import { readFileSync, writeFileSync } from 'node:fs';
import { coverage, COVERAGE_PAGE, coveragePage, COLUMNS, gapsOf, withEarlierRuns } from './coverage';

/**
 * Writes the page about every operation and trigger from the last runs, and fails where it has a gap.
 * `--check` writes nothing and leaves the pictures out, which take minutes. `--add` gives new operations their rows,
 * keeps of the others what earlier runs have seen, and does not mind gaps.
 */
function main(): void {
	if (process.argv.includes('--add')) {
		const page = coveragePage(withEarlierRuns(coverage(), readFileSync(COVERAGE_PAGE, 'utf8')));
		return writeFileSync(COVERAGE_PAGE, page);
	}
	const isCheck = process.argv.includes('--check');
	const all = coverage();
	const columns = COLUMNS.filter((one) => !isCheck || one !== 'picture');
	if (!isCheck) writeFileSync(COVERAGE_PAGE, coveragePage(all));
	const gaps = gapsOf(all, columns);
	for (const gap of gaps) process.stdout.write(`missing: ${gap}\n`);
	process.stdout.write(
		`${all.length} operations and triggers × ${columns.join(', ')}: ${gaps.length} gaps\n`,
	);
	if (gaps.length > 0) process.exitCode = 1;
}

main();
