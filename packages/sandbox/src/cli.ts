#!/usr/bin/env node
import { parseArgs } from 'node:util';
import type { SandboxOptions } from './options';
import { startSandbox, type Sandbox } from './sandbox';

const USAGE = `Usage: convoflow-sandbox [options]

  --port <number>   port to listen on (default 4010; 0 takes a free one)
  --host <address>  address to listen on (default 127.0.0.1)
  --seed <number>   number of generated conversations in each service (default 0)
  --speed <number>  clock factor for retries, idle cut and bot delays (default 1)
  --data <file>     keep the conversations in this file over restarts
  --broadcast       send socket frames to every connection of the client
  --json            print one line of JSON instead of the banner
  --help            show this text
`;

function fail(message: string): never {
	process.stderr.write(`${message}\n\n${USAGE}`);
	process.exit(2);
}

function number(value: string | undefined, name: string): number | undefined {
	if (value === undefined) return undefined;
	const result = Number(value);
	if (value.trim() === '' || !Number.isFinite(result) || result < 0) fail(`--${name} must be a number`);
	return result;
}

function readOptions(): SandboxOptions & { json: boolean } {
	const string = { type: 'string' } as const;
	const boolean = { type: 'boolean' } as const;
	const options = {
		port: string,
		host: string,
		seed: string,
		speed: string,
		data: string,
		broadcast: boolean,
		json: boolean,
		help: boolean,
	};
	let values;
	try {
		({ values } = parseArgs({ options }));
	} catch (error) {
		fail(error instanceof Error ? error.message : 'Wrong options');
	}
	if (values.help === true) {
		process.stdout.write(USAGE);
		process.exit(0);
	}
	const [seed, speed] = [number(values.seed, 'seed'), number(values.speed, 'speed')];
	return {
		port: number(values.port, 'port') ?? 4010,
		json: values.json === true,
		...(values.broadcast === true ? { broadcast: true } : {}),
		...(values.host !== undefined ? { host: values.host } : {}),
		...(seed !== undefined ? { seed } : {}),
		...(speed !== undefined ? { speed } : {}),
		...(values.data !== undefined ? { data: values.data } : {}),
	};
}

function banner(sandbox: Sandbox): string {
	const rows: Array<[string, string]> = [
		['Console', sandbox.url],
		['Flow.ai REST and management', sandbox.baseUrls.flowAi],
		['  REST key', sandbox.keys.flowAiRest],
		['  management key', sandbox.keys.flowAiManagement],
		['Flow.ai socket', sandbox.baseUrls.flowAiSocket],
		['  client id', sandbox.keys.flowAiClientId],
		['Flow XO', sandbox.baseUrls.flowXo],
		['  API key', sandbox.keys.flowXo],
		['Chatlayer Analytics', sandbox.baseUrls.chatlayer],
		['  token id', sandbox.keys.chatlayerTokenId],
		['  token secret', sandbox.keys.chatlayerTokenSecret],
		['Chatlayer core API', sandbox.baseUrls.chatlayerCore],
		['  access token', sandbox.keys.chatlayerCore],
	];
	const lines = rows.map(([name, value]) => `  ${name.padEnd(30)}${value}`);
	return `Convoflow sandbox\n\n${lines.join('\n')}\n\nThe keys are made up and open nothing else. Stop with Ctrl+C.\n`;
}

async function main(): Promise<void> {
	const { json, ...options } = readOptions();
	let sandbox: Sandbox;
	try {
		sandbox = await startSandbox(options);
	} catch (error) {
		fail(
			error instanceof Error
				? `The sandbox could not start: ${error.message}`
				: 'The sandbox could not start',
		);
	}
	const { url, keys, baseUrls } = sandbox;
	process.stdout.write(json ? `${JSON.stringify({ url, keys, baseUrls })}\n` : banner(sandbox));
	let stopping = false;
	const stop = (): void => {
		if (stopping) process.exit(1);
		stopping = true;
		void sandbox.close().then(() => process.exit(0));
	};
	process.on('SIGINT', stop);
	process.on('SIGTERM', stop);
}

void main();
