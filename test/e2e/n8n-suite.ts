import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSandbox, type Sandbox } from '@convoflow/sandbox';
import { importCredentials } from '../../packages/demo/src/n8n/demo';
import type { Execution } from '../../packages/demo/src/n8n/execution';
import { ensureN8n } from '../../packages/demo/src/n8n/install';
import { packedPackages } from '../../packages/demo/src/n8n/packages';
import { printerTo } from '../../packages/demo/src/printer';
import { startN8n, type N8nServer } from '../../packages/demo/src/n8n/server';
import {
	button,
	NODES,
	workflow,
	type CredentialIds,
	type NodeSketch,
} from '../../packages/demo/src/n8n/workflows';
import { canaryKeys } from '../support/canary';
import { rawServer, type RawServer } from '../support/raw-server';

/** Longest wait for something in n8n, in ms. */
export const LIMIT_MS = 20_000;
/** Longest wait for the server to be installed and started, in ms. */
export const SETUP_MS = 15 * 60_000;

/** Times of a poll: n8n polls once a minute at most, but by as many clocks as one likes. Here one every two seconds. */
export const SOON = {
	item: Array.from({ length: 30 }, (_, at) => ({ mode: 'custom', cronExpression: `${at * 2} * * * * *` })),
};

/** Where n8n keeps files. */
export type BinaryMode = 'filesystem' | 'database';

/** One n8n with one sandbox, shared by all end-to-end tests of n8n. */
export interface Suite {
	readonly server: N8nServer;
	/** Its keys are of this run only. */
	readonly sandbox: Sandbox;
	/** Where the server keeps everything. */
	readonly userFolder: string;
	readonly credentials: CredentialIds;
	/** Where production webhooks are called. */
	readonly webhooks: string;
	/** Where the server keeps files. */
	readonly binaryMode: BinaryMode;
	/** Answers everything with 200 and a page to log in, as a wrong base URL may. */
	readonly loginPage: RawServer;
	close(): Promise<void>;
}

/** Starts everything; the vocabulary of 2019 is the one that tells of deliveries. */
export async function startSuite(binaryMode: BinaryMode = 'filesystem'): Promise<Suite> {
	const install = await ensureN8n(printerTo(process.stderr));
	const userFolder = await mkdtemp(join(tmpdir(), 'convoflow-n8n-e2e-'));
	const stops: Array<() => Promise<unknown>> = [() => rm(userFolder, { recursive: true, force: true })];
	const close = async (): Promise<void> => {
		for (const stop of stops.splice(0).reverse()) await stop();
	};
	try {
		const sandbox = await startSandbox({ vocabulary: '2019', botDelayMs: 0, keys: canaryKeys() });
		stops.push(() => sandbox.close());
		const loginPage = await rawServer((_request, response) => {
			response.writeHead(200, { 'content-type': 'text/html' }).end('<html><title>Log in</title></html>');
		});
		stops.push(() => loginPage.close());
		const server = await startN8n(install, {
			packages: await packedPackages(),
			userFolder,
			env: { N8N_DEFAULT_BINARY_DATA_MODE: binaryMode },
		});
		stops.push(() => server.stop());
		const credentials = await importCredentials(server.api, sandbox);
		return { server, webhooks: server.url, sandbox, userFolder, loginPage, credentials, binaryMode, close };
	} catch (error) {
		await close();
		throw error;
	}
}

/** Runs a node, or a chain that ends with it, from the manual trigger, and resolves when the run is over. */
export async function runNodes({ server, credentials }: Suite, ...chain: NodeSketch[]): Promise<Execution> {
	const name = chain.at(-1)?.name ?? '';
	const id = await server.api.createWorkflow(workflow(name, credentials, [button, ...chain]));
	return await server.api.runToEnd(id, NODES.button, AbortSignal.timeout(LIMIT_MS));
}

/** Waits until a condition holds. */
export async function until({ server }: Suite, condition: () => boolean): Promise<void> {
	const isSo = (): Promise<true | undefined> => Promise.resolve(condition() || undefined);
	await server.api.until(isSo, AbortSignal.timeout(LIMIT_MS));
}
