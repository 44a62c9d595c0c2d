/**
 * A hard life of the real Node-RED, from a seed: events and messages at many times the usual pace, a service that
 * fails and stalls, deploys and kills at random; then as long without kills, to see whether it holds on to more and
 * more: `npm run soak:node-red -- [minutes] [seed]`, 5 by default. Ends with 1 when anything was lost or held on to.
 */
import { randomInt } from 'node:crypto';
import { seeded } from '../support/seeded';
import { Probe } from '../webhook/probe';
import { isWhole, liveNodeRed, printLife } from './node-red';
import { printSoaked, Trouble, type Soaked } from './trouble';

const PAUSE_MS = 5_000;

async function main(): Promise<void> {
	const minutes = Number(process.argv[2] ?? 5);
	const seed = Number(process.argv[3] ?? randomInt(2 ** 31));
	const random = seeded(seed);
	console.log(`Node-RED, seed ${seed}, ${minutes} minutes`);
	const probe = await Probe.create();
	const trouble = new Trouble(random);
	let soaked: Soaked | undefined;
	const result = await liveNodeRed(
		random,
		async (life) => {
			soaked = await trouble.soak(life, minutes, PAUSE_MS, probe);
		},
		probe.env,
	);
	console.log(String(trouble));
	printLife(result);
	const isLight = soaked !== undefined && printSoaked(soaked);
	await probe.close();
	process.exitCode = isWhole(result) && isLight ? 0 : 1;
}

void main();
