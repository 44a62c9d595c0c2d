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
	// The names of 2019, since only they tell that a message was delivered.
	const startAt = async (port: number): Promise<Sandbox> => await startSandbox({ port, vocabulary: '2019' });
	const sandbox = values.once
		? await startAt(0)
		: await startAt(SANDBOX_PORT).catch(async () => await startAt(0));
	const stops: (() => Promise<unknown> | void)[] = [() => sandbox.close()];
	const stop = async (): Promise<void> => {
		for (const one of stops.splice(0).reverse()) await one();
	};
	try {
		const server = await NodeRedServer.start(join(root, 'packages/node-red'), root, values.once ? 0 : 1880);
		stops.push(() => server.stop());
		sandbox.setWebhook({ url: `${server.url}/flowai/webhook/demo` });
		const keys = values.key === undefined ? sandbox.keys : { ...sandbox.keys, flowAiRest: values.key };
		await server.deploy(demoFlow({ url: sandbox.url, baseUrls: sandbox.baseUrls, keys }));
		const feed = await DebugFeed.open(server.url);
		stops.push(() => feed.close());
		if (values.once) {
			await runOnce(server, feed, print);
			return;
		}
		print(`\nNode-RED editor   ${server.url}`);
		print(`Sandbox           ${sandbox.url}`);
		print(
			'\nPress the buttons on the left of the flow. What it does is told here; Ctrl-C stops everything.\n',
		);
		narrate(feed);
		await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
	} finally {
		await stop();
	}
}

main(join(__dirname, '../..')).catch((error: unknown) => {
	process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
	process.exitCode = 1;
});
