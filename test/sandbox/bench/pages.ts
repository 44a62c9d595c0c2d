/**
 * Reads pages of a sandbox with 100,000 generated conversations and prints how long they take and how much memory it
 * holds: `node -r ./test/sandbox/register.cjs test/sandbox/bench/pages.ts`. Ends with 1 when a limit is passed.
 *
 * On a machine that others use, a page also waits until sandbox or reader get a processor. Linux counts these waits; the
 * limit is for what remains without them, and the whole time stands beside it. Elsewhere the limit is for the whole time.
 */
import { existsSync, readFileSync } from 'node:fs';
import os from 'node:os';
import { spawnSandbox } from './spawn';

const COUNT = 100_000;
const P99_MS = 20;
const RSS_MB = 300;
const ROUNDS = 3;

/** 99th percentiles of one round, in milliseconds. */
interface Round {
	/** The whole time without the waits for a processor. */
	readonly own: number;
	/** The whole time. */
	readonly whole: number;
	/** Work of the sandbox's main thread. */
	readonly work: number;
}

/** What the main thread of a process has worked and has waited for a processor, in milliseconds. */
function schedule(pid: number | 'self'): { work: number; wait: number } {
	const file = `/proc/${pid}/schedstat`;
	const [work = 0, wait = 0] = existsSync(file) ? readFileSync(file, 'utf8').split(' ').map(Number) : [];
	return { work: work / 1e6, wait: wait / 1e6 };
}

function p99(values: number[]): number {
	return [...values].sort((a, b) => a - b)[Math.floor(values.length * 0.99)] ?? 0;
}

async function main(): Promise<void> {
	const load = os.loadavg()[0]?.toFixed(1);
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
	const rounds = new Map<string, Round[]>(Object.keys(kinds).map((name) => [name, []]));
	// All kinds in each round, so that a busy moment of the machine does not strike one of them thrice.
	for (let round = 0; round < ROUNDS; round += 1) {
		for (const [name, next] of Object.entries(kinds)) {
			const [own, whole, work]: [number[], number[], number[]] = [[], [], []];
			for (let n = 0; n < 400; n += 1) {
				const [url, authorization] = next();
				const [served, reader] = [schedule(sandbox.pid), schedule('self')];
				const before = performance.now();
				const response = await fetch(url, { headers: { authorization } });
				await response.text();
				const time = performance.now() - before;
				const after = schedule(sandbox.pid);
				if (response.status !== 200) throw new Error(`${name}: ${response.status} for ${url}`);
				if (n < 50) continue;
				whole.push(time);
				own.push(time - (after.wait - served.wait) - (schedule('self').wait - reader.wait));
				work.push(after.work - served.work);
			}
			rounds.get(name)?.push({ own: p99(own), whole: p99(whole), work: p99(work) });
		}
	}
	let failed = false;
	for (const [name, all] of rounds) {
		const [best] = all.sort((a, b) => a.own - b.own);
		if (!best) throw new Error('no round');
		failed ||= best.own > P99_MS;
		const [own, whole, work] = [best.own, best.whole, best.work].map((ms) => ms.toFixed(1));
		const others = all.slice(1).map((round) => round.own.toFixed(1));
		console.log(
			`${name.padEnd(32)} p99 ${own} ms (other rounds ${others.join(', ')}); with waits ${whole} ms; work of the sandbox ${work} ms`,
		);
	}
	const rss = (await sandbox.memory()) / 1e6;
	failed ||= rss > RSS_MB;
	console.log(
		`memory: ${Math.round(rss)} MB (limits: p99 ${P99_MS} ms in the best of ${ROUNDS} rounds, ${RSS_MB} MB)`,
	);
	console.log(
		`load of the machine, ${os.cpus().length} processors: ${load} before, ${os.loadavg()[0]?.toFixed(1)} after`,
	);
	sandbox.stop();
	if (failed) process.exitCode = 1;
}

void main();
