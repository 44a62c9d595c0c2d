/**
 * The same load on one process with SQLite, then on n8n in queue mode: `npm run load:n8n -- [events] [mode]`, where
 * mode is `sqlite` or `queue` and both by default. Ends with 1 when an accepted event has no execution, or users
 * have not read exactly once what became of it.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSandbox, type Sandbox } from '@convoflow/sandbox';
import { importCredentials } from '../../packages/demo/src/n8n/demo';
import { ensureN8n } from '../../packages/demo/src/n8n/install';
import { packedPackages } from '../../packages/demo/src/n8n/packages';
import { startN8n } from '../../packages/demo/src/n8n/server';
import { printerTo } from '../../packages/demo/src/printer';
import { linesOf, runLoad, type LoadFigures } from './load';
import { N8nQueue } from './n8n-queue';
import { checkPrograms } from './programs';
import { postgresRecords, readSqlite, type Records } from '../support/n8n-records';

async function onSqlite(sandbox: Sandbox, events: number): Promise<LoadFigures> {
	const userFolder = await mkdtemp(join(tmpdir(), 'convoflow-n8n-load-'));
	const install = await ensureN8n(printerTo(process.stderr));
	const server = await startN8n(install, { packages: await packedPackages(), userFolder });
	try {
		const { api, pid, url } = server;
		const credentials = await importCredentials(api, sandbox);
		const records: Records = () => Promise.resolve(readSqlite(userFolder));
		const parts = [{ name: 'n8n', pid }];
		return await runLoad({ api, sandbox, credentials, webhooks: url, records, parts }, events);
	} finally {
		await server.stop();
		await rm(userFolder, { recursive: true, force: true });
	}
}

async function inQueueMode(sandbox: Sandbox, events: number): Promise<LoadFigures> {
	const queue = await N8nQueue.start(2);
	try {
		const { api } = queue.main;
		const credentials = await importCredentials(api, sandbox);
		const records = postgresRecords(queue.postgres);
		const { parts, webhooks } = queue;
		return await runLoad({ api, sandbox, credentials, webhooks, records, parts }, events);
	} finally {
		await queue.stop();
	}
}

async function main(): Promise<void> {
	const events = Number(process.argv[2] ?? 2_000);
	const only = process.argv[3];
	if (only !== 'sqlite') checkPrograms();
	let isGood = true;
	for (const [mode, name, run] of [
		['sqlite', 'One process, SQLite', onSqlite],
		['queue', 'Queue mode, PostgreSQL: a main process, two workers, one for webhooks', inQueueMode],
	] as const) {
		if (only !== undefined && only !== mode) continue;
		const sandbox = await startSandbox({ vocabulary: '2019', botDelayMs: 0 });
		try {
			const figures = await run(sandbox, events);
			console.log(linesOf(name, figures).join('\n'));
			isGood &&= figures.vanished.length + figures.doubled.length + figures.miscounted.length === 0;
		} finally {
			await sandbox.close();
		}
	}
	console.log(isGood ? 'As promised.' : 'NOT as promised.');
	process.exitCode = isGood ? 0 : 1;
}

if (require.main === module)
	void main().catch((error: unknown) => {
		console.error(error instanceof Error ? error.message : error);
		process.exitCode = 1;
	});
