/** A node of a workflow, as n8n keeps it. */
export interface WorkflowNode {
	readonly id: string;
	readonly name: string;
	readonly type: string;
	readonly typeVersion: number;
	readonly position: readonly [number, number];
	readonly parameters: Readonly<Record<string, unknown>>;
	readonly credentials?: Readonly<Record<string, { readonly id: string; readonly name: string }>>;
	readonly webhookId?: string;
	readonly onError?: 'continueErrorOutput' | 'continueRegularOutput' | 'stopWorkflow';
}

type Wires<T extends string> = ReadonlyArray<
	ReadonlyArray<{ readonly node: string; readonly type: T; readonly index: number }>
>;

/** What leads on from a node; the models and tools of agents have ways of their own. */
export interface Ways {
	readonly main: Wires<'main'>;
	readonly ai_languageModel?: Wires<'ai_languageModel'>;
	readonly ai_tool?: Wires<'ai_tool'>;
}

/** A workflow to be created. */
export interface Workflow {
	readonly name: string;
	readonly nodes: readonly WorkflowNode[];
	readonly connections: Readonly<Record<string, Ways>>;
	readonly settings?: Readonly<Record<string, unknown>>;
}
