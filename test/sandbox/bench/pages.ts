/**
 * Reads pages of a sandbox with 100,000 generated conversations and prints how long they take and how much memory it
 * holds: `node -r ./test/sandbox/register.cjs test/sandbox/bench/pages.ts`. Ends with 1 when a limit is passed.
 */
import { spawnSandbox } from './spawn';

const COUNT = 100_000;
const P99_MS = 20;
const RSS_MB = 300;

async function main(): Promise<void> {
	const started = performance.now();
	const sandbox = await spawnSandbox('--seed', String(COUNT));
	console.log(`start with ${COUNT} conversations: ${Math.round(performance.now() - started)} ms`);
	const basic = Buffer.from(`${sandbox.keys.chatlayerTokenId}:${sandbox.keys.chatlayerTokenSecret}`).toString(
		'base64',
	);
	const [flowXo, flowAi, chatlayer] = [
		`Bearer ${sandbox.keys.flowXo}`,
		sandbox.keys.flowAiRest,
		`Basic ${basic}`,
	];
	const range = 'version=LIVE&start_time=2026-03-01T00:00:00Z&end_time=2026-09-01T00:00:00Z';
	const any = (below: number): number => Math.floor(Math.random() * below);
	const kinds: Record<string, () => [url: string, key: string]> = {
		'Flow XO list': () => [`${sandbox.baseUrls.flowXo}/conversations?skip=${any(COUNT)}&limit=100`, flowXo],
		'Flow XO list in a range': () => {
			const day = new Date(Date.UTC(2026, 2, 10 + any(150))).toISOString();
			return [`${sandbox.baseUrls.flowXo}/conversations?start=${day}&skip=${any(500)}&limit=100`, flowXo];
		},
		'Flow XO messages': () => [
			`${sandbox.baseUrls.flowXo}/conversations/5f3a9c0e7d21b84a66e0c1d2%2Fc%2F${490160000000 + any(COUNT / 2) * 2}/messages`,
			flowXo,
		],
		'Flow.ai threads': () => [
			`${sandbox.baseUrls.flowAi}/rest/v1/threads?sync=true&page=${1 + any(COUNT / 20)}`,
			flowAi,
		],
		'Flow.ai history': () => [
			`${sandbox.baseUrls.flowAi}/rest/v1/messages/g-${String(any(COUNT)).padStart(7, '0')}?sync=true&page=1`,
			flowAi,
		],
		'Chatlayer events': () => [
			`${sandbox.baseUrls.chatlayer}/v1/bots/k3v9x2ab/events/stream?${range}&page_size=100&page_token=${Buffer.from(`from:${any(COUNT)}`).toString('base64url')}`,
			chatlayer,
		],
		'Chatlayer conversations by day': () => [
			`${sandbox.baseUrls.chatlayer}/v1/bots/k3v9x2ab/conversations?${range}&bucket=1d&group_by=channel_type`,
			chatlayer,
		],
	};
	let failed = false;
	for (const [name, next] of Object.entries(kinds)) {
		const times: number[] = [];
		for (let n = 0; n < 400; n += 1) {
			const [url, authorization] = next();
			const before = performance.now();
			const response = await fetch(url, { headers: { authorization } });
			await response.text();
			if (response.status !== 200) throw new Error(`${name}: ${response.status} for ${url}`);
			if (n >= 50) times.push(performance.now() - before);
		}
		times.sort((a, b) => a - b);
		const [p50 = 0, p99 = 0] = [times[Math.floor(times.length / 2)], times[Math.floor(times.length * 0.99)]];
		failed ||= p99 > P99_MS;
		console.log(`${name.padEnd(32)} p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms`);
	}
	const rss = (await sandbox.memory()) / 1e6;
	failed ||= rss > RSS_MB;
	console.log(`memory: ${Math.round(rss)} MB (limits: p99 ${P99_MS} ms, ${RSS_MB} MB)`);
	sandbox.stop();
	if (failed) process.exitCode = 1;
}

void main();
