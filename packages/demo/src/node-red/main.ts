import { once } from 'node:events';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startSandbox, type Sandbox } from '@convoflow/sandbox';
import { DebugFeed } from './debug-feed';
import { demoFlow } from './flow';
import { runOnce } from './run-once';
import { NodeRedServer } from './server';

const HELP = `npm run demo                 sandbox and Node-RED with a working flow; Ctrl-C stops both
npm run demo -- --once       does the whole job once, prints a line a step and ends
npm run demo -- --key KEY    uses another Flow.ai key than the sandbox's, to see what a wrong one does`;

/** Tried first; any free port is taken when it is in use. */
const SANDBOX_PORT = 3900;

const print = (line: string): void => void process.stdout.write(`${line}\n`);

/** Says what the flow does, line by line. */
function narrate(feed: DebugFeed): void {
	feed.watch(({ name, format, value }) => {
		const text = typeof value === 'string' ? value : JSON.stringify(value);
		print(`  ${name.padEnd(18)} ${/^array/.test(format) ? format : text.slice(0, 110)}`);
	});
}

async function main(root: string): Promise<void> {
	const { values } = parseArgs({
		options: { once: { type: 'boolean' }, key: { type: 'string' }, help: { type: 'boolean' } },
	});
	if (values.help) return print(HELP);
	// First of all, since what is started below must be stopped whenever Ctrl-C comes; a second one skips nothing.
	const interrupt = new AbortController();
	for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => interrupt.abort());
	const interrupted = once(interrupt.signal, 'abort').then(() => undefined);
	const stops: (() => Promise<unknown> | void)[] = [];
	try {
		const run = async (): Promise<void> => {
			// The names of 2019, since only they tell that a message was delivered.
			const startAt = async (port: number): Promise<Sandbox> =>
				await startSandbox({ port, vocabulary: '2019' });
			const sandbox = values.once
				? await startAt(0)
				: await startAt(SANDBOX_PORT).catch(async () => await startAt(0));
			stops.push(() => sandbox.close());
			if (interrupt.signal.aborted) return;
			const server = await NodeRedServer.start(join(root, 'packages/node-red'), root, values.once ? 0 : 1880);
			stops.push(() => server.stop());
			if (interrupt.signal.aborted) return;
			sandbox.setWebhook({ url: `${server.url}/flowai/webhook/demo` });
			const keys = values.key === undefined ? sandbox.keys : { ...sandbox.keys, flowAiRest: values.key };
			await server.deploy(demoFlow({ url: sandbox.url, baseUrls: sandbox.baseUrls, keys }));
			const feed = await DebugFeed.open(server.url);
			stops.push(() => feed.close());
			if (values.once) {
				await Promise.race([runOnce(server, feed, print), interrupted]);
				return;
			}
			print(`\nNode-RED editor   ${server.url}`);
			print(`Sandbox           ${sandbox.url}`);
			print(
				'\nPress the buttons on the left of the flow. What it does is told here; Ctrl-C stops everything.\n',
			);
			narrate(feed);
			await Promise.race([interrupted, server.ended]);
		};
		await run();
		if (interrupt.signal.aborted && values.once) process.exitCode = 130;
	} finally {
		for (const stop of stops.reverse()) await stop();
	}
}

main(join(__dirname, '../..')).catch((error: unknown) => {
	process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
	process.exitCode = 1;
});
