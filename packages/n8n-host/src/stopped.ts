import { aborted, isConvoflowError } from '@convoflow/client';
import type { Operation } from '@convoflow/kit';
import type { IExecuteFunctions } from 'n8n-workflow';
import { isTool } from './is-tool';
import { toNodeError } from './node-error';

/** What had become of an item when the user pressed Stop; an item that was never started has neither. */
interface StoppedItem {
	readonly items?: unknown;
	readonly error?: unknown;
}

/** Whether something ended since the user pressed Stop. */
export function isStop(error: unknown): boolean {
	return isConvoflowError(error) && error.code === 'CONVOFLOW_ABORTED';
}

/**
 * Says how far a stopped run came, as a hint in the output pane and on the log.
 * @throws NodeOperationError for the tool of an agent, which has one answer or none
 */
export function tellStopped(
	context: IExecuteFunctions,
	{ effect }: Operation,
	outcomes: readonly StoppedItem[],
): void {
	if (isTool(context)) throw toNodeError(context.getNode(), aborted());
	const count = (some: (one: StoppedItem) => boolean): string =>
		outcomes.filter(some).length.toLocaleString('en');
	const done = count(({ items }) => items !== undefined);
	const underWay = count(({ error }) => isStop(error));
	const all = outcomes.length.toLocaleString('en');
	const isSure = effect === 'read' || effect === 'idempotent' || underWay === '0';
	const rest = isSure
		? ''
		: ` It is not known of ${underWay} more whether they arrived: they were on their way.`;
	const message = `Stopped: ${done} of ${all} items were done, and are put out here.${rest} Nothing else was sent.`;
	context.addExecutionHints({ message, type: 'warning', location: 'outputPane' });
	// n8n keeps no output of a node that was at work when an execution was stopped, so the log has it too.
	context.logger.warn(`${context.getNode().name}: ${message}`);
}
