import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from '../../packages/demo/src/free-port';
import { ensureN8n, type N8nInstall } from '../../packages/demo/src/n8n/install';
import { installPackages, packedPackages } from '../../packages/demo/src/n8n/packages';
import { N8nProcess } from '../../packages/demo/src/n8n/process';
import { serverEnvironment, startN8n, type N8nServer } from '../../packages/demo/src/n8n/server';
import { printerTo } from '../../packages/demo/src/printer';
import { Postgres, Redis } from './programs';

/**
 * What differs from n8n's own settings in queue mode, so that a worker that was killed is noticed within half a
 * minute instead of three hours, and a run that it cut off can go on where it was.
 */
export const QUEUE_SETTINGS: Readonly<Record<string, string>> = {
	QUEUE_WORKER_LOCK_DURATION: '20000',
	QUEUE_WORKER_LOCK_RENEW_TIME: '5000',
	QUEUE_WORKER_STALLED_INTERVAL: '10000',
	N8N_EXECUTIONS_QUEUE_RECOVERY_INTERVAL: '1',
};

/** One process beside the main one. */
export interface Part {
	readonly name: string;
	readonly process: N8nProcess;
}

/**
 * n8n in queue mode as its documentation sets it up: PostgreSQL, Redis, a main process, workers, and a process that
 * takes webhooks. Each has a user folder of its own, as on machines of their own.
 */
export class N8nQueue {
	readonly #stops: Array<() => Promise<unknown>> = [];
	readonly workers: Part[] = [];
	#webhook: Part | undefined;

	private constructor(
		private readonly install: N8nInstall,
		/** Holds the user folder of each process. */
		readonly folder: string,
		readonly postgres: Postgres,
		private readonly env: Readonly<Record<string, string>>,
		readonly main: N8nServer,
		/** Where production webhooks are called. */
		readonly webhooks: string,
	) {}

	/**
	 * Starts all of it.
	 * @param workers how many
	 * @param settings of n8n beside those of all processes
	 * @throws Error saying what to install where a program is missing
	 */
	static async start(workers: number, settings: Readonly<Record<string, string>> = {}): Promise<N8nQueue> {
		const install = await ensureN8n(printerTo(process.stderr));
		const folder = await mkdtemp(join(tmpdir(), 'convoflow-n8n-queue-'));
		const stops: Array<() => Promise<unknown>> = [() => rm(folder, { recursive: true, force: true })];
		try {
			const postgres = await Postgres.start();
			stops.push(() => postgres.stop());
			const redis = await Redis.start();
			stops.push(() => redis.stop());
			const place = await heldPort();
			stops.push(() => place.release());
			const webhooks = `http://127.0.0.1:${place.port}`;
			const env = {
				EXECUTIONS_MODE: 'queue',
				...postgres.env,
				...redis.env,
				...QUEUE_SETTINGS,
				N8N_WEBHOOK_URL: `${webhooks}/`,
				WEBHOOK_URL: `${webhooks}/`,
				...settings,
			};
			const main = await startN8n(install, {
				packages: await packedPackages(),
				userFolder: join(folder, 'main'),
				env: { ...env, N8N_DISABLE_PRODUCTION_MAIN_PROCESS: 'true' },
			});
			stops.push(() => main.stop());
			const queue = new N8nQueue(install, folder, postgres, env, main, webhooks);
			queue.#stops.push(...stops);
			try {
				await place.release();
				queue.#webhook = await queue.#part('webhook', 'webhook', place.port);
				for (let number = 0; number < workers; number += 1) await queue.addWorker();
			} catch (error) {
				await queue.stop();
				throw error;
			}
			return queue;
		} catch (error) {
			for (const stop of stops.splice(0).reverse()) await stop().catch(() => undefined);
			throw error;
		}
	}

	/** Starts one more worker. */
	async addWorker(): Promise<Part> {
		const worker = await this.#part(`worker-${this.workers.length + 1}`, 'worker', await freePort());
		this.workers.push(worker);
		return worker;
	}

	/** Every process of n8n with its name. */
	get parts(): ReadonlyArray<{ readonly name: string; readonly pid: number }> {
		const others = [...(this.#webhook ? [this.#webhook] : []), ...this.workers];
		return [
			{ name: 'main', pid: this.main.pid },
			...others.map(({ name, process: { pid } }) => ({ name, pid })),
		];
	}

	/** Ends everything, what takes work first. */
	async stop(): Promise<void> {
		for (const { process: one } of [...this.workers.splice(0), ...(this.#webhook ? [this.#webhook] : [])])
			await one.stop();
		this.#webhook = undefined;
		for (const stop of this.#stops.splice(0).reverse()) await stop();
	}

	async #part(name: string, command: 'worker' | 'webhook', port: number): Promise<Part> {
		const userFolder = join(this.folder, name);
		await mkdir(userFolder, { recursive: true });
		await installPackages(await packedPackages(), userFolder);
		const env = {
			...serverEnvironment(userFolder, this.main.url, port),
			N8N_RUNNERS_BROKER_PORT: String(await freePort()),
			...this.env,
		};
		const { bin } = this.install;
		return { name, process: await N8nProcess.start({ bin, command, cwd: userFolder, env }) };
	}
}

/** A port that nobody else gets until it is released. */
async function heldPort(): Promise<{ readonly port: number; release(): Promise<void> }> {
	const server = createServer().listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;
	return {
		port,
		release: async () => {
			if (server.listening) await promisify(server.close.bind(server))();
		},
	};
}
