import { existsSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { startRed, type RedProcess } from '../../packages/demo/src/node-red/process';
import { installTarball, makeTempFolder, ROOT } from '../node-red/harness/install';
import { LiveTraffic } from './live-traffic';
import { Ledger } from './traffic';

/** What a run of kills has come to. */
export interface KillResult {
	readonly kills: number;
	readonly written: number;
	readonly missing: number[];
	readonly repeated: number;
}

/** The next node writes each event into a file before it does anything else. */
function flowOf(ledgerFile: string, baseUrl: string, apiKey: string): object[] {
	const func = `fs.appendFileSync(${JSON.stringify(ledgerFile)}, msg.payload.text + '\\n');`;
	const common = { z: 'tab', x: 100, y: 100 };
	return [
		{ id: 'tab', type: 'tab', label: 'kill' },
		{
			...common,
			id: 'events',
			type: 'flowxo-events',
			flowXoApi: 'xo',
			interval: 1,
			events: 'newMessage',
			role: 'any',
			wires: [['write']],
		},
		{ ...common, id: 'write', type: 'function', func, libs: [{ var: 'fs', module: 'fs' }], wires: [] },
		{ id: 'xo', type: 'flowxo-api', baseUrl, credentials: { apiKey } },
	];
}

function readLedger(file: string): Ledger {
	const ledger = new Ledger();
	const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
	for (const line of text.split('\n').filter(Boolean)) ledger.add(line);
	return ledger;
}

/** Kills Node-RED again and again while messages come in, and counts what its flow has seen. */
export async function killNodeRed(kills: number): Promise<KillResult> {
	const userDir = await makeTempFolder('kill');
	await installTarball(userDir);
	const traffic = await LiveTraffic.start(50);
	const file = join(userDir, 'ledger.txt');
	let red: RedProcess | undefined;
	try {
		red = await startRed({ root: ROOT, userDir });
		await fetch(`http://127.0.0.1:${red.port}/flows`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify(flowOf(file, traffic.sandbox.baseUrls.flowXo, traffic.sandbox.keys.flowXo)),
		});
		// The starting point is set once something arrives.
		await traffic.probe(() => readLedger(file).seen > 0);
		for (let kill = 0; kill < kills; kill += 1) {
			await wait(300 + Math.random() * 2_000);
			await red.kill();
			red = await startRed({ root: ROOT, userDir });
		}
		traffic.pause();
		const started = Date.now();
		const isThrough = (): boolean => traffic.missingIn(readLedger(file)).length === 0;
		while (!isThrough() && Date.now() - started < 20_000) await wait(200);
		await red.stop();
		const ledger = readLedger(file);
		const { repeated } = ledger.against(traffic.written);
		return { kills, written: traffic.written - traffic.first, missing: traffic.missingIn(ledger), repeated };
	} finally {
		await red?.kill();
		await traffic.close();
		await rm(userDir, { recursive: true, force: true });
	}
}
