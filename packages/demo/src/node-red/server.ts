import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** Where the package under trial comes from. */
export interface NodeRedPackage {
	readonly name: string;
	/** Folder with its package.json, as it is published. */
	readonly dir: string;
}

/** How to start Node-RED. */
export interface NodeRedOptions {
	readonly packages: readonly NodeRedPackage[];
	/** Folder whose node_modules hold Node-RED and the packages' dependencies. */
	readonly root: string;
	/** Tried first; any free port is taken when it is in use. */
	readonly port?: number;
	/** Added to settings.js. */
	readonly settings?: Readonly<Record<string, unknown>>;
}

const START_LIMIT_MS = 30_000;

/** A port that nobody listens on, the wanted one if it can be had. */
export async function freePort(wanted = 0): Promise<number> {
	const server = createServer();
	const isTaken = await new Promise<boolean>((resolve) => {
		server.once('error', () => resolve(true)).listen(wanted, '127.0.0.1', () => resolve(false));
	});
	if (isTaken) return await freePort();
	const address = server.address();
	await new Promise((resolve) => server.close(resolve));
	return typeof address === 'object' && address ? address.port : wanted;
}

/** Puts a package and what its manifest asks for where an install by a user would put them. */
async function install({ name, dir }: NodeRedPackage, userDir: string, root: string): Promise<void> {
	const target = join(userDir, 'node_modules', name);
	await mkdir(dirname(target), { recursive: true });
	await cp(dir, target, {
		recursive: true,
		filter: (source) => !/[\\/](src|node_modules)([\\/]|$)/.test(source.slice(dir.length)),
	});
	const manifest = JSON.parse(await readFile(join(dir, 'package.json'), 'utf8')) as {
		dependencies?: Record<string, string>;
	};
	for (const dependency of Object.keys(manifest.dependencies ?? {})) {
		await cp(join(root, 'node_modules', dependency), join(userDir, 'node_modules', dependency), {
			recursive: true,
		});
	}
}

/** A running Node-RED with a folder of its own. */
export class NodeRedServer {
	readonly url: string;
	readonly userDir: string;
	readonly #process: ChildProcess;
	#log = '';

	private constructor(process: ChildProcess, url: string, userDir: string) {
		this.#process = process;
		this.url = url;
		this.userDir = userDir;
		process.stdout?.on('data', (data: Buffer) => (this.#log += data.toString()));
		process.stderr?.on('data', (data: Buffer) => (this.#log += data.toString()));
	}

	/** Starts Node-RED and waits until it runs; a port that is taken in the meantime is given up for a free one. */
	static async start(options: NodeRedOptions): Promise<NodeRedServer> {
		try {
			return await NodeRedServer.#startOnce(options);
		} catch (error) {
			if (!options.port || !String(error).includes('port in use')) throw error;
			return await NodeRedServer.#startOnce({ ...options, port: 0 });
		}
	}

	static async #startOnce({ packages, root, port, settings }: NodeRedOptions): Promise<NodeRedServer> {
		const userDir = await mkdtemp(join(tmpdir(), 'convoflow-node-red-'));
		for (const one of packages) await install(one, userDir, root);
		const uiPort = await freePort(port);
		const file = {
			uiPort,
			uiHost: '127.0.0.1',
			flowFile: 'flows.json',
			credentialSecret: 'convoflow',
			telemetry: { enabled: false, updateNotification: false },
			editorTheme: { tours: false, projects: { enabled: false }, palette: { catalogues: [] } },
			externalModules: { palette: { allowInstall: false }, modules: { allowInstall: false } },
			logging: { console: { level: 'info' } },
			...settings,
		};
		await writeFile(join(userDir, 'settings.js'), `module.exports = ${JSON.stringify(file, null, '\t')};\n`);
		const child = spawn(
			process.execPath,
			[join(root, 'node_modules/node-red/red.js'), '--userDir', userDir],
			{
				cwd: userDir,
				stdio: ['ignore', 'pipe', 'pipe'],
			},
		);
		const adminRoot = typeof settings?.['httpAdminRoot'] === 'string' ? settings['httpAdminRoot'] : '';
		const server = new NodeRedServer(child, `http://127.0.0.1:${uiPort}${adminRoot}`, userDir);
		try {
			await server.#untilReady();
		} catch (error) {
			await server.stop();
			throw error;
		}
		return server;
	}

	/** Everything it has printed. */
	get log(): string {
		return this.#log;
	}

	/** Waits for its own words: at its address another one may answer. */
	async #untilReady(): Promise<void> {
		const signal = AbortSignal.timeout(START_LIMIT_MS);
		try {
			const ended = once(this.#process, 'exit', { signal }).then(() => Promise.reject(new Error('it ended')));
			while (!/Server now running at/.test(this.#log) || this.#starts() < 2) {
				await Promise.race([once(this.#process.stdout ?? this.#process, 'data', { signal }), ended]);
			}
		} catch {
			throw new Error(`Node-RED did not start:\n${this.#log}`);
		}
	}

	/** Calls the admin API. */
	async admin(method: string, path: string, body?: unknown): Promise<unknown> {
		const response = await fetch(`${this.url}${path}`, {
			method,
			headers: {
				'content-type': 'application/json',
				accept: 'application/json',
				'Node-RED-API-Version': 'v2',
			},
			...(body === undefined ? {} : { body: JSON.stringify(body) }),
		});
		const text = await response.text();
		if (!response.ok)
			throw new Error(`Node-RED answered ${response.status} to ${method} ${path}: ${text.slice(0, 300)}`);
		try {
			return JSON.parse(text) as unknown;
		} catch {
			return text;
		}
	}

	/** Deploys a whole flow, credentials inside, and waits until its nodes run. */
	async deploy(flows: readonly object[]): Promise<void> {
		const starts = this.#starts();
		await this.admin('POST', '/flows', { flows });
		// The answer comes before the nodes are there.
		while (this.#starts() === starts) await once(this.#process.stdout ?? this.#process, 'data');
	}

	#starts(): number {
		return this.#log.split('Started flows').length;
	}

	/** Presses the button of an inject node. */
	async inject(id: string): Promise<void> {
		await this.admin('POST', `/inject/${id}`, {});
	}

	/** Stops it and removes its folder. Safe to repeat. */
	async stop(): Promise<void> {
		if (this.#process.exitCode === null && this.#process.signalCode === null) {
			const exited = once(this.#process, 'exit');
			this.#process.kill('SIGTERM');
			const killer = setTimeout(() => this.#process.kill('SIGKILL'), 5_000);
			await exited;
			clearTimeout(killer);
		}
		await rm(this.userDir, { recursive: true, force: true });
	}
}
