import './silence';
import 'reflect-metadata';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ExecutionLifecycleHooks, PackageDirectoryLoader, WorkflowExecute } from 'n8n-core';
import {
	createRunExecutionData,
	NodeConnectionTypes,
	NodeHelpers,
	Workflow,
	type ICredentialDataDecryptedObject,
	type ICredentialType,
	type IHttpRequestOptions,
	type INode,
	type INodeExecutionData,
	type INodeParameters,
	type INodeType,
	type INodeTypes,
	type IRun,
	type IWorkflowExecuteAdditionalData,
	type WorkflowExecuteMode,
} from 'n8n-workflow';

const ROOT = resolve(__dirname, '../..');

/** A built n8n package, loaded as n8n loads it. */
export interface Tree {
	/** Name of the package, e.g. `n8n-nodes-flowai`. */
	readonly name: string;
	readonly dir: string;
	readonly loader: PackageDirectoryLoader;
}

/** Credential values by credential name. */
export type Credentials = Readonly<Record<string, ICredentialDataDecryptedObject>>;

const trees = new Map<string, Promise<Tree>>();

/**
 * Loads a built package from `build/n8n`.
 * @throws when it is not built
 */
export async function loadTree(name: string): Promise<Tree> {
	let tree = trees.get(name);
	if (!tree) {
		tree = load(name);
		trees.set(name, tree);
	}
	return await tree;
}

async function load(name: string): Promise<Tree> {
	const dir = join(ROOT, 'build', 'n8n', name);
	if (!existsSync(join(dir, 'dist'))) throw new Error(`${name} is not built: run npm run build first`);
	const loader = new PackageDirectoryLoader(dir);
	await loader.loadAll();
	return { name, dir, loader };
}

/** The node class of a tree. */
export function nodeTypeOf(tree: Tree, nodeType: string): INodeType {
	const found = tree.loader.nodeTypes[nodeType];
	if (!found) throw new Error(`${tree.name} has no node ${nodeType}`);
	return NodeHelpers.getVersionedNodeType(found.type);
}

/** The credential class of a tree. */
export function credentialTypeOf(tree: Tree, name: string): ICredentialType {
	const found = tree.loader.credentialTypes[name];
	if (!found) throw new Error(`${tree.name} has no credential ${name}`);
	return found.type;
}

/** What stands before the node under test, so that items have a source, as in every workflow. */
const START: INodeType = {
	description: {
		displayName: 'Start',
		name: 'start',
		group: ['trigger'],
		version: 1,
		description: '',
		defaults: { name: 'Start' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		properties: [],
	},
	execute: () => Promise.resolve([[]]),
};

function nodeTypesOf(tree: Tree): INodeTypes {
	const byName = (type: string): INodeType =>
		type === 'start' ? START : nodeTypeOf(tree, type.slice(type.lastIndexOf('.') + 1));
	return { getByName: byName, getByNameAndVersion: byName, getKnownTypes: () => ({}) };
}

/** A node as a workflow holds it. */
export interface NodeSetup {
	readonly tree: Tree;
	/** Name of the node type inside its package, e.g. `flowAi`. */
	readonly nodeType: string;
	readonly parameters: INodeParameters;
	readonly credentials?: Credentials;
	readonly onError?: NonNullable<INode['onError']>;
	readonly continueOnFail?: boolean;
	readonly timezone?: string;
}

/** A workflow of a start node and the node under test, and what n8n hands its contexts. */
export function workflowOf(
	setup: NodeSetup,
	mode: WorkflowExecuteMode = 'manual',
): { workflow: Workflow; node: INode; additionalData: IWorkflowExecuteAdditionalData } {
	const { tree, nodeType, parameters, credentials = {}, onError, continueOnFail } = setup;
	const node: INode = {
		id: 'node-1',
		name: 'Under test',
		type: `${tree.name}.${nodeType}`,
		typeVersion: 1,
		position: [200, 0],
		parameters,
		webhookId: 'hook-1',
		credentials: Object.fromEntries(Object.keys(credentials).map((name) => [name, { id: name, name }])),
		...(onError ? { onError } : {}),
		...(continueOnFail ? { continueOnFail } : {}),
	};
	const start: INode = {
		id: 'start',
		name: 'Start',
		type: 'start',
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
	};
	const workflow = new Workflow({
		id: 'workflow-1',
		active: false,
		nodes: [start, node],
		connections: { Start: { main: [[{ node: node.name, type: NodeConnectionTypes.Main, index: 0 }]] } },
		nodeTypes: nodeTypesOf(tree),
		settings: { timezone: setup.timezone ?? 'UTC' },
	});
	const additionalData = {
		credentialsHelper: credentialsHelper(tree, credentials),
		hooks: new ExecutionLifecycleHooks(mode, 'execution-1', { id: 'workflow-1' } as never),
		executionId: 'execution-1',
		currentNodeParameters: undefined,
		variables: {},
		secretsHelpers: {},
		setExecutionStatus: () => undefined,
		sendDataToUI: () => undefined,
		webhookBaseUrl: 'http://localhost:5678/webhook',
		webhookTestBaseUrl: 'http://localhost:5678/webhook-test',
		webhookWaitingBaseUrl: 'http://localhost:5678/webhook-waiting',
		formWaitingBaseUrl: 'http://localhost:5678/form-waiting',
		instanceBaseUrl: 'http://localhost:5678',
		restApiUrl: 'http://localhost:5678/rest',
	} as unknown as IWorkflowExecuteAdditionalData;
	return { workflow, node: workflow.getNode(node.name) ?? node, additionalData };
}

/** n8n's helper for credentials, with the `authenticate` of the built classes. */
function credentialsHelper(tree: Tree, credentials: Credentials): object {
	return {
		// n8n fills in the defaults of fields that were never saved.
		getDecrypted: (_data: unknown, { name }: { name: string }) =>
			Promise.resolve(
				NodeHelpers.getNodeParameters(
					credentialTypeOf(tree, name).properties,
					{ ...credentials[name] } as INodeParameters,
					true,
					false,
					null,
					null,
				),
			),
		authenticate: async (
			values: ICredentialDataDecryptedObject,
			name: string,
			options: IHttpRequestOptions,
		): Promise<IHttpRequestOptions> => {
			const { authenticate } = credentialTypeOf(tree, name);
			if (typeof authenticate !== 'function') throw new Error(`${name} has no authenticate function`);
			return await authenticate(values, options);
		},
		preAuthentication: () => Promise.resolve(undefined),
		runPreAuthentication: () => Promise.resolve(undefined),
		getParentTypes: () => [],
		isCredentialUsableByNode: () => true,
		getCredentialsProperties: () => [],
		getCredentials: () => Promise.resolve({}),
		updateCredentials: () => Promise.resolve(),
	};
}

/** What to run. */
export interface RunNode extends NodeSetup {
	/** Input items; one empty item by default. */
	readonly items?: readonly INodeExecutionData[];
	/** Presses Stop when it fires. */
	readonly stop?: AbortSignal;
}

/** What an error of a run looks like once n8n has kept it. */
export interface RunError {
	readonly name: string;
	readonly message: string;
	readonly description?: string | null;
	readonly httpCode?: string | null;
	readonly failure?: { readonly cause: string; readonly retryAfterMs?: number };
	readonly context?: Readonly<Record<string, unknown>>;
}

/** What came of a run: items by output, or the error that ended it. */
export interface RunResult {
	readonly items: INodeExecutionData[][];
	readonly error?: RunError;
	readonly run: IRun;
}

/** Runs one node in n8n's engine, behind a start node that puts out `items`. */
export async function runNode(options: RunNode): Promise<RunResult> {
	const items = [...(options.items ?? [{ json: {} }])];
	const { workflow, node, additionalData } = workflowOf(options);
	const source = { main: [{ previousNode: 'Start' }] };
	const data = createRunExecutionData({
		executionData: { nodeExecutionStack: [{ node, data: { main: [items] }, source }] },
		resultData: {
			runData: {
				Start: [{ startTime: 0, executionTime: 0, executionIndex: 0, source: [], data: { main: [items] } }],
			},
		},
	});
	const execution = new WorkflowExecute(additionalData, 'manual', data).processRunExecutionData(workflow);
	options.stop?.addEventListener('abort', () => execution.cancel(), { once: true });
	const run = await execution;
	const { runData, error } = run.data.resultData;
	const main = runData[node.name]?.at(-1)?.data?.['main'] ?? [];
	return {
		items: main.map((output) => output ?? []),
		...(error ? { error: error as unknown as RunError } : {}),
		run,
	};
}

/**
 * A context of n8n's engine as node classes take it. The engine's own class says that a workflow may have no
 * name, the interface that it has one.
 */
export function asContext<T>(context: object): T {
	return context as T;
}
