import { isConvoflowError } from '@convoflow/client';
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { detailsOf, toNodeError } from './node-error';

/**
 * The item that stands for a failed one when the node continues on fail. n8n takes an item whose JSON holds
 * only `error`, `message` and `details` for a failed one, sends it to the error output and puts the fields of
 * the input item beside them. `message` is left out: it would hide a field that many items have.
 */
export function errorItem(context: IExecuteFunctions, thrown: unknown, index: number): INodeExecutionData {
	const { message, description } = toNodeError(context.getNode(), thrown, index);
	const binary = context.getInputData()[index]?.binary;
	const details = {
		...(isConvoflowError(thrown) ? detailsOf(thrown) : {}),
		...(description ? { advice: description } : {}),
	};
	return {
		json: { error: message, details },
		...(binary ? { binary } : {}),
		pairedItem: { item: index },
	};
}
