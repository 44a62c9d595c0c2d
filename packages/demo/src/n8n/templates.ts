import { globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Sandbox } from '@convoflow/sandbox';
import { projectRoot } from '../project-root';
import type { N8nApi } from './api';
import type { Workflow, WorkflowNode } from './workflow';
import { CREDENTIAL_NAMES, type CredentialIds } from './workflows';

/** The template that is run once: it needs nothing but n8n and the sandbox. */
const EXECUTED = 'nightly-export-of-conversations';
/** Its first node. */
const FIRST = 'Every night';

/** The credential of a node, by its type. */
const CREDENTIALS: Readonly<Record<string, keyof CredentialIds>> = {
	'n8n-nodes-flowai.flowAi': 'flowAiApi',
	'n8n-nodes-flowai.flowAiTool': 'flowAiApi',
	'n8n-nodes-flowxo.flowXo': 'flowXoApi',
	'n8n-nodes-chatlayer.chatlayer': 'chatlayerApi',
};

/** A node with the credential that leads to the sandbox. */
function withCredential(node: WorkflowNode, ids: CredentialIds): WorkflowNode {
	const type = CREDENTIALS[node.type];
	return type === undefined
		? node
		: { ...node, credentials: { [type]: { id: ids[type], name: CREDENTIAL_NAMES[type] } } };
}

/** What became of the templates. */
export interface ImportedTemplates {
	readonly count: number;
	/** Page of the execution of the one that was run. */
	readonly execution: string;
	/** What it did, in words. */
	readonly summary: string;
}

/**
 * Imports every template of the packages, and runs one of them.
 * @throws Error when the run does not end well
 */
export async function importTemplates(
	api: N8nApi,
	{ world }: Sandbox,
	ids: CredentialIds,
	signal: AbortSignal,
): Promise<ImportedTemplates> {
	const root = projectRoot();
	const files = globSync('packages/n8n-nodes-*/templates/*.json', { cwd: root }).sort();
	let executed = '';
	for (const file of files) {
		const workflow = JSON.parse(await readFile(path.join(root, file), 'utf8')) as Workflow;
		const nodes = workflow.nodes.map((node) => withCredential(node, ids));
		const id = await api.createWorkflow({ ...workflow, nodes });
		if (path.basename(file, '.json') === EXECUTED) executed = id;
	}
	// The template takes the conversations of the last day, so somebody has to have written.
	for (const { id } of world.conversations(0, 3).conversations)
		world.sendAsEndUser(String(id), 'Are you open today?');
	const run = await api.runToEnd(executed, FIRST, signal);
	const { id, status, error } = run;
	if (status !== 'success') throw new Error(`The template ended with ${status}: ${error?.message ?? ''}`);
	return {
		count: files.length,
		execution: `${api.url}/workflow/${executed}/executions/${id}`,
		summary: `“Nightly export” wrote ${run.items('Into the table').length} conversations into a table`,
	};
}
