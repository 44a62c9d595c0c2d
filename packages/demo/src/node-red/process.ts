import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { freePort } from '../free-port';

/** How to start `red.js`. */
export interface RedOptions {
	/** Folder whose node_modules hold Node-RED. */
	readonly root: string;
	/** Program of Node to run it with; that of this process unless it is named. */
	readonly node?: string | undefined;
	readonly userDir: string;
	/** Tried first; a free port is taken when it is in use, or when none is given. */
	readonly port?: number;
	/** Replaces single settings. */
	readonly settings?: Readonly<Record<string, unknown>>;
	readonly env?: Readonly<Record<string, string>>;
}

/** A running `red.js`. */
export interface RedProcess {
	readonly port: number;
	readonly pid: number;
	/** Everything it wrote so far. */
	log(): string;
	/** Resolves as soon as the log says what `isMet` looks for; rejects after a minute or at its end. */
	awaitLog(isMet: (log: string) => boolean, what: string): Promise<void>;
	isAlive(): boolean;
	/** Resolves once it has ended, whyever. */
	readonly ended: Promise<void>;
	/** Ends it and waits for its exit. Safe to repeat. */
	stop(): Promise<void>;
	/** Ends it at once, as a crash would. */
	kill(): Promise<void>;
}

type Child = ChildProcessByStdio<null, Readable, Readable>;

const READY = [/Server now running at/, /Started flows|Flows stopped/];
const LOG_MS = 60_000;
const STOP_MS = 5_000;

/** Nothing that leads off the machine, nothing to click away. */
function quietSettings(port: number): object {
	return {
		uiPort: port,
		uiHost: '127.0.0.1',
		flowFile: 'flows.json',
		credentialSecret: 'convoflow',
		telemetry: { enabled: false, updateNotification: false },
		editorTheme: { tours: false, projects: { enabled: false }, palette: { catalogues: [] } },
		externalModules: { palette: { allowInstall: false } },
		logging: { console: { level: 'info' } },
	};
}

/** Waits for the log, or for the end of the process, whichever comes first. */
async function awaitLog(child: Child, isMet: () => boolean, what: string): Promise<void> {
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

async function startAt(
	port: number,
	{ root, node = process.execPath, userDir, settings, env }: RedOptions,
): Promise<RedProcess> {
	const file = join(userDir, 'settings.js');
	const content = JSON.stringify({ ...quietSettings(port), ...settings }, null, '\t');
	await writeFile(file, `module.exports = ${content};\n`);
	const red = join(root, 'node_modules/node-red/red.js');
	const child = spawn(node, [red, '--userDir', userDir, '--settings', file], {
		cwd: userDir,
		env: { ...process.env, NODE_OPTIONS: '', ...env },
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	let output = '';
	for (const stream of [child.stdout, child.stderr]) {
		stream.setEncoding('utf8');
		stream.on('data', (text: string) => (output += text));
	}
	const ended = once(child, 'exit').then(() => undefined);
	const isAlive = (): boolean => child.exitCode === null && child.signalCode === null;
	const stop = async (): Promise<void> => {
		if (!isAlive()) return;
		const exit = once(child, 'exit');
		child.kill('SIGTERM');
		const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
		await exit;
		clearTimeout(timer);
	};
	const kill = async (): Promise<void> => {
		if (!isAlive()) return;
		const exit = once(child, 'exit');
		child.kill('SIGKILL');
		await exit;
	};
	try {
		await awaitLog(child, () => READY.every((line) => line.test(output)), 'that it has started');
	} catch (error) {
		await stop();
		throw new Error(`Node-RED did not start:\n${output}`, { cause: error });
	}
	return {
		port,
		pid: child.pid ?? 0,
		log: () => output,
		awaitLog: (isMet, what) => awaitLog(child, () => isMet(output), what),
		isAlive,
		ended,
		stop,
		kill,
	};
}

/** Starts Node-RED in a process of its own and waits until its flows run. */
export async function startRed(options: RedOptions): Promise<RedProcess> {
	if (!options.port) return await startAt(await freePort(), options);
	try {
		return await startAt(options.port, options);
	} catch (error) {
		if (!String(error).includes('port in use')) throw error;
		return await startAt(await freePort(), options);
	}
}

/** How often flows were started so far; a deploy is answered before they run. */
export function startsIn(log: string): number {
	return log.match(/Started (modified )?(flows|nodes)/g)?.length ?? 0;
}
