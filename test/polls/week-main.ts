/**
 * A week of traffic, 100,000 messages, polled once a minute with 40 restarts, in n8n's poll context and in the
 * Node-RED node: `npm run polls:week -- [days|node-red|n8n …]`. Prints what was lost and repeated and how much was
 * asked for; ends with 1 when something is not as it should be.
 */
import { playWeek, type WeekOptions } from './week';

const WEEK = { messages: 100_000, hours: 7 * 24, account: 5_000, restarts: 40 };
/** A day in accounts of two sizes: the requests should not tell them apart. */
const DAY = { messages: 10_000, hours: 24, restarts: 2 };

async function play(name: string, options: WeekOptions): Promise<{ requests: number; isRight: boolean }> {
	const started = performance.now();
	const { written, missing, repeated, polls, requests, changes, cursorBytes } = await playWeek(options);
	const seconds = Math.round((performance.now() - started) / 1_000);
	console.log(`${options.host}, ${name}: ${written} messages, ${missing.length} lost, ${repeated} repeated`);
	console.log(
		`  ${polls} polls, ${requests} requests: ${(requests / polls).toFixed(2)} a poll, where ${(changes / polls).toFixed(2)} conversations had changed`,
	);
	console.log(`  ${cursorBytes > 0 ? `cursor up to ${cursorBytes} bytes, ` : ''}${seconds} s`);
	if (missing.length > 0) console.log(`  lost: ${missing.slice(0, 20).join(', ')}`);
	return { requests, isRight: written === options.messages && missing.length === 0 && repeated === 0 };
}

/** Compares accounts of two sizes. */
async function playDays(): Promise<boolean> {
	const small = await play('a day, account of 500', { ...DAY, host: 'Node-RED', account: 100 });
	const large = await play('a day, account of 50,000', { ...DAY, host: 'Node-RED', account: 50_000 });
	const ratio = large.requests / small.requests;
	console.log(`requests in the large account: ${((ratio - 1) * 100).toFixed(1)}% more`);
	return ratio < 1.05 && small.isRight && large.isRight;
}

async function main(): Promise<void> {
	const asked = process.argv.slice(2);
	const parts = {
		days: playDays,
		'node-red': async () => (await play('a week', { ...WEEK, host: 'Node-RED' })).isRight,
		n8n: async () => (await play('a week', { ...WEEK, host: 'n8n' })).isRight,
	};
	for (const [name, run] of Object.entries(parts)) {
		if (asked.length > 0 && !asked.includes(name)) continue;
		if (!(await run())) process.exitCode = 1;
	}
}

void main();
