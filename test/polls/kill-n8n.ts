import { mkdtemp, rm } from 'node:fs/promises';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { importCredentials } from '../../packages/demo/src/n8n/demo';
import { ensureN8n } from '../../packages/demo/src/n8n/install';
import { packedPackages } from '../../packages/demo/src/n8n/packages';
import { printerTo } from '../../packages/demo/src/printer';
import { startN8n, type N8nServer } from '../../packages/demo/src/n8n/server';
import { workflow } from '../../packages/demo/src/n8n/workflows';
import { rawServer } from '../support/raw-server';
import type { KillResult } from './kill-node-red';
import { LiveTraffic } from './live-traffic';
import { DURABLE_POLLS, everySeconds } from './n8n-polls';
import { Ledger } from './traffic';

/** How n8n keeps the cursors of polling triggers. */
export type PollPath = 'classic' | 'durable';

const SETTINGS: Readonly<Record<PollPath, Readonly<Record<string, string>>>> = {
	classic: {},
	durable: DURABLE_POLLS,
};

/** Longest wait for what is still on its way at the end, ms: a poll that a kill ended is free after a minute. */
const SETTLE_MS = 100_000;

/** What a run of kills in n8n has come to: lost and repeated are messages that no run, or more than one, was started with. */
export interface N8nKillResult extends KillResult {
	/** Runs of the workflow that a kill ended. */
	readonly crashed: number;
	/** Messages that such a run had taken and did not get through. */
	readonly cut: number;
}

/** Notes for every run on record, ended or not, which messages it was started with. */
function readRuns(userFolder: string): Ledger {
	const database = new DatabaseSync(join(userFolder, '.n8n', 'database.sqlite'), { readOnly: true });
	const ledger = new Ledger();
	for (const { data } of database.prepare('select data from execution_data').all()) {
		const texts = String(data).match(/number \d+/g) ?? [];
		for (const text of new Set(texts)) ledger.add(text);
	}
	database.close();
	return ledger;
}

/**
 * Kills n8n again and again while messages come in. Counts the messages in its record of runs, and those that the
 * node behind the trigger has sent on.
 */
export async function killN8n(
	kills: number,
	path: PollPath,
	log: (line: string) => void,
): Promise<N8nKillResult> {
	const install = await ensureN8n(printerTo(process.stderr));
	const userFolder = await mkdtemp(join(tmpdir(), 'convoflow-kill-n8n-'));
	const ledger = new Ledger();
	const receiver = await rawServer((request, response) => {
		ledger.add(new URL(request.url ?? '', 'http://localhost').searchParams.get('text'));
		response.end('{}');
	});
	const traffic = await LiveTraffic.start(500);
	let server: N8nServer | undefined;
	try {
		server = await startN8n(install, { packages: await packedPackages(), userFolder, env: SETTINGS[path] });
		const credentials = await importCredentials(server.api, traffic.sandbox);
		const id = await server.api.createWorkflow(
			workflow('Kill', credentials, [
				{
					name: 'New messages',
					type: 'n8n-nodes-flowxo.flowXoTrigger',
					credential: 'flowXoApi',
					parameters: { events: ['newMessage'], role: 'any', pollTimes: everySeconds(5) },
				},
				{
					name: 'Send on',
					type: 'n8n-nodes-base.httpRequest',
					typeVersion: 4.2,
					parameters: { url: `=${receiver.url}/?text={{ encodeURIComponent($json.text) }}`, options: {} },
				},
			]),
		);
		await server.api.activate(id);
		await traffic.probe(() => ledger.seen > 0);
		for (let kill = 1; kill <= kills; kill += 1) {
			await wait(2_000 + Math.random() * 10_000);
			await server.kill();
			await server.start();
			log(`${path}: ${kill} of ${kills} kills, ${traffic.written} written, ${ledger.seen} seen`);
		}
		traffic.pause();
		const started = Date.now();
		while (traffic.missingIn(ledger).length > 0 && Date.now() - started < SETTLE_MS) await wait(500);
		const executions = await server.api.executions(id);
		await server.stop();
		const runs = readRuns(userFolder);
		const missing = traffic.missingIn(runs);
		return {
			kills,
			written: traffic.written - traffic.first,
			missing,
			repeated: runs.against(traffic.written).repeated,
			crashed: executions.filter(({ status }) => status === 'crashed').length,
			cut: traffic.missingIn(ledger).length - missing.length,
		};
	} finally {
		await server?.kill();
		await receiver.close();
		await traffic.close();
		await rm(userFolder, { recursive: true, force: true });
	}
}
