import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { startRed, startsIn, type RedProcess } from '../../packages/demo/src/node-red/process';
import { installTarball, makeTempFolder, ROOT } from '../node-red/harness/install';

type FlowNode = Readonly<Record<string, unknown>> & { readonly id: string };

/** The real Node-RED with our packed package, which can be killed and started again. */
export class RedHost {
	readonly userDir: string;
	#red: RedProcess;
	readonly #env: Readonly<Record<string, string>>;

	private constructor(userDir: string, red: RedProcess, env: Readonly<Record<string, string>>) {
		this.userDir = userDir;
		this.#red = red;
		this.#env = env;
	}

	/** @param env of the process, e.g. with Node's own options */
	static async start(env: Readonly<Record<string, string>> = {}): Promise<RedHost> {
		const userDir = await makeTempFolder('webhook');
		await installTarball(userDir);
		return new RedHost(userDir, await startRed({ root: ROOT, userDir, env }), env);
	}

	get url(): string {
		return `http://127.0.0.1:${this.#red.port}`;
	}

	get log(): string {
		return this.#red.log();
	}

	/** Kills it with no chance to tidy up, and starts it again at the same place. */
	async killAndRestart(): Promise<void> {
		const { port } = this.#red;
		await this.#red.kill();
		this.#red = await startRed({ root: ROOT, userDir: this.userDir, port, env: this.#env });
	}

	async deploy(flows: readonly FlowNode[], type: 'full' | 'nodes' | 'flows' = 'full'): Promise<void> {
		const before = startsIn(this.#red.log());
		const response = await fetch(`${this.url}/flows`, {
			method: 'POST',
			headers: {
				'content-type': 'application/json',
				// A connection that was kept may be closed by Node-RED at the moment of its use.
				connection: 'close',
				'node-red-api-version': 'v2',
				'node-red-deployment-type': type,
			},
			body: JSON.stringify({ flows }),
		});
		if (!response.ok) throw new Error(`The deploy was refused: ${await response.text()}`);
		await this.#red.awaitLog((log) => startsIn(log) > before, 'that the flows were started');
	}

	/** The lines that flows have written into a file of the user directory. */
	async ledger(name: string): Promise<string> {
		return await readFile(join(this.userDir, name), 'utf8').catch(() => '');
	}

	async stop(): Promise<void> {
		await this.#red.stop();
		await rm(this.userDir, { recursive: true, force: true });
	}
}

/** A webhook and a flow behind it that takes one to three seconds and writes number and time into a ledger. */
export function slowFlow(userDir: string, webhook: Readonly<Record<string, unknown>>): FlowNode[] {
	const node = (id: string, type: string, more: object, to?: string): FlowNode => ({
		id,
		type,
		z: 'tab',
		x: 100,
		y: 100,
		...more,
		wires: [to === undefined ? [] : [to]],
	});
	const delay = { pauseType: 'random', randomFirst: '1', randomLast: '3', randomUnits: 'seconds' };
	const stamp = 'msg.payload = `${msg.payload.text} ${Date.now()}`; return msg;';
	const file = {
		filename: join(userDir, 'ledger.txt'),
		filenameType: 'str',
		appendNewline: true,
		overwriteFile: 'false',
	};
	return [
		{ id: 'tab', type: 'tab', label: 'webhook' },
		node(
			'hook',
			'flowai-webhook',
			{ path: 'run', events: 'message', verification: 'none', ...webhook },
			'delay',
		),
		node('delay', 'delay', delay, 'stamp'),
		node('stamp', 'function', { func: stamp, outputs: 1 }, 'file'),
		node('file', 'file', file),
	];
}
