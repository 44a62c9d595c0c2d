/**
 * A hard life of n8n, from a seed: events, messages and a bot's words come in, a service fails
 * and stalls, links are cut or fall silent, workflows are switched off and on and n8n is killed at random; then as
 * long without kills, to see whether it holds on to more and more. `npm run soak:n8n -- [minutes] [seed]` has a real n8n in
 * real time, 30 minutes by default; `npm run soak:n8n-core` our triggers in contexts of n8n-core, where things happen at many
 * times that pace, 5 by default. Ends with 1 when anything was lost or held on to.
 */
import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { seeded } from '../support/seeded';
import { Probe } from '../webhook/probe';
import { isWholeN8n, liveN8n, printN8nLife } from './n8n';
import { startCoreLife } from './n8n-core';
import { startServerLife } from './n8n-server';
import { printSoaked, Trouble, type Soaked } from './trouble';

/** Longest pause between two things that happen, in ms. n8n takes ten seconds to come back from a kill. */
const PAUSE_MS = { server: 30_000, core: 3_000 };

async function main(): Promise<void> {
	const { values, positionals } = parseArgs({
		options: { core: { type: 'boolean', default: false } },
		allowPositionals: true,
	});
	const kind = values.core ? 'core' : 'server';
	const minutes = Number(positionals[0] ?? (values.core ? 5 : 30));
	const seed = Number(positionals[1] ?? randomInt(2 ** 31));
	console.log(`${values.core ? 'n8n-core' : 'n8n'}, seed ${seed}, ${minutes} minutes`);
	const probe = await Probe.create();
	const trouble = new Trouble(seeded(seed));
	let soaked: Soaked | undefined;
	const start = values.core ? startCoreLife : startServerLife;
	const result = await liveN8n(
		async (traffic) => await start(traffic, probe.env),
		async (living) => {
			soaked = await trouble.soak(living, minutes, PAUSE_MS[kind], probe);
		},
	);
	console.log(String(trouble));
	printN8nLife(result);
	const isLight = soaked !== undefined && printSoaked(soaked);
	await probe.close();
	process.exitCode = isWholeN8n(result) && isLight ? 0 : 1;
}

void main();
