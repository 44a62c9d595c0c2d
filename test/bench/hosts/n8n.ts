import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Execution } from '../../../packages/demo/src/n8n/execution';
import { ensureN8n } from '../../../packages/demo/src/n8n/install';
import { packedPackages } from '../../../packages/demo/src/n8n/packages';
import { printerTo } from '../../../packages/demo/src/printer';
import { startN8n, type N8nServer } from '../../../packages/demo/src/n8n/server';
import {
	button,
	NODES,
	workflow,
	type CredentialIds,
	type NodeSketch,
} from '../../../packages/demo/src/n8n/workflows';
import { childOf, peakMb } from './memory';
import { profilingEnv, sharesDuring, type Shares } from './profile';

const PROFILE = 'bench.cpuprofile';

/** A real n8n with our packed packages, and credentials for the stand-in. */
export class N8nBench {
	readonly #folder: string;
	readonly server: N8nServer;
	readonly #credentials: CredentialIds;

	private constructor(folder: string, server: N8nServer, credentials: CredentialIds) {
		this.#folder = folder;
		this.server = server;
		this.#credentials = credentials;
	}

	/** @param baseUrls of the services that the nodes of ours call */
	static async start(baseUrls: { readonly flowAi: string; readonly flowXo: string }): Promise<N8nBench> {
		const install = await ensureN8n(printerTo(process.stderr));
		const folder = await mkdtemp(join(tmpdir(), 'convoflow-n8n-bench-'));
		const server = await startN8n(install, {
			packages: await packedPackages(),
			userFolder: folder,
			env: profilingEnv(join(folder, PROFILE)),
		});
		const make = async (type: string, data: Readonly<Record<string, unknown>>): Promise<string> =>
			await server.api.createCredential(type, type, data);
		return new N8nBench(folder, server, {
			flowAiApi: await make('flowAiApi', { apiKey: 'bench', baseUrl: baseUrls.flowAi }),
			flowAiSocketApi: await make('flowAiSocketApi', { clientId: 'bench', baseUrl: baseUrls.flowAi }),
			flowXoApi: await make('flowXoApi', { apiKey: 'bench', baseUrl: baseUrls.flowXo }),
			chatlayerApi: '',
		});
	}

	/** Stores a workflow of one chain. @returns its id */
	async create(name: string, ...chain: NodeSketch[]): Promise<string> {
		return await this.server.api.createWorkflow(workflow(name, this.#credentials, chain));
	}

	/**
	 * Runs a workflow from its button.
	 * @throws when it does not succeed
	 */
	async run(id: string): Promise<Execution> {
		const execution = await this.server.api.runToEnd(id, NODES.button);
		if (execution.status !== 'success') {
			throw new Error(
				`The workflow ended with ${execution.status}: ${execution.error?.message ?? 'no reason'}`,
			);
		}
		return execution;
	}

	/** Runs a workflow to its end without asking for what it put out. @throws when it does not succeed */
	async end(id: string): Promise<void> {
		const { api } = this.server;
		const run = await api.runManually(id, NODES.button);
		if (!('executionId' in run)) throw new Error('The workflow waits for a webhook');
		const status = await api.until(async () => await api.statusOf(run.executionId));
		if (status !== 'success') throw new Error(`The workflow ended with ${status}`);
	}

	/** Runs a workflow. @returns how long these nodes of it took together, in s */
	async seconds(id: string, ...nodes: string[]): Promise<number> {
		const execution = await this.run(id);
		return nodes.reduce((sum, node) => sum + execution.ms(node), 0) / 1_000;
	}

	/** Runs a workflow and tells whose code kept the processor busy. */
	async shares(id: string, owners: Readonly<Record<string, RegExp>>): Promise<Shares> {
		const file = join(this.#folder, PROFILE);
		return await sharesDuring(childOf(process.pid, 'n8n'), file, owners, async () => {
			await this.end(id);
		});
	}

	/** When events from this number on reached their workflow, by the stamps in n8n's database, in ms since the epoch. */
	stamps(from: number): Map<number, number> {
		const database = new DatabaseSync(join(this.#folder, '.n8n', 'database.sqlite'), { readOnly: true });
		try {
			const rows = database
				.prepare(
					"SELECT data FROM execution_data WHERE data LIKE '%stamp-%' ORDER BY executionId DESC LIMIT 5000",
				)
				.iterate() as IterableIterator<{ data: string }>;
			const seen = new Map<number, number>();
			for (const { data } of rows) {
				const [, number, at] = /stamp-(\d+)@(\d+)/.exec(data) ?? [];
				if (number === undefined) continue;
				if (Number(number) < from) break;
				seen.set(Number(number), Number(at));
			}
			return seen;
		} finally {
			database.close();
		}
	}

	/** Most memory that the process has held since `forgetPeak`, in MB. */
	async peakMb(): Promise<number> {
		return peakMb(await readFile(`/proc/${childOf(process.pid, 'n8n')}/status`, 'utf8'));
	}

	async forgetPeak(): Promise<void> {
		await writeFile(`/proc/${childOf(process.pid, 'n8n')}/clear_refs`, '5');
	}

	async stop(): Promise<void> {
		await this.server.stop();
		await rm(this.#folder, { recursive: true, force: true });
	}
}

/** Starts a chain. */
export const start: NodeSketch = button;
