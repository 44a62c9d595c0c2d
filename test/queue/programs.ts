import { spawn, execFile, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants, globSync } from 'node:fs';
import { chown, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from '../../packages/demo/src/free-port';

const run = promisify(execFile);

const HINT =
	'n8n’s queue mode needs PostgreSQL and Redis: sudo apt-get update && sudo apt-get install -y --no-install-recommends postgresql redis-server';

/** Folders in which Debian keeps programs of PostgreSQL that are on nobody's path. */
const POSTGRES_FOLDERS = '/usr/lib/postgresql/*/bin';
const START_MS = 60_000;

function isProgram(file: string): boolean {
	try {
		accessSync(file, constants.X_OK);
		return true;
	} catch {
		return false;
	}
}

/**
 * Finds a program.
 * @throws Error saying in one sentence what to install
 */
export function program(name: string): string {
	const folders = [
		...globSync(POSTGRES_FOLDERS).sort().reverse(),
		...(process.env['PATH'] ?? '').split(delimiter),
	];
	const found = folders.map((folder) => join(folder, name)).find(isProgram);
	if (found === undefined) throw new Error(`${HINT} (${name} was not found)`);
	return found;
}

/** @throws Error saying in one sentence what to install, unless all programs are there */
export function checkPrograms(): void {
	for (const name of ['initdb', 'postgres', 'psql', 'redis-server']) program(name);
}

/** A program that runs until it is stopped. */
class Service {
	private constructor(
		private readonly child: ChildProcess,
		private readonly ended: Promise<unknown>,
	) {}

	/**
	 * Starts a program and waits until it says that it is ready.
	 * @throws Error with what it printed
	 */
	static async start(
		file: string,
		args: readonly string[],
		options: { readonly cwd: string; readonly uid?: number | undefined; readonly gid?: number | undefined },
		ready: string,
	): Promise<Service> {
		const child = spawn(file, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
		const end = (): void => void child.kill('SIGKILL');
		process.once('exit', end);
		const ended = once(child, 'close').then(() => process.removeListener('exit', end));
		let printed = '';
		const isReady = new Promise<true>((resolve) => {
			for (const stream of [child.stdout, child.stderr])
				stream.on('data', (chunk: Buffer) => {
					printed = (printed + chunk.toString()).slice(-4_000);
					if (printed.includes(ready)) resolve(true);
				});
		});
		const late = AbortSignal.timeout(START_MS);
		const outcome = await Promise.race([isReady, ended, once(late, 'abort')]);
		if (outcome !== true) {
			child.kill('SIGKILL');
			throw new Error(`${file} did not start. It printed:\n${printed}`);
		}
		return new Service(child, ended);
	}

	/** Ends it in order. */
	async stop(signal: NodeJS.Signals): Promise<void> {
		this.child.kill(signal);
		await this.ended;
	}
}

/** Where n8n finds its database. */
export class Postgres {
	private constructor(
		private readonly service: Service,
		private readonly folder: string,
		private readonly port: number,
	) {}

	/** Starts a new and empty one on a free port. PostgreSQL refuses to be run by root, so root hands it on. */
	static async start(): Promise<Postgres> {
		checkPrograms();
		const owner = userInfo().uid === 0 ? await idsOf('postgres') : undefined;
		const folder = await mkdtemp(join(tmpdir(), 'convoflow-postgres-'));
		try {
			if (owner) await chown(folder, owner.uid, owner.gid);
			const data = join(folder, 'data');
			const options = { cwd: folder, ...owner };
			await run(
				program('initdb'),
				['-D', data, '-U', 'n8n', '-A', 'trust', '-E', 'UTF8', '--no-locale'],
				options,
			);
			const port = await freePort();
			const args = ['-D', data, '-p', String(port), '-c', 'listen_addresses=127.0.0.1', '-k', folder];
			const service = await Service.start(program('postgres'), args, options, 'ready to accept connections');
			const postgres = new Postgres(service, folder, port);
			await postgres.query('CREATE DATABASE n8n', 'postgres');
			return postgres;
		} catch (error) {
			await rm(folder, { recursive: true, force: true });
			throw error;
		}
	}

	/** What n8n is told about it. */
	get env(): Readonly<Record<string, string>> {
		return {
			DB_TYPE: 'postgresdb',
			DB_POSTGRESDB_HOST: '127.0.0.1',
			DB_POSTGRESDB_PORT: String(this.port),
			DB_POSTGRESDB_DATABASE: 'n8n',
			DB_POSTGRESDB_USER: 'n8n',
			DB_POSTGRESDB_PASSWORD: 'not-checked',
		};
	}

	/** Rows that a statement gives, as lists of texts. */
	async query(statement: string, database = 'n8n'): Promise<string[][]> {
		const where = ['-h', '127.0.0.1', '-p', String(this.port), '-U', 'n8n', '-d', database];
		const { stdout } = await run(program('psql'), [...where, '-At', '-F', '\t', '-c', statement], {
			maxBuffer: 256 * 1024 * 1024,
		});
		return stdout
			.split('\n')
			.filter(Boolean)
			.map((line) => line.split('\t'));
	}

	async stop(): Promise<void> {
		await this.service.stop('SIGINT');
		await rm(this.folder, { recursive: true, force: true });
	}
}

/** Where n8n's processes hand work to each other. */
export class Redis {
	private constructor(
		private readonly service: Service,
		private readonly folder: string,
		private readonly port: number,
	) {}

	/** Starts a new and empty one on a free port. */
	static async start(): Promise<Redis> {
		checkPrograms();
		const folder = await mkdtemp(join(tmpdir(), 'convoflow-redis-'));
		await mkdir(folder, { recursive: true });
		const port = await freePort();
		const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--dir', folder];
		const options = { cwd: folder };
		const service = await Service.start(
			program('redis-server'),
			args,
			options,
			'Ready to accept connections',
		);
		return new Redis(service, folder, port);
	}

	/** What n8n is told about it. */
	get env(): Readonly<Record<string, string>> {
		return { QUEUE_BULL_REDIS_HOST: '127.0.0.1', QUEUE_BULL_REDIS_PORT: String(this.port) };
	}

	async stop(): Promise<void> {
		await this.service.stop('SIGTERM');
		await rm(this.folder, { recursive: true, force: true });
	}
}

async function idsOf(user: string): Promise<{ uid: number; gid: number }> {
	const id = async (flag: string): Promise<number> => Number((await run('id', [flag, user])).stdout);
	return { uid: await id('-u'), gid: await id('-g') };
}
