import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureN8n, type N8nInstall } from '../../packages/demo/src/n8n/install';
import { packedPackages } from '../../packages/demo/src/n8n/packages';
import { printerTo } from '../../packages/demo/src/printer';
import { startN8n, type N8nServer } from '../../packages/demo/src/n8n/server';
import type { Workflow } from '../../packages/demo/src/n8n/api';
import { runsOf, readSqlite, statusesOf } from '../support/n8n-records';

/**
 * What differs from n8n's own settings. The run counts more executions than n8n keeps by default. Two thirds of
 * n8n's time went into a new virtual machine for the expressions of every call and every run, and none of them is
 * ours: the engine before that evaluates them in the process.
 */
export const SETTINGS: Readonly<Record<string, string>> = {
	EXECUTIONS_DATA_PRUNE: 'false',
	N8N_EXPRESSION_ENGINE: 'legacy',
};

/** Real n8n servers over one user folder: one as usual, or two as where several processes take webhooks. */
export class N8nHost {
	readonly #install: N8nInstall;
	/** Where n8n keeps its data. */
	readonly userFolder: string;
	readonly #env: Readonly<Record<string, string>>;
	readonly servers: N8nServer[] = [];

	private constructor(install: N8nInstall, folder: string, env: Readonly<Record<string, string>>) {
		this.#env = env;
		this.#install = install;
		this.userFolder = folder;
	}

	/** @param env of the process, beside the settings of all runs */
	static async start(env: Readonly<Record<string, string>> = {}): Promise<N8nHost> {
		const install = await ensureN8n(printerTo(process.stderr));
		const host = new N8nHost(install, await mkdtemp(join(tmpdir(), 'convoflow-n8n-webhook-')), env);
		await host.addServer();
		return host;
	}

	/** Starts one more process over the same database. */
	async addServer(): Promise<N8nServer> {
		const packages = await packedPackages();
		const server = await startN8n(this.#install, {
			packages,
			userFolder: this.userFolder,
			env: { ...SETTINGS, ...this.#env },
		});
		this.servers.push(server);
		return server;
	}

	get server(): N8nServer {
		const [server] = this.servers;
		if (!server) throw new Error('n8n is not started');
		return server;
	}

	/** Stores a workflow of the Flow.ai Trigger and a wait. @returns its id and the path of its production URL */
	async createWorkflow(seconds: number): Promise<{ id: string; path: string }> {
		const webhookId = randomUUID();
		const made: Workflow = {
			name: 'Webhook run',
			nodes: [
				{
					id: randomUUID(),
					name: 'Flow.ai calls',
					type: 'n8n-nodes-flowai.flowAiTrigger',
					typeVersion: 1,
					position: [0, 0],
					parameters: { events: ['message'] },
					webhookId,
				},
				{
					id: randomUUID(),
					name: 'Slow work',
					type: 'n8n-nodes-base.wait',
					typeVersion: 1.1,
					position: [240, 0],
					parameters: { amount: seconds, unit: 'seconds' },
					webhookId: randomUUID(),
				},
			],
			connections: { 'Flow.ai calls': { main: [[{ node: 'Slow work', type: 'main', index: 0 }]] } },
			settings: { executionOrder: 'v1' },
		};
		const id = await this.server.api.createWorkflow(made);
		return { id, path: `/webhook/${webhookId}/webhook` };
	}

	/** How many executions are on record for each number, read from n8n's database, and how all of them ended. */
	ledger(): {
		readonly runs: ReadonlyMap<number, number>;
		readonly statuses: Readonly<Record<string, number>>;
	} {
		const records = readSqlite(this.userFolder);
		return { runs: runsOf(records), statuses: statusesOf(records) };
	}

	/** Kills n8n and starts it again; on a busy machine it may need more than one attempt to go through what was cut off. */
	async killAndRestart(): Promise<void> {
		await this.server.kill();
		for (let attempt = 1; ; attempt += 1) {
			try {
				return await this.server.start();
			} catch (error) {
				if (attempt === 3) throw error;
			}
		}
	}

	async stop(): Promise<void> {
		for (const server of this.servers) await server.stop();
		await rm(this.userFolder, { recursive: true, force: true });
	}
}
