/**
 * Ends the real Node-RED with `kill -9` at random moments while events of a durable webhook and messages of a poll
 * come in: `npm run kills:node-red -- [kills] [seed]`, 200 by default. Ends with 1 when an acknowledged event or a
 * message was lost, or an event that was through ran again. n8n: `npm run polls:kill -- 15 durable`,
 * `npm run webhook:n8n`.
 */
import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { seeded } from '../support/seeded';
import { isWhole, liveNodeRed, printLife } from './node-red';

async function main(): Promise<void> {
	const kills = Number(process.argv[2] ?? 200);
	const seed = Number(process.argv[3] ?? randomInt(2 ** 31));
	const startedMs = Date.now();
	console.log(`seed ${seed}`);
	const random = seeded(seed);
	const result = await liveNodeRed(random, async (life) => {
		for (let kill = 1; kill <= kills; kill += 1) {
			await sleep(random() * 2_000);
			await life.kill();
			if (kill % 10 === 0) console.log(`${kill} of ${kills} kills, ${life.events} events`);
		}
	});
	const seconds = Math.round((Date.now() - startedMs) / 1_000);
	console.log(`Node-RED: ${kills} kills in ${seconds} s`);
	printLife(result);
	process.exitCode = isWhole(result) ? 0 : 1;
}

void main();
