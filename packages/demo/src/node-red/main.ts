import { once } from 'node:events';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startSandbox, type Sandbox } from '@convoflow/sandbox';
import { printerTo, type Print } from '../printer';
import { showing } from '../progress';
import { beginWithPage } from '../start-page/begin';
import type { StartPage } from '../start-page/server';
import { visit } from '../visitors';
import { CARDS } from './cards';
import { DASHBOARD_PATH, withDashboard } from './dashboard';
import { ensureDashboard } from './dashboard/install';
import { DebugFeed, type Shown } from './debug-feed';
import { demoFlow } from './flow';
import { runOnce } from './run-once';
import { NodeRedServer } from './server';

const HELP = `npm run demo                 sandbox and Node-RED with a working flow, and a page to begin with; Ctrl-C stops all
npm run demo -- --no-open    does not open that page in your browser
npm run demo -- --once       does the whole job once, prints a line a step and ends
npm run demo -- --key KEY    uses another Flow.ai key than the sandbox's, to see what a wrong one does`;

/** Tried first; any free port is taken when it is in use. */
const SANDBOX_PORT = 3900;

const print = printerTo(process.stdout);

/** What a value says in a few words: the text and the thread of an event, the length of a list. */
function inWords({ format, value }: Shown): string {
	if (/^array/.test(format)) return format;
	const { text, threadId, isPaused } = (value ?? {}) as Readonly<Record<string, unknown>>;
	const words = [
		...(typeof text === 'string' && text !== '' ? [`“${text}”`] : []),
		...(typeof isPaused === 'boolean' ? [isPaused ? 'the bot is paused' : 'the bot answers'] : []),
		...(typeof threadId === 'string' ? [`thread ${threadId}`] : []),
	];
	if (words.length > 0) return words.join(', ');
	return (typeof value === 'string' ? value : JSON.stringify(value)).slice(0, 110);
}

/** Says what the flow does, line by line. */
function narrate(feed: DebugFeed, page: StartPage): void {
	feed.watch((shown) => {
		const line = `${shown.name.padEnd(18)} ${inWords(shown)}`;
		print(`  ${line}`);
		page.tell(line);
	});
}

/** The dashboard is for looking at: without a network the demo goes on without it. */
async function findDashboard(tell: Print, signal: AbortSignal): Promise<string | undefined> {
	try {
		return await showing('Looking for the dashboard’s nodes', tell, ensureDashboard(tell, signal));
	} catch (error) {
		if (!signal.aborted)
			tell(`Going on without the dashboard: ${error instanceof Error ? error.message : ''}`);
		return undefined;
	}
}

/** How the demo is run. */
interface Choice {
	readonly once?: boolean | undefined;
	readonly key?: string | undefined;
	readonly 'no-open'?: boolean | undefined;
}

/** A sandbox that tells that a message was delivered, as only the names of 2019 do. */
async function openSandbox(once: boolean): Promise<Sandbox> {
	const startAt = async (port: number): Promise<Sandbox> => await startSandbox({ port, vocabulary: '2019' });
	return once ? await startAt(0) : await startAt(SANDBOX_PORT).catch(async () => await startAt(0));
}

/** Starts everything and keeps it until it is interrupted. */
async function run(
	root: string,
	choice: Choice,
	signal: AbortSignal,
	stops: (() => Promise<unknown> | void)[],
): Promise<void> {
	const { once: isOnce = false, key } = choice;
	const interrupted = once(signal, 'abort').then(() => undefined);
	const start = isOnce
		? undefined
		: await beginWithPage('Convoflow in Node-RED', CARDS, print, !choice['no-open']);
	if (start) stops.push(() => start.page.close());
	const sandbox = await openSandbox(isOnce);
	stops.push(() => sandbox.close());
	start?.page.lead('chat', { href: sandbox.url });
	if (signal.aborted) return;
	const dashboard = start && (await findDashboard(start.tell, signal));
	if (signal.aborted) return;
	const starting = NodeRedServer.start(join(root, 'packages/node-red'), root, isOnce ? 0 : 1880, dashboard);
	const server = await (start ? showing('Starting Node-RED', start.tell, starting) : starting);
	stops.push(() => server.stop());
	if (signal.aborted) return;
	sandbox.setWebhook({ url: `${server.url}/flowai/webhook/demo` });
	const keys = key === undefined ? sandbox.keys : { ...sandbox.keys, flowAiRest: key };
	const flow = demoFlow({ url: sandbox.url, baseUrls: sandbox.baseUrls, keys });
	await server.deploy(dashboard === undefined ? flow : withDashboard(flow));
	const feed = await DebugFeed.open(server.url);
	stops.push(() => feed.close());
	if (!start) return void (await Promise.race([runOnce(server, feed, print), interrupted]));
	const { page } = start;
	page.lead('flow', { href: server.url });
	page.lead(
		'dashboard',
		dashboard === undefined
			? { note: 'Its nodes could not be installed; start the demo again with a network.' }
			: { href: `${server.url}${DASHBOARD_PATH}` },
	);
	page.progress('');
	print(`Node-RED editor   ${server.url}`);
	if (dashboard !== undefined) print(`Dashboard         ${server.url}${DASHBOARD_PATH}`);
	print(`Sandbox           ${sandbox.url}`);
	print('\nPress the buttons on the left of the flow. What it does is told here; Ctrl-C stops everything.\n');
	narrate(feed, page);
	await visit(sandbox);
	await Promise.race([interrupted, server.ended]);
}

async function main(root: string): Promise<void> {
	const { values } = parseArgs({
		options: {
			once: { type: 'boolean' },
			key: { type: 'string' },
			'no-open': { type: 'boolean' },
			help: { type: 'boolean' },
		},
	});
	if (values.help) return print(HELP);
	// First of all, since what is started below must be stopped whenever Ctrl-C comes; a second one skips nothing.
	const interrupt = new AbortController();
	for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => interrupt.abort());
	const stops: (() => Promise<unknown> | void)[] = [];
	try {
		await run(root, values, interrupt.signal, stops);
		if (interrupt.signal.aborted && values.once) process.exitCode = 130;
	} finally {
		if (!values.once) print('Stopping …');
		for (const stop of stops.reverse()) await stop();
	}
}

main(join(__dirname, '../..')).catch((error: unknown) => {
	process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
	process.exitCode = 1;
});
