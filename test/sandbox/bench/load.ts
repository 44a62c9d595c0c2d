/**
 * Repeats one call against a server for some seconds and prints how many were answered a second:
 * `load.ts <origin> <key> <seconds> <lanes> <threads> <body>`.
 */
import { Pool } from 'undici';

/** What the load found. */
export interface Load {
	readonly perSecond: number;
	/** Calls not answered with 200. */
	readonly wrong: number;
}

async function main([
	origin = '',
	key = '',
	seconds = '1',
	lanes = '1',
	threads = '1',
	body = '',
]: string[]): Promise<void> {
	const { origin: host, pathname } = new URL(origin);
	const pool = new Pool(host, { connections: Number(lanes), pipelining: 1 });
	const headers = { authorization: key, 'content-type': 'application/json', accept: 'application/json' };
	let [count, wrong, n] = [0, 0, 0];
	const started = performance.now();
	const until = started + Number(seconds) * 1000;
	await Promise.all(
		Array.from({ length: Number(lanes) }, async () => {
			while (performance.now() < until) {
				const path = `${pathname}/messages/load-${(n += 1) % Number(threads)}`;
				const answer = await pool.request({ method: 'POST', path, headers, body });
				await answer.body.dump();
				count += 1;
				if (answer.statusCode !== 200) wrong += 1;
			}
		}),
	);
	const perSecond = (count / (performance.now() - started)) * 1000;
	await pool.close();
	console.log(JSON.stringify({ perSecond, wrong } satisfies Load));
}

void main(process.argv.slice(2));
