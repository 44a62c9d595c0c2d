import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs/promises';
import net from 'node:net';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { ROOT } from './install';

/** A running `red.js`. */
export interface RedProcess {
	readonly port: number;
	/** Everything it wrote so far. */
	log(): string;
	/** Resolves as soon as the log says what `isMet` looks for. */
	awaitLog(isMet: (log: string) => boolean, what: string): Promise<void>;
	/** True while the process lives. */
	isAlive(): boolean;
	/** Ends it and waits for its exit. Safe to repeat. */
	stop(): Promise<void>;
}

async function findFreePort(): Promise<number> {
	const server = net.createServer().listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as net.AddressInfo;
	server.close();
	await once(server, 'close');
	return port;
}

/** Roots other than the default, so that an absolute address in the package shows. */
function settingsFor(port: number, settings: Readonly<Record<string, unknown>>): object {
	return {
		uiPort: port,
		uiHost: '127.0.0.1',
		flowFile: 'flows.json',
		credentialSecret: 'test',
		httpAdminRoot: '/admin',
		httpNodeRoot: '/node',
		telemetry: { enabled: false, updateNotification: false },
		editorTheme: { tours: false, projects: { enabled: false }, palette: { catalogues: [] } },
		externalModules: { palette: { allowInstall: false } },
		logging: { console: { level: 'info' } },
		...settings,
	};
}

const READY = [/Server now running at/, /Started flows|Flows stopped/];
const LOG_MS = 30_000;
const STOP_MS = 5_000;

/** Waits for the log, or for the end of the process, whichever comes first. */
async function awaitLog(
	child: ChildProcessByStdio<null, Readable, Readable>,
	isMet: () => boolean,
	what: string,
): Promise<void> {
	const over = new AbortController();
	const signal = AbortSignal.any([over.signal, AbortSignal.timeout(LOG_MS)]);
	try {
		const ended = once(child, 'exit', { signal }).then(() => {
			throw new Error('Node-RED ended');
		});
		ended.catch(() => undefined);
		while (!isMet()) await Promise.race([once(child.stdout, 'data', { signal }), ended]);
	} catch (error) {
		throw new Error(`Not seen in Node-RED's log: ${what}`, { cause: error });
	} finally {
		over.abort();
	}
}

/** Starts Node-RED in a process of its own, under the Node that runs the tests. */
export async function startProcess(
	userDir: string,
	settings: Readonly<Record<string, unknown>>,
	env: Readonly<Record<string, string>>,
): Promise<RedProcess> {
	const port = await findFreePort();
	const file = path.join(userDir, 'settings.js');
	await fs.writeFile(file, `module.exports = ${JSON.stringify(settingsFor(port, settings), null, '\t')};\n`);
	const red = path.join(ROOT, 'node_modules/node-red/red.js');
	const child = spawn(process.execPath, [red, '--userDir', userDir, '--settings', file], {
		cwd: userDir,
		env: { ...process.env, NODE_OPTIONS: '', ...env },
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	let output = '';
	for (const stream of [child.stdout, child.stderr]) {
		stream.setEncoding('utf8');
		stream.on('data', (text: string) => (output += text));
	}
	const isAlive = (): boolean => child.exitCode === null && child.signalCode === null;
	const stop = async (): Promise<void> => {
		if (!isAlive()) return;
		const exit = once(child, 'exit');
		child.kill('SIGTERM');
		const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
		await exit;
		clearTimeout(timer);
	};
	try {
		await awaitLog(child, () => READY.every((line) => line.test(output)), 'that it has started');
	} catch (error) {
		await stop();
		throw new Error(`Node-RED did not start:\n${output}`, { cause: error });
	}
	return {
		port,
		log: () => output,
		awaitLog: (isMet, what) => awaitLog(child, () => isMet(output), what),
		isAlive,
		stop,
	};
}
