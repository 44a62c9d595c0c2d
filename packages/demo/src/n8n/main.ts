import { once } from 'node:events';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { startSandbox, type Sandbox } from '@convoflow/sandbox';
import { OWNER } from './api';
import { CARDS } from './cards';
import { importCredentials, importDemo, type WorkflowIds } from './demo';
import { freePort } from '../free-port';
import { ensureN8n } from './install';
import { packedPackages } from './packages';
import { printerTo } from '../printer';
import { showing } from '../progress';
import { runOnce } from './run-once';
import { startN8n, type N8nServer } from './server';
import { beginWithPage, type Begun } from '../start-page/begin';
import type { StartPage } from '../start-page/server';
import { importTemplates } from './templates';
import { visit } from '../visitors';
import { NODES, type CredentialIds } from './workflows';

const HELP = `npm run demo:n8n                 sandbox and n8n with working workflows, and a page to begin with; Ctrl-C stops all
npm run demo:n8n -- --no-open    does not open that page in your browser
npm run demo:n8n -- --once       does the whole job once, prints a line a step and ends
npm run demo:n8n -- --install    only installs the pinned n8n, where it is not yet
npm run demo:n8n -- --key KEY    uses another Flow.ai key than the sandbox's, to see what a wrong one does`;

const print = printerTo(process.stdout);

/** Says what the active workflow hears, line by line. */
async function narrate(
	{ api }: N8nServer,
	workflowId: string,
	page: StartPage,
	signal: AbortSignal,
): Promise<void> {
	let last = 0;
	while (!signal.aborted) {
		const executions = await api.executions(workflowId).catch(() => []);
		for (const one of executions.filter(({ id, isOver }) => isOver && Number(id) > last)) {
			last = Number(one.id);
			const event = [...one.items(NODES.calls), ...one.items(NODES.live)][0]?.json ?? {};
			const { event: name, text } = event as { event?: string; text?: string };
			const line =
				`run ${one.id.padEnd(4)} ${(name ?? one.status).padEnd(12)} ${text ? `“${text}”` : ''}`.trimEnd();
			print(`  ${line}`);
			page.tell(line);
		}
		await wait(1_000, undefined, { signal }).catch(() => undefined);
	}
}

/** How the demo is run. */
interface Choice {
	readonly once?: boolean | undefined;
	readonly key?: string | undefined;
	readonly 'no-open'?: boolean | undefined;
}

/** Starts everything and keeps it until it is interrupted. */
async function run(choice: Choice, signal: AbortSignal, stops: Array<() => Promise<unknown>>): Promise<void> {
	const begun = choice.once
		? undefined
		: await beginWithPage('Convoflow in n8n', CARDS, print, !choice['no-open']);
	if (begun) stops.push(() => begun.page.close());
	const tell = begun?.tell ?? print;
	const install = await ensureN8n(tell, signal);
	const userFolder = await fs.mkdtemp(path.join(os.tmpdir(), 'convoflow-n8n-'));
	stops.push(() => fs.rm(userFolder, { recursive: true, force: true }));
	// The names of 2019, since only they tell that a message was delivered.
	const sandbox = await startSandbox({ port: choice.once ? 0 : await freePort(3900), vocabulary: '2019' });
	stops.push(() => sandbox.close());
	begun?.page.lead('chat', { href: sandbox.url });
	const packages = await packedPackages();
	const starting = startN8n(install, { packages, userFolder, port: choice.once ? 0 : 5678, signal });
	const server = await showing('Starting n8n', tell, starting);
	stops.push(() => server.stop());
	signal.throwIfAborted();
	const credentials = await importCredentials(server.api, sandbox, choice.key);
	const ids = await showing('Importing the workflows', tell, importDemo(server, sandbox, credentials));
	if (begun) return await show({ ...begun, server, sandbox, credentials, ids }, signal);
	const interrupted = once(signal, 'abort').then(() => signal.throwIfAborted());
	await Promise.race([runOnce(server.api, sandbox, ids, print), interrupted]);
}

/** What runs and is to be looked at. */
interface Show extends Begun {
	readonly server: N8nServer;
	readonly sandbox: Sandbox;
	readonly credentials: CredentialIds;
	readonly ids: WorkflowIds;
}

/** Leads the page's cards to what runs, and tells what happens until it is interrupted. */
async function show(
	{ page, tell, server, sandbox, credentials, ids }: Show,
	signal: AbortSignal,
): Promise<void> {
	const { api, url } = server;
	const workflow = `${url}/workflow/${ids.react}`;
	page.lead('flow', { href: workflow, cookie: api.loginCookie, note: 'You are logged in.' });
	await visit(sandbox);
	const importing = importTemplates(api, sandbox, credentials, signal);
	const { count, summary, execution } = await showing('Running a template', tell, importing);
	page.lead('template', { href: execution, cookie: api.loginCookie, note: `${summary}.` });
	page.progress('');
	print(`\nn8n editor        ${url}`);
	print(`  log in with     ${OWNER.email}  ${OWNER.password}`);
	print(`  active workflow ${workflow}`);
	print(`  a run           ${execution}`);
	print(`                  ${summary}; ${count} templates are there`);
	print(`Sandbox           ${sandbox.url}`);
	print(
		'\nRun workflows 2 to 7 by their button. What workflow 1 hears is told here; Ctrl-C stops everything.\n',
	);
	await narrate(server, ids.react, page, signal);
}

async function main(): Promise<void> {
	const { values } = parseArgs({
		options: {
			once: { type: 'boolean' },
			key: { type: 'string' },
			'no-open': { type: 'boolean' },
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
	if (values.install) return void (await ensureN8n(print, signal));
	const stops: Array<() => Promise<unknown>> = [];
	try {
		await run(values, signal, stops);
	} finally {
		// One that does not succeed must not keep the rest running.
		for (const stop of stops.reverse()) await stop().catch((error: unknown) => print(String(error)));
	}
}

main().catch((error: unknown) => {
	process.stderr.write(`\n${error instanceof Error ? error.message : String(error)}\n`);
	process.exitCode = 1;
});
