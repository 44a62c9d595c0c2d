import type { IExecuteFunctions } from 'n8n-workflow';

/** Whether the node runs as the tool of an agent. n8n 2.0 has no word for it, but the type of such a node ends so. */
export function isTool(context: IExecuteFunctions): boolean {
	const known: Partial<Pick<IExecuteFunctions, 'isToolExecution'>> = context;
	return known.isToolExecution?.() ?? context.getNode().type.endsWith('Tool');
}
