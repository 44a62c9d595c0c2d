/**
 * Shows what a stream does when things go wrong: `npm run stream:outages`, about a minute. A half-open link in real
 * time, ten minutes of a dead server in virtual time, a wrong client id. Ends with 1 when a figure is not as it
 * should be.
 */
import { TRANSPORTS } from '../stream-cases/bench';
import { deadServer, halfOpen, isJittered, NOTICED_WITHIN_MS, wrongClient } from './outages';

const TEN_MINUTES_MS = 600_000;
const seconds = (ms: number): string => (ms / 1_000).toFixed(1);

async function showHalfOpen(): Promise<boolean> {
	const found = await Promise.all(
		TRANSPORTS.map(async ([name, open]) => ({ name, ...(await halfOpen(open)) })),
	);
	for (const { name, noticedMs, why, isReplaced } of found) {
		console.log(`Half-open link, ${name}: noticed ${seconds(noticedMs)} s after the last frame (${why})`);
		console.log(`  the old connection is closed and a new one is open: ${isReplaced ? 'yes' : 'NO'}`);
	}
	return found.every(({ noticedMs, isReplaced }) => noticedMs < NOTICED_WITHIN_MS && isReplaced);
}

async function showDeadServer(): Promise<boolean> {
	const attempts = await deadServer(TEN_MINUTES_MS);
	console.log(`Ten minutes of a dead server: ${attempts.length} attempts`);
	for (const [index, { atMs, waitedMs, ceilingMs }] of attempts.entries()) {
		const after = index === 0 ? '' : `, after ${seconds(waitedMs)} s of at most ${seconds(ceilingMs)} s`;
		console.log(`  attempt ${index + 1} at ${seconds(atMs)} s${after}`);
	}
	return attempts.length > 20 && attempts.every(isJittered);
}

async function showWrongClient(): Promise<boolean> {
	let isGood = true;
	for (const [name, open] of TRANSPORTS) {
		const { attempts, messages, message } = await wrongClient(open, 5_000);
		console.log(`Wrong client ID, ${name}: ${attempts} attempt, ${messages} message: ${message}`);
		isGood &&= attempts === 1 && messages === 1;
	}
	return isGood;
}

async function main(): Promise<void> {
	let isGood = true;
	for (const show of [showDeadServer, showWrongClient, showHalfOpen]) isGood = (await show()) && isGood;
	console.log(isGood ? 'All as it should be.' : 'NOT as it should be.');
	process.exitCode = isGood ? 0 : 1;
}

void main();
