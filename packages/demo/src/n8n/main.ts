import { once } from 'node:events';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { startSandbox } from '@convoflow/sandbox';
import { OWNER } from './api';
import { importDemo } from './demo';
import { freePort } from '../free-port';
import { ensureN8n } from './install';
import { packedPackages } from './packages';
import { printerTo } from './printer';
import { runOnce } from './run-once';
import { startN8n, type N8nServer } from './server';
import { NODES } from './workflows';

const HELP = `npm run demo:n8n                 sandbox and n8n with working workflows; Ctrl-C stops both
npm run demo:n8n -- --once       does the whole job once, prints a line a step and ends
npm run demo:n8n -- --install    only installs the pinned n8n, where it is not yet
npm run demo:n8n -- --key KEY    uses another Flow.ai key than the sandbox's, to see what a wrong one does`;

const print = printerTo(process.stdout);

/** Says what the active workflow hears, line by line. */
async function narrate({ api }: N8nServer, workflowId: string, signal: AbortSignal): Promise<void> {
	let last = 0;
	while (!signal.aborted) {
		const executions = await api.executions(workflowId).catch(() => []);
		for (const one of executions.filter(({ id, isOver }) => isOver && Number(id) > last)) {
			last = Number(one.id);
			const event = [...one.items(NODES.calls), ...one.items(NODES.live)][0]?.json ?? {};
			const { event: name, text } = event as { event?: string; text?: string };
			print(
				`  run ${one.id.padEnd(4)} ${(name ?? one.status).padEnd(12)} ${text ? `“${text}”` : ''}`.trimEnd(),
			);
		}
		await wait(1_000, undefined, { signal }).catch(() => undefined);
	}
}

async function main(): Promise<void> {
	const { values } = parseArgs({
		options: {
			once: { type: 'boolean' },
			key: { type: 'string' },
			install: { type: 'boolean' },
			help: { type: 'boolean' },
		},
	});
	if (values.help) return print(HELP);
	const interrupt = new AbortController();
	const { signal } = interrupt;
	// What runs apart from this process is only ended by the steps below, so a second Ctrl-C must not skip them.
	for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
		process.on(name, () => {
			if (!signal.aborted) print('Stopping …');
			interrupt.abort(new Error('Stopped.'));
		});
	}
	const install = await ensureN8n(print, signal);
	if (values.install) return;
	const userFolder = await fs.mkdtemp(path.join(os.tmpdir(), 'convoflow-n8n-'));
	const stops: Array<() => Promise<unknown>> = [() => fs.rm(userFolder, { recursive: true, force: true })];
	try {
		// The names of 2019, since only they tell that a message was delivered.
		const sandbox = await startSandbox({ port: values.once ? 0 : await freePort(3900), vocabulary: '2019' });
		stops.push(() => sandbox.close());
		print('Starting n8n …', true);
		const port = values.once ? 0 : 5678;
		const server = await startN8n(install, { packages: await packedPackages(), userFolder, port, signal });
		stops.push(() => server.stop());
		signal.throwIfAborted();
		const ids = await importDemo(server, sandbox, values.key);
		if (values.once) {
			const interrupted = once(signal, 'abort').then(() => signal.throwIfAborted());
			return await Promise.race([runOnce(server.api, sandbox, ids, print), interrupted]);
		}
		print(`\nn8n editor        ${server.url}`);
		print(`  log in with     ${OWNER.email}  ${OWNER.password}`);
		print(`  active workflow ${server.url}/workflow/${ids.react}`);
		print(`Sandbox           ${sandbox.url}`);
		print(
			'\nRun workflows 2 to 7 by their button. What workflow 1 hears is told here; Ctrl-C stops everything.\n',
		);
		await narrate(server, ids.react, signal);
	} finally {
		// One that does not succeed must not keep the rest running.
		for (const stop of stops.reverse()) await stop().catch((error: unknown) => print(String(error)));
	}
}

main().catch((error: unknown) => {
	process.stderr.write(`\n${error instanceof Error ? error.message : String(error)}\n`);
	process.exitCode = 1;
});
