/**
 * Tries the functions that strangers reach with inputs of all kinds: `npm run faults:fuzz -- [inputs] [seed]`, a
 * million by default. Prints seed and time; the same seed tries the same. Ends with 1 when anything throws what is
 * no refusal, hangs, or changes a prototype.
 */
import { randomInt } from 'node:crypto';
import { fuzz } from './run';

async function main(): Promise<void> {
	const count = Number(process.argv[2] ?? 1_000_000);
	const { seed, seconds, tried, failures, slowest } = await fuzz(
		Number(process.argv[3] ?? randomInt(2 ** 31)),
		count,
	);
	for (const [name, times] of [...tried].sort()) console.log(`${String(times).padStart(8)}  ${name}`);
	console.log(`seed ${seed}: ${count} inputs in ${seconds.toFixed(1)} s`);
	console.log(`slowest input: ${slowest.ms.toFixed(1)} ms, ${slowest.target}`);
	for (const failure of failures) console.error(failure);
	process.exitCode = failures.length > 0 ? 1 : 0;
}

void main();
