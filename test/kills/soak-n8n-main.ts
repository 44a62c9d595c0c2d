/**
 * A hard life of a real n8n, from a seed, in real time: events, messages and a bot's words come in, a service fails
 * and stalls, links are cut or fall silent, workflows are switched off and on and n8n is killed at random; then as
 * long without kills, to see whether it holds on to more and more: `npm run soak:n8n -- [minutes] [seed]`, 30 by
 * default. Ends with 1 when anything was lost or held on to.
 */
import { randomInt } from 'node:crypto';
import { seeded } from '../support/seeded';
import { Probe } from '../webhook/probe';
import { isWholeN8n, liveN8n, printN8nLife } from './n8n';
import { printSoaked, Trouble, type Soaked } from './trouble';

/** n8n takes ten seconds to come back from a kill. */
const PAUSE_MS = 30_000;

async function main(): Promise<void> {
	const minutes = Number(process.argv[2] ?? 30);
	const seed = Number(process.argv[3] ?? randomInt(2 ** 31));
	console.log(`n8n, seed ${seed}, ${minutes} minutes`);
	const probe = await Probe.create();
	const trouble = new Trouble(seeded(seed));
	let soaked: Soaked | undefined;
	const result = await liveN8n(async (living) => {
		soaked = await trouble.soak(living, minutes, PAUSE_MS, probe);
	}, probe.env);
	console.log(String(trouble));
	printN8nLife(result);
	const isLight = soaked !== undefined && printSoaked(soaked);
	await probe.close();
	process.exitCode = isWholeN8n(result) && isLight ? 0 : 1;
}

void main();
