import {
	callAnswered,
	callAnsweredAtOnce,
	callClosed,
	noCall,
	type JsonObject,
	type OpenCall,
} from '@convoflow/client';
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

/** End of the type of the node whose calls can be answered; the package's name stands before it. */
const TRIGGER = '.flowAiActionTrigger';

/** Place in the execution's context, which n8n keeps for as long as the execution goes on. */
const KEY = 'answeredCall';

/** What the trigger put out, as far as an answer needs it. */
interface Started {
	readonly verifiedBy?: unknown;
	/** Date-time until which the call waits; null when it was answered at once. */
	readonly replyBy?: unknown;
}

/** The node of the proxy that n8n hands to expressions. */
interface NodeOutput {
	readonly isExecuted: boolean;
	first(): { readonly json: Started } | undefined;
}

/** What the action trigger that started this execution put out. */
function startedBy(context: IExecuteFunctions): Started | undefined {
	const { $: outputOf } = context.getWorkflowDataProxy(0) as unknown as { $: (name: string) => NodeOutput };
	const triggers = context
		.getParentNodes(context.getNode().name)
		.filter(({ type }) => type.endsWith(TRIGGER));
	for (const { name } of triggers) {
		const output = outputOf(name);
		if (output.isExecuted) return output.first()?.json;
	}
	return undefined;
}

/**
 * The call of Flow.ai that started this execution. n8n passes the answer on to wherever the call waits, also
 * from a worker to the main process. Whether it still waits is told by the clock: n8n itself does not say.
 * @throws `FLOWAI_NO_CALL`, `FLOWAI_CALL_ANSWERED`, `FLOWAI_CALL_CLOSED`
 */
export function openCallOf(context: IExecuteFunctions): OpenCall {
	const started = startedBy(context);
	if (!started) {
		throw noCall('Start the workflow with the Flow.ai Action Trigger and connect this node behind it.');
	}
	const { replyBy, verifiedBy } = started;
	if (typeof replyBy !== 'string') throw callAnsweredAtOnce();
	const kept: IDataObject = context.getContext('flow');
	const execution = context.getExecutionId();
	if (kept[KEY] === execution) throw callAnswered();
	const closesAtMs = Date.parse(replyBy);
	if (Date.now() >= closesAtMs) throw callClosed();
	return {
		tokenIndex: verifiedBy === 'secondVerifyToken' ? 1 : 0,
		closesAtMs,
		answer: async (body: JsonObject) => {
			kept[KEY] = execution;
			await context.sendResponse({
				body,
				headers: { 'content-type': 'application/json; charset=utf-8' },
				statusCode: 200,
			});
		},
	};
}
