import './silence';
import 'reflect-metadata';
import { ExecutionLifecycleHooks, WorkflowExecute } from 'n8n-core';
import {
	createRunExecutionData,
	NodeConnectionTypes,
	NodeOperationError,
	Workflow,
	type IExecuteContextData,
	type INode,
	type INodeExecutionData,
	type INodeParameters,
	type INodeType,
	type INodeTypes,
	type IRun,
	type IWorkflowExecuteAdditionalData,
	type WorkflowExecuteMode,
} from 'n8n-workflow';
import { credentialsHelper, type Credentials } from './credentials-helper';
import { nodeTypeOf, type Tree } from './tree';

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

function nodeTypesOf(tree: Tree, made: INodeType | undefined): INodeTypes {
	const byName = (type: string): INodeType => {
		const name = type.slice(type.lastIndexOf('.') + 1);
		if (type === 'start') return START;
		return made?.description.name === name ? made : nodeTypeOf(tree, name);
	};
	return { getByName: byName, getByNameAndVersion: byName, getKnownTypes: () => ({}) };
}

/** A node as a workflow holds it. */
export interface NodeSetup {
	readonly tree: Tree;
	/** Name of the node type inside its package, e.g. `flowAi`. */
	readonly nodeType: string;
	readonly parameters: INodeParameters;
	/** A node type that no package has, in the place of one that is named alike. */
	readonly type?: INodeType;
	/** Version that the node was saved with; 1 by default. */
	readonly typeVersion?: number;
	readonly credentials?: Credentials;
	readonly onError?: NonNullable<INode['onError']>;
	readonly continueOnFail?: boolean;
	/** How often n8n tries the node at most; turns Retry On Fail on. */
	readonly tries?: number;
	readonly timezone?: string;
	readonly executionId?: string;
	/** Node type that stands in place of the start node, e.g. the trigger whose call is answered. */
	readonly startType?: string;
}

/** A workflow of a start node and the node under test, and what n8n hands its contexts. */
export function workflowOf(
	setup: NodeSetup,
	mode: WorkflowExecuteMode = 'manual',
): { workflow: Workflow; node: INode; additionalData: IWorkflowExecuteAdditionalData } {
	const { tree, nodeType, parameters, credentials = {}, onError, continueOnFail, tries } = setup;
	const { executionId = 'execution-1' } = setup;
	const node: INode = {
		id: 'node-1',
		name: 'Under test',
		type: `${tree.name}.${nodeType}`,
		typeVersion: setup.typeVersion ?? 1,
		position: [200, 0],
		parameters,
		webhookId: 'hook-1',
		credentials: Object.fromEntries(Object.keys(credentials).map((name) => [name, { id: name, name }])),
		...(onError ? { onError } : {}),
		...(continueOnFail ? { continueOnFail } : {}),
		...(tries === undefined ? {} : { retryOnFail: true, maxTries: tries, waitBetweenTries: 1 }),
	};
	const start: INode = {
		id: 'start',
		name: 'Start',
		type: setup.startType === undefined ? 'start' : `${tree.name}.${setup.startType}`,
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
	};
	const workflow = new Workflow({
		id: 'workflow-1',
		active: false,
		nodes: [start, node],
		connections: { Start: { main: [[{ node: node.name, type: NodeConnectionTypes.Main, index: 0 }]] } },
		nodeTypes: nodeTypesOf(tree, setup.type),
		settings: { timezone: setup.timezone ?? 'UTC' },
	});
	const additionalData = {
		credentialsHelper: credentialsHelper(tree, credentials),
		hooks: new ExecutionLifecycleHooks(mode, executionId, { id: 'workflow-1' } as never),
		executionId,
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

/** What to run. */
export interface RunNode extends NodeSetup {
	/** Input items; one empty item by default. */
	readonly items?: readonly INodeExecutionData[];
	/** How often the node runs in this execution, as in a loop; once by default. */
	readonly runs?: number;
	/** What an earlier execution has left in its context, as n8n hands it on when a user repeats one. */
	readonly contextData?: IExecuteContextData;
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

const NOWHERE = { id: '', name: '', type: '', typeVersion: 1, position: [0, 0], parameters: {} } as INode;
/** Whether this n8n passes on what kind of failure an error tells of, and takes `details` of an item; 2.0 does not. */
export const TELLS_FAILURES =
	new NodeOperationError(NOWHERE, 'x', { failure: { cause: 'node-defect' } }).failure !== undefined;

/** What an error tells of its kind, where this n8n passes that on. */
export function failure(told: NonNullable<RunError['failure']>): Pick<RunError, 'failure'> {
	return TELLS_FAILURES ? { failure: told } : {};
}

/** What came of a run: items by output, or the error that ended it. */
export interface RunResult {
	readonly items: INodeExecutionData[][];
	readonly error?: RunError;
	/** What the run answered the call with that started it. */
	readonly replies: readonly unknown[];
	readonly run: IRun;
}

/** Runs one node in n8n's engine, behind a start node that puts out `items`. */
export async function runNode(options: RunNode): Promise<RunResult> {
	const items = [...(options.items ?? [{ json: {} }])];
	const { workflow, node, additionalData } = workflowOf(options);
	const replies: unknown[] = [];
	additionalData.hooks?.addHandler('sendResponse', (response) => void replies.push(response));
	const source = { main: [{ previousNode: 'Start' }] };
	const data = createRunExecutionData({
		executionData: {
			nodeExecutionStack: Array.from({ length: options.runs ?? 1 }, () => ({
				node,
				data: { main: [items] },
				source,
			})),
			...(options.contextData ? { contextData: options.contextData } : {}),
		},
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
		replies,
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
