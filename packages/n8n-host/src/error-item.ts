import { isConvoflowError } from '@convoflow/client';
import {
	NodeOperationError,
	type IExecuteFunctions,
	type INode,
	type INodeExecutionData,
} from 'n8n-workflow';
import { detailsOf, toNodeError } from './node-error';

/**
 * Whether n8n knows an item with `details` for a failed one. It does since 2.37, which is also the first to keep what
 * kind of failure an error tells of (n8n-core, `handleNodeErrorOutput`, of 2.0, 2.30, 2.37 and 2.41).
 */
function knowsDetails(node: INode): boolean {
	return new NodeOperationError(node, '', { failure: { cause: 'node-defect' } }).failure !== undefined;
}

/**
 * The item that stands for a failed one when the node continues on fail. n8n takes an item whose JSON holds
 * only `error`, `message` and `details` for a failed one, sends it to the error output and puts the fields of
 * the input item beside them. `message` is left out: it would hide a field that many items have. An older n8n takes
 * it for a failed one where it holds `error` alone.
 */
export function errorItem(context: IExecuteFunctions, thrown: unknown, index: number): INodeExecutionData {
	const node = context.getNode();
	const { message, description } = toNodeError(node, thrown, index);
	const binary = context.getInputData()[index]?.binary;
	const details = {
		...(isConvoflowError(thrown) ? detailsOf(thrown) : {}),
		...(description ? { advice: description } : {}),
	};
	const isBare = node.onError === 'continueErrorOutput' && !knowsDetails(node);
	return {
		json: { error: message, ...(isBare ? {} : { details }) },
		...(binary ? { binary } : {}),
		pairedItem: { item: index },
	};
}
