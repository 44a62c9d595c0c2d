/**
 * Reads a year of hourly counts in five channels, joins them and makes rows and a table: `npm run reports:year`.
 * Prints time and memory; ends with 1 when the sum is not the one known beforehand or a limit is passed.
 */
import { problemsOf, readHours } from './year';

const DAYS = 365;

async function main(): Promise<void> {
	const figures = await readHours(DAYS);
	const { requests, points, sum, known, fetchMs, pivotMs, blockedMs, heapMb } = figures;
	console.log(`${points} points in ${requests} requests; sum ${sum}, known beforehand ${known}`);
	console.log(`fetched and joined in ${Math.round(fetchMs)} ms, rows and table in ${Math.round(pivotMs)} ms`);
	console.log(`event loop blocked ${Math.round(blockedMs)} ms at most; ${heapMb.toFixed(1)} MB of heap`);
	for (const problem of problemsOf(figures, DAYS)) {
		console.error(`FAILED: ${problem}`);
		process.exitCode = 1;
	}
}

void main();
