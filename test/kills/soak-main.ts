/**
 * A hard life of the real Node-RED, from a seed: events and messages at many times the usual pace, a service that
 * fails and stalls, deploys and kills at random; then as long without kills, to see whether it holds on to more and
 * more: `npm run soak:node-red -- [minutes] [seed]`, 5 by default. Ends with 1 when anything was lost or held on to.
 */
import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { seeded } from '../support/seeded';
import { moreThan, Probe, type Held } from '../webhook/probe';
import { isWhole, liveNodeRed, printLife, type Life } from './node-red';

type Fault = Parameters<Life['traffic']['sandbox']['faults']['add']>[0];

/** What the service does wrong, for a few requests each. */
const FAULTS: readonly Fault['action'][] = [
	{ type: 'status', status: 500 },
	{ type: 'status', status: 429, retryAfter: 1 },
	{ type: 'html' },
	{ type: 'truncate' },
	{ type: 'reset', when: 'before' },
	{ type: 'latency', ms: 2_000 },
	{ type: 'list', insert: 2 },
];

async function main(): Promise<void> {
	const minutes = Number(process.argv[2] ?? 5);
	const seed = Number(process.argv[3] ?? randomInt(2 ** 31));
	const random = seeded(seed);
	console.log(`seed ${seed}, ${minutes} minutes`);
	const probe = await Probe.create();
	const done = new Map<string, number>();
	let held: { before: Held; after: Held } | undefined;

	/** One thing that happens, and a pause of up to five seconds. */
	async function happen(life: Life, withKills: boolean): Promise<void> {
		const draw = random();
		const what = draw < 0.5 ? 'fault' : draw < 0.8 ? 'deploy' : withKills ? 'kill' : 'nothing';
		done.set(what, (done.get(what) ?? 0) + 1);
		if (what === 'kill') await life.kill();
		if (what === 'deploy') await life.deploy(random() < 0.5 ? 'full' : 'nodes');
		const action = FAULTS[Math.floor(random() * FAULTS.length)];
		if (what === 'fault' && action)
			life.traffic.sandbox.faults.add({
				match: { surface: 'flowxo' },
				times: 1 + Math.floor(random() * 3),
				action,
			});
		await sleep(random() * 5_000);
	}

	const result = await liveNodeRed(
		random,
		async (life) => {
			const halfMs = (minutes * 60_000) / 2;
			const startedMs = Date.now();
			while (Date.now() - startedMs < halfMs) await happen(life, true);
			// A new process first compiles and fills its caches.
			await sleep(Math.min(20_000, halfMs / 4));
			const before = await probe.ask();
			while (Date.now() - startedMs < 2 * halfMs) await happen(life, false);
			life.traffic.sandbox.faults.clear();
			held = { before, after: await probe.askUntilQuiet(before, 30_000) };
		},
		probe.env,
	);
	console.log([...done].map(([what, times]) => `${times} times ${what}`).join(', '));
	printLife(result);
	const more = held ? moreThan(held.after, held.before) : ['it was not measured'];
	const mb = (one: Held | undefined): string => ((one?.heap ?? 0) / 1024 ** 2).toFixed(1);
	console.log(`  heap: ${mb(held?.before)} MB, after as long without kills ${mb(held?.after)} MB`);
	console.log(`  held on to: ${more.length > 0 ? more.join(', ') : 'nothing more than before'}`);
	await probe.close();
	process.exitCode = isWhole(result) && more.length === 0 ? 0 : 1;
}

void main();
