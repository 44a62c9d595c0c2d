import fs from 'node:fs/promises';
import { N8nApi } from './api';
import { N8nSetupError } from './error';
import { freePort } from '../free-port';
import type { N8nInstall } from './install';
import { installPackages } from './packages';
import { N8nProcess } from './process';

/** How a server is started. */
export interface N8nServerOptions {
	/** Packed node packages, as paths. */
	readonly packages: readonly string[];
	/** Holds everything the server keeps, in `.n8n`; it may be kept for a later start. */
	readonly userFolder: string;
	/** TCP port; any free one when absent or taken. */
	readonly port?: number;
	/** Settings of n8n beside those of the demo. */
	readonly env?: Readonly<Record<string, string>>;
	/** Gives up the start. */
	readonly signal?: AbortSignal | undefined;
}

/** A running n8n with its owner logged in. */
export interface N8nServer {
	/** `http://127.0.0.1:port`. */
	readonly url: string;
	readonly api: N8nApi;
	/** Types of the nodes that came with the packages, for example `n8n-nodes-flowai.flowAi`. */
	readonly types: readonly string[];
	/** Of the process that is running now. */
	readonly pid: number;
	/** What n8n printed last. */
	output(): string;
	/** Ends n8n in order. */
	stop(): Promise<void>;
	/** Ends n8n at once, as a crash would. */
	kill(): Promise<void>;
	/** Starts it again on the same port with all it kept. */
	start(): Promise<void>;
}

/** Parts of n8n that look for their makers' servers or have nothing to do with workflows. */
const WITHOUT = ['mcp-registry', 'instance-ai', 'agents', 'chat-hub'];

/**
 * Starts n8n with packages unpacked as a user's install unpacks them, sets its owner up and logs in.
 * @throws N8nSetupError `N8N_START_FAILED`; `N8N_PACKAGE_MISSING` when the server does not offer a node of the packages
 */
export async function startN8n(install: N8nInstall, options: N8nServerOptions): Promise<N8nServer> {
	await fs.mkdir(options.userFolder, { recursive: true });
	const types = await installPackages(options.packages, options.userFolder);
	const port = await freePort(options.port);
	const url = `http://127.0.0.1:${port}`;
	const env = {
		...serverEnvironment(options.userFolder, url, port),
		N8N_RUNNERS_BROKER_PORT: String(await freePort()),
		...options.env,
	};
	const api = new N8nApi(url);
	const run = { bin: install.bin, cwd: options.userFolder, env };
	let running = await N8nProcess.start({ ...run, signal: options.signal });
	try {
		await api.logIn();
		const offered = await api.nodeTypes();
		const missing = types.filter((type) => !offered.includes(type));
		if (missing.length > 0) {
			throw new N8nSetupError(
				'N8N_PACKAGE_MISSING',
				`n8n did not load ${missing.join(', ')}. It printed:\n${running.output.slice(-3_000)}`,
			);
		}
	} catch (error) {
		await running.kill();
		throw error;
	}
	return {
		url,
		api,
		types,
		get pid() {
			return running.pid;
		},
		output: () => running.output,
		stop: () => running.stop(),
		kill: () => running.kill(),
		start: async () => {
			running = await N8nProcess.start(run);
		},
	};
}

/** The settings of a server that asks no one and tells no one. */
export function serverEnvironment(userFolder: string, url: string, port: number): NodeJS.ProcessEnv {
	return {
		N8N_USER_FOLDER: userFolder,
		DB_TYPE: 'sqlite',
		EXECUTIONS_MODE: 'regular',
		N8N_ENCRYPTION_KEY: 'convoflow-demo',
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_PORT: String(port),
		N8N_WEBHOOK_URL: `${url}/`,
		WEBHOOK_URL: `${url}/`,
		N8N_EDITOR_BASE_URL: url,
		N8N_SECURE_COOKIE: 'false',
		N8N_DIAGNOSTICS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
		N8N_PERSONALIZATION_ENABLED: 'false',
		N8N_TEMPLATES_ENABLED: 'false',
		N8N_HIRING_BANNER_ENABLED: 'false',
		N8N_REINSTALL_MISSING_PACKAGES: 'false',
		N8N_COMMUNITY_PACKAGES_ENABLED: 'true',
		N8N_VERIFIED_PACKAGES_ENABLED: 'false',
		N8N_UNVERIFIED_PACKAGES_ENABLED: 'true',
		N8N_DISABLED_MODULES: WITHOUT.join(','),
		// n8n activates workflows from a queue, which it looks at every 15 s unless told otherwise.
		N8N_WORKFLOW_PUBLICATION_OUTBOX_POLL_INTERVAL_MS: '1000',
		EXECUTIONS_DATA_SAVE_ON_SUCCESS: 'all',
		EXECUTIONS_DATA_SAVE_MANUAL_EXECUTIONS: 'true',
	};
}
