/**
 * Shows that the sandbox serves at least twice what our nodes consume inside the hosts. The nodes send texts from n8n and
 * from Node-RED to a server that answers at once; the very same call is made against a sandbox, as fast as it answers:
 * `node -r ./test/sandbox/register.cjs test/sandbox/bench/throughput.ts`. Ends with 1 below the factor.
 *
 * Stub, load, sandbox and Node-RED each have a process of their own. The measurements take turns, so that a busy moment
 * of the machine strikes all of them alike, and of each the best round counts.
 */
import os from 'node:os';
import { arrivalsOf, n8nConsumer, nodeRedConsumer, THREADS, type Consumer } from './consumers';
import type { Load } from './load';
import { spawnSandbox, spawnScript, type SpawnedSandbox } from './spawn';

const FACTOR = 2;
const ROUNDS = 5;
const CALLS = 2_000;
const SECONDS = 2;
const LANES = 32;

/** What one side did in each round, in calls a second. */
class Side {
	readonly rounds: number[] = [];

	constructor(readonly name: string) {}

	get best(): number {
		return Math.max(...this.rounds);
	}

	print(): void {
		const all = this.rounds.map((round) => Math.round(round)).join(', ');
		console.log(`${this.name.padEnd(44)}${String(Math.round(this.best)).padStart(7)} a second (${all})`);
	}
}

async function load(sandbox: SpawnedSandbox, seconds: number, body: string): Promise<number> {
	const options = [
		`${sandbox.baseUrls.flowAi}/rest/v1`,
		sandbox.keys.flowAiRest,
		seconds,
		LANES,
		THREADS,
		body,
	];
	const { said } = await spawnScript<Load>('load.ts', ...options.map(String));
	if (said.wrong > 0) throw new Error(`${said.wrong} calls were not answered with 200`);
	return said.perSecond;
}

async function measure(stub: string, consumers: Consumer[], sandbox: SpawnedSandbox): Promise<void> {
	const served = new Side('The sandbox answers the same call');
	const sides = consumers.map((consumer) => ({
		consumer,
		side: new Side(`${consumer.name} sends ${CALLS} texts into ${THREADS} threads`),
	}));
	let body = '';
	// Connections and compiled code.
	for (const consumer of consumers) ({ body } = await arrivalsOf(consumer, stub, 300));
	await load(sandbox, 1, body);
	for (let round = 0; round < ROUNDS; round += 1) {
		for (const { consumer, side } of sides)
			side.rounds.push((await arrivalsOf(consumer, stub, CALLS)).perSecond);
		served.rounds.push(await load(sandbox, SECONDS, body));
	}
	for (const { side } of sides) side.print();
	served.print();
	console.log(`memory of the sandbox: ${Math.round((await sandbox.memory()) / 1e6)} MB`);
	for (const { consumer, side } of sides) {
		const ratio = served.best / side.best;
		console.log(`sandbox to ${consumer.name}: ${ratio.toFixed(1)} times (at least ${FACTOR})`);
		if (ratio < FACTOR) process.exitCode = 1;
	}
}

const machine = (): string =>
	`${os.cpus().length} processors, load of the last minute ${os.loadavg()[0]?.toFixed(1)}`;

async function main(): Promise<void> {
	console.log(machine());
	const stub = await spawnScript<{ url: string }>('stub.ts');
	const sandbox = await spawnSandbox();
	const consumers: Consumer[] = [];
	try {
		consumers.push(await n8nConsumer(stub.said.url), await nodeRedConsumer(stub.said.url));
		await measure(stub.said.url, consumers, sandbox);
	} finally {
		for (const consumer of consumers) await consumer.stop();
		stub.stop();
		sandbox.stop();
	}
	console.log(machine());
}

void main();
