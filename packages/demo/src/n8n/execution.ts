import type { WorkflowNode } from './workflow';

/** An item as a node put it out. */
export interface Item {
	readonly json: Readonly<Record<string, unknown>>;
	readonly error?: unknown;
	readonly pairedItem?: unknown;
}

/** What a node or a whole execution says when it did not succeed. */
export interface Failure {
	readonly message: string;
	/** How to get unstuck. */
	readonly description?: string | null;
	readonly httpCode?: string | null;
	readonly context?: Readonly<Record<string, unknown>>;
}

interface NodeRun {
	readonly error?: Failure;
	/** What the node tells beside its items. */
	readonly hints?: ReadonlyArray<{ readonly message: string }>;
	/** In ms. */
	readonly executionTime?: number;
	readonly data?: { readonly main?: ReadonlyArray<readonly Item[] | null> };
}

/** An execution as the public interface of n8n gives it. */
export interface RawExecution {
	readonly id: string | number;
	readonly status: string;
	readonly mode: string;
	/** The workflow as it was run. */
	readonly workflowData?: { readonly nodes: readonly WorkflowNode[] };
	readonly data?: {
		readonly resultData?: {
			readonly error?: Failure & { readonly node?: { readonly name?: string } };
			readonly runData?: Readonly<Record<string, readonly NodeRun[]>>;
		};
	};
}

/** One run of a workflow. */
export interface Execution {
	readonly id: string;
	/** `success`, `error`, `running`, `crashed`, `canceled` … */
	readonly status: string;
	/** `manual`, `webhook`, `trigger` … */
	readonly mode: string;
	readonly isOver: boolean;
	/** Why it did not succeed, with the name of the node. */
	readonly error?: (Failure & { readonly nodeName?: string | undefined }) | undefined;
	/** The items of one output of a node, over all its runs; empty when it did not run. */
	items(node: string, output?: number): Item[];
	/** What a node told beside its items, over all its runs. */
	hints(node: string): string[];
	/** How long a node took, over all its runs, in ms. */
	ms(node: string): number;
	/** Names of the nodes that ran. */
	readonly nodes: readonly string[];
}

const GOING_ON = ['new', 'running', 'waiting', 'unknown'];

/** Reads an execution. */
export function readExecution(raw: RawExecution): Execution {
	const { runData = {}, error } = raw.data?.resultData ?? {};
	return {
		id: String(raw.id),
		status: raw.status,
		mode: raw.mode,
		isOver: !GOING_ON.includes(raw.status),
		error: error && { ...error, nodeName: error.node?.name },
		items: (node, output = 0) =>
			(runData[node] ?? []).flatMap(({ data }) => [...(data?.main?.[output] ?? [])]),
		hints: (node) => (runData[node] ?? []).flatMap(({ hints = [] }) => hints.map(({ message }) => message)),
		ms: (node) => (runData[node] ?? []).reduce((sum, { executionTime = 0 }) => sum + executionTime, 0),
		nodes: Object.keys(runData),
	};
}
