import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { linkDashboard } from './dashboard/install';
import { installPackage } from './install';
import { startRed, startsIn, type RedProcess } from './process';

/** Node-RED with our package, in a folder of its own. */
export class NodeRedServer {
	readonly url: string;
	readonly #process: RedProcess;
	readonly #userDir: string;

	private constructor(process: RedProcess, userDir: string) {
		this.#process = process;
		this.#userDir = userDir;
		this.url = `http://127.0.0.1:${process.port}`;
	}

	/**
	 * Starts it and waits until it runs.
	 * @param packageDir folder of the built package
	 * @param root folder whose node_modules hold Node-RED and the package's dependencies
	 * @param port tried first; 0 for any
	 * @param dashboard folder whose node_modules hold the dashboard's nodes, where there are any
	 */
	static async start(
		packageDir: string,
		root: string,
		port: number,
		dashboard?: string,
	): Promise<NodeRedServer> {
		const userDir = await mkdtemp(join(tmpdir(), 'convoflow-node-red-'));
		try {
			await installPackage(packageDir, userDir, root);
			if (dashboard !== undefined) await linkDashboard(dashboard, userDir);
			return new NodeRedServer(await startRed({ root, userDir, port }), userDir);
		} catch (error) {
			await rm(userDir, { recursive: true, force: true });
			throw error;
		}
	}

	/** Deploys a whole flow, credentials inside, and waits until its nodes run. */
	async deploy(flows: readonly object[]): Promise<void> {
		const before = startsIn(this.#process.log());
		await this.#post('/flows', { flows });
		await this.#process.awaitLog((log) => startsIn(log) > before, 'that the flow was started');
	}

	/** Presses the button of an inject node. */
	async inject(id: string): Promise<void> {
		await this.#post(`/inject/${id}`, {});
	}

	async #post(path: string, body: object): Promise<void> {
		const response = await fetch(`${this.url}${path}`, {
			method: 'POST',
			headers: { 'content-type': 'application/json', 'Node-RED-API-Version': 'v2' },
			body: JSON.stringify(body),
		});
		if (!response.ok)
			throw new Error(`Node-RED answered ${response.status} to ${path}: ${await response.text()}`);
	}

	/** Rejects when it ends without having been asked to. */
	get ended(): Promise<never> {
		return this.#process.ended.then(() => {
			throw new Error(`Node-RED has ended:\n${this.#process.log().slice(-2_000)}`);
		});
	}

	/** Stops it and removes its folder. Safe to repeat. */
	async stop(): Promise<void> {
		await this.#process.stop();
		await rm(this.#userDir, { recursive: true, force: true });
	}
}
