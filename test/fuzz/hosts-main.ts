/**
 * Gives both hosts inputs of all kinds, through every operation, trigger with an address and the stream:
 * `npm run faults:fuzz:hosts -- [inputs] [seed]`, 2,000 for each host by default. Prints seed and time; the same seed
 * tries the same. Ends with 1 when anything gets out that is no refusal, hangs, ends a host or changes a prototype.
 */
import { randomInt } from 'node:crypto';
import { fuzzHosts } from './hosts';

async function main(): Promise<void> {
	const count = Number(process.argv[2] ?? 2_000);
	const result = await fuzzHosts(Number(process.argv[3] ?? randomInt(2 ** 31)), count);
	const { seed, seconds, tried, refused, failures } = result;
	const parts = Object.entries(tried).map(([what, times]) => `${times} to ${what}`);
	console.log(`seed ${seed}: ${count} inputs for each host in ${seconds.toFixed(0)} s (${parts.join(', ')})`);
	for (const [host, times] of Object.entries(refused))
		console.log(`  ${host}: ${times} of ${tried['operations']} inputs of operations refused, the others ran`);
	for (const failure of failures) console.error(failure);
	console.log(failures.length === 0 ? 'nothing got out' : `${failures.length} places are broken`);
	process.exitCode = failures.length > 0 ? 1 : 0;
}

void main();
