import fs from 'node:fs/promises';
import { callFlow, type CallResult, type FlowNode, type NodeCall } from './harness/call-node';
import { Comms, type DebugMessage, type Status } from './harness/comms';
import { linkDashboard } from '../../packages/demo/src/node-red/dashboard/install';
import { startRed, startsIn } from '../../packages/demo/src/node-red/process';
import { chosenTarget, hostOf } from './matrix/targets';
import { installTarball, makeTempFolder, PACKAGE_NAME } from './harness/install';

export type { CallResult, CaughtError, FlowNode, NodeCall, Settings } from './harness/call-node';
export type { DebugMessage, Status } from './harness/comms';

/** How much of the flows a deploy restarts. */
export type DeployType = 'full' | 'nodes' | 'flows';

export interface StartOptions {
	/** Replaces single settings of Node-RED. */
	readonly settings?: Readonly<Record<string, unknown>> & {
		httpAdminRoot?: string;
		httpNodeRoot?: string | false;
	};
	readonly env?: Readonly<Record<string, string>>;
	/** Folder whose node_modules hold the nodes of the dashboard. */
	readonly dashboard?: string;
	/** Signs in, where the settings ask for it. */
	readonly login?: { readonly username: string; readonly password: string };
}

/** The real Node-RED with our packed package, in a process and a user directory of its own. */
export interface NodeRed {
	readonly url: string;
	/** Root of the editor and the admin API. */
	readonly adminUrl: string;
	/** Root of what flows offer. */
	readonly nodeUrl: string;
	readonly userDir: string;
	/** Of the process. */
	readonly pid: number;
	/** Replaces the flows; credentials stand inline in their nodes. Resolves when they run. */
	deploy(flow: readonly FlowNode[], type?: DeployType): Promise<void>;
	/** Calls the admin API, path below its root, signed in where that is needed. */
	admin(path: string, init?: RequestInit): Promise<Response>;
	/** Presses the button of an Inject node, with these message properties. */
	inject(nodeId: string, msg?: Readonly<Record<string, unknown>>): Promise<void>;
	/** Every debug message so far. */
	readonly debug: readonly DebugMessage[];
	/** Waits until a Debug node has shown `count` messages since the start, `timeoutMs` at the longest. */
	awaitDebug(nodeId: string, count?: number, timeoutMs?: number): Promise<unknown[]>;
	/** Every status of a node so far, oldest first. */
	statuses(nodeId: string): readonly Status[];
	/**
	 * Waits until the newest status of a node has this text.
	 * @param since number of statuses that are old: the one waited for comes after them
	 */
	awaitStatus(nodeId: string, text: string | undefined, since?: number): Promise<void>;
	/** Waits until the newest status of a node has a text like this. */
	awaitStatusLike(nodeId: string, text: RegExp, since?: number): Promise<void>;
	/** Sends one message through one node. Equal nodes are deployed once, so that many inputs are cheap. */
	callNode(call: NodeCall): Promise<CallResult>;
	log(): string;
	isAlive(): boolean;
	stop(): Promise<void>;
}

interface NodeSet {
	readonly id: string;
	readonly module: string;
	readonly local: boolean;
	readonly err?: unknown;
}

/** Node-RED would load the workspace's own link without a word, so that nothing packed would be tested. */
async function assertTarball(admin: NodeRed['admin']): Promise<void> {
	const response = await admin('/nodes', { headers: { accept: 'application/json' } });
	const ours = ((await response.json()) as NodeSet[]).filter(({ module }) => module === PACKAGE_NAME);
	if (ours.length === 0) throw new Error(`Node-RED did not find ${PACKAGE_NAME}`);
	for (const set of ours) {
		if (!set.local) throw new Error(`${set.id} was not loaded from the user directory`);
		if (set.err !== undefined) throw new Error(`${set.id} did not load: ${JSON.stringify(set.err)}`);
	}
}

function injectProperty([p, value]: [string, unknown]): Readonly<Record<string, unknown>> {
	if (typeof value === 'string') return { p, v: value, vt: 'str' };
	return { p, v: JSON.stringify(value), vt: 'json' };
}

async function signIn(adminUrl: string, login: StartOptions['login']): Promise<string | undefined> {
	if (!login) return undefined;
	const body = new URLSearchParams({
		client_id: 'node-red-admin',
		grant_type: 'password',
		scope: '*',
		...login,
	});
	const response = await fetch(`${adminUrl}/auth/token`, { method: 'POST', body });
	return ((await response.json()) as { access_token: string }).access_token;
}

/** Roots other than the default, so that an absolute address in the package shows. */
const ROOTS = { httpAdminRoot: '/admin', httpNodeRoot: '/node' };

/** Starts Node-RED from the packed tarball. */
export async function startNodeRed(options: StartOptions = {}): Promise<NodeRed> {
	const { settings = {}, env = {}, dashboard, login } = options;
	const userDir = await makeTempFolder('node-red');
	await installTarball(userDir);
	if (dashboard !== undefined) await linkDashboard(dashboard, userDir);
	const host = await hostOf(chosenTarget());
	const child = await startRed({ ...host, userDir, settings: { ...ROOTS, ...settings }, env });
	const url = `http://127.0.0.1:${child.port}`;
	const below = (root: string | false): string => `${url}${root || ''}`.replace(/\/$/, '');
	const adminUrl = below(settings.httpAdminRoot ?? ROOTS.httpAdminRoot);
	const nodeUrl = below(settings.httpNodeRoot ?? ROOTS.httpNodeRoot);
	const stop = async (): Promise<void> => {
		await child.stop();
		await fs.rm(userDir, { recursive: true, force: true });
	};
	let comms: Comms;
	let token: string | undefined;
	const admin: NodeRed['admin'] = (path, init = {}) => {
		const headers = new Headers(init.headers);
		// A connection that was kept may be closed by Node-RED at the moment of its use.
		headers.set('connection', 'close');
		if (token !== undefined) headers.set('authorization', `Bearer ${token}`);
		return fetch(`${adminUrl}${path}`, { ...init, headers });
	};
	try {
		token = await signIn(adminUrl, login);
		await assertTarball(admin);
		comms = await Comms.open(adminUrl, token);
	} catch (error) {
		await stop();
		throw error;
	}

	let deployed: readonly FlowNode[] = [];
	const deploy = async (flows: readonly FlowNode[], type: DeployType = 'full'): Promise<void> => {
		const before = startsIn(child.log());
		const response = await admin('/flows', {
			method: 'POST',
			headers: {
				'content-type': 'application/json',
				'node-red-api-version': 'v2',
				'node-red-deployment-type': type,
			},
			body: JSON.stringify({ flows }),
		});
		if (!response.ok) throw new Error(`Deploy was refused (${response.status}): ${await response.text()}`);
		deployed = flows;
		// The answer comes before the flows run.
		await child.awaitLog((log) => startsIn(log) > before, 'that the flows were started');
	};

	const paths = new Map<string, Promise<string>>();
	const pathOf = (call: Omit<NodeCall, 'msg'>): Promise<string> => {
		const key = JSON.stringify([call.type, call.config, call.settings]);
		const known = paths.get(key);
		if (known) return known;
		const id = `call${paths.size}`;
		const flow = callFlow(id, call);
		// One deploy after the other: each adds a tab to what runs.
		const path = Promise.all(paths.values()).then(async () => {
			await deploy([...deployed, ...flow], 'flows');
			return `${nodeUrl}/call/${id}`;
		});
		paths.set(key, path);
		return path;
	};

	const debugOf = (id: string): unknown[] =>
		comms.debug.filter((one) => one.id === id).map(({ value }) => value);

	return {
		url,
		adminUrl,
		nodeUrl,
		userDir,
		pid: child.pid,
		deploy: async (flows, type) => {
			paths.clear();
			await deploy(flows, type);
		},
		admin,
		inject: async (nodeId, msg = {}) => {
			const response = await admin(`/inject/${nodeId}`, {
				method: 'POST',
				headers: { 'content-type': 'application/json' },
				body: JSON.stringify({ __user_inject_props__: Object.entries(msg).map(injectProperty) }),
			});
			if (!response.ok) throw new Error(`The Inject node ${nodeId} did not start (${response.status})`);
		},
		debug: comms.debug,
		awaitDebug: async (nodeId, count = 1, timeoutMs) => {
			await comms.until(
				() => debugOf(nodeId).length >= count,
				`${count} debug messages of ${nodeId}`,
				timeoutMs,
			);
			return debugOf(nodeId);
		},
		statuses: (nodeId) => comms.statuses.get(nodeId) ?? [],
		awaitStatus: async (nodeId, text, since = 0) => {
			const isMet = (): boolean => {
				const all = comms.statuses.get(nodeId) ?? [];
				return all.length > since && all.at(-1)?.text === text;
			};
			await comms.until(isMet, `status "${text ?? ''}" of ${nodeId}`);
		},
		awaitStatusLike: async (nodeId, text, since = 0) => {
			const isMet = (): boolean => {
				const all = comms.statuses.get(nodeId) ?? [];
				return all.length > since && text.test(all.at(-1)?.text ?? '');
			};
			await comms.until(isMet, `status like ${String(text)} of ${nodeId}`);
		},
		callNode: async ({ msg, ...call }) => {
			const path = await pathOf(call);
			const response = await fetch(path, {
				method: 'POST',
				headers: { 'content-type': 'application/json', connection: 'close' },
				body: JSON.stringify(typeof msg === 'function' ? await msg() : msg),
			});
			if (!response.ok)
				throw new Error(`The calling flow answered ${response.status}: ${await response.text()}`);
			return (await response.json()) as CallResult;
		},
		log: () => child.log(),
		isAlive: () => child.isAlive(),
		stop: async () => {
			comms.close();
			await stop();
		},
	};
}
