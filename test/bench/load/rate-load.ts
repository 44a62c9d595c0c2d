/**
 * Posts numbered events at a steady rate, whether or not earlier ones are answered, and prints when each was sent:
 * `rate-load.ts <url> <a second> <first number> <count>`.
 */
import { Pool } from 'undici';
import { numberedEvent } from '../../webhook/events';
import { steadily } from './steadily';

/** When each event was sent, in ms since the epoch, by the order of their numbers. */
export interface RateLoad {
	readonly sentMs: readonly number[];
	/** Answers other than 200. */
	readonly wrong: number;
}

async function main([address = '', perSecond = '1', from = '0', count = '1']: string[]): Promise<void> {
	const url = new URL(address);
	const pool = new Pool(url.origin, { connections: 50, pipelining: 1 });
	const answers: Promise<void>[] = [];
	let wrong = 0;
	const sentMs = await steadily(Number(perSecond), Number(count), (index) => {
		const post = async (): Promise<void> => {
			const answer = await pool.request({
				method: 'POST',
				path: url.pathname,
				headers: { 'content-type': 'application/json' },
				body: numberedEvent(Number(from) + index),
			});
			await answer.body.dump();
			if (answer.statusCode !== 200) wrong += 1;
		};
		answers.push(post());
	});
	await Promise.all(answers);
	await pool.close();
	console.log(JSON.stringify({ sentMs, wrong } satisfies RateLoad));
}

void main(process.argv.slice(2));
