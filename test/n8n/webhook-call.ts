import { WebhookContext } from 'n8n-core';
import type {
	IDataObject,
	INodeParameters,
	IWebhookData,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import type { Credentials } from './credentials-helper';
import { asContext, workflowOf } from './harness';
import { loadTree, nodeTypeOf } from './tree';

export const SECRET = 'fake-webhook-secret';
/** A bot's message. */
export const EVENT = {
	type: 'message',
	activityId: 'act-5502',
	threadId: 't-100|w_c51f0e2a',
	originator: { name: 'Hostess', role: 'bot' },
	messages: [
		{ fallback: 'Yes.', responses: [{ type: 'text', payload: { text: 'Yes.' } }], meta: { msgId: 'm-72' } },
	],
};

/** A call as Express hands it over. */
interface Call {
	readonly name?: 'default' | 'setup';
	readonly headers?: Readonly<Record<string, string>>;
	readonly query?: Readonly<Record<string, string>>;
	readonly body?: string;
}

/** The trigger that is called, and what n8n does after it. */
interface Around {
	/** Triggers of one id share what they remember; a fresh one when absent. */
	readonly id?: string;
	/** What n8n has stored for the trigger; changed by the call. */
	readonly staticData?: IDataObject;
	readonly mode?: 'webhook' | 'manual';
	/** Status with which n8n answers. */
	readonly status?: number;
	/** When n8n answers; at once when absent. */
	readonly answered?: Promise<void>;
	/** n8n has the node's result and has not put the execution on record. */
	readonly beforeRecord?: () => void;
}

let fresh = 0;

interface Outcome extends IWebhookResponseData {
	/** Status and body that the node itself answered with. */
	readonly answer?: { status: number; body: unknown };
}

/** Calls the Flow.ai Trigger as n8n does. */
export async function call(
	parameters: INodeParameters,
	{ name = 'default', headers = {}, query = {}, body = '' }: Call,
	outcome: Around = {},
): Promise<Outcome> {
	const { mode = 'webhook', staticData = {}, id = `fresh-${(fresh += 1)}` } = outcome;
	const credentials: Credentials = { flowAiWebhookApi: { secret: SECRET, secondSecret: 'fake-next-secret' } };
	const tree = await loadTree('n8n-nodes-flowai');
	const { workflow, node, additionalData } = workflowOf(
		{ tree, nodeType: 'flowAiTrigger', parameters, credentials },
		mode,
	);
	workflow.id = id;
	workflow.staticData = { [`node:${node.name}`]: staticData };
	let answer: { status: number; body: unknown } | undefined;
	const closers: (() => void)[] = [];
	const response = {
		statusCode: 200,
		once: (_event: 'close', handler: () => void) => closers.push(handler),
		status: (status: number) => {
			response.statusCode = status;
			answer = { status, body: undefined };
			return response;
		},
		json: (said: unknown) => {
			answer = { status: answer?.status ?? 200, body: said };
			return response;
		},
	};
	const type = nodeTypeOf(tree, 'flowAiTrigger');
	const webhookDescription = type.description.webhooks?.find((one) => one.name === name);
	const context = new WebhookContext(
		workflow,
		node,
		{
			...additionalData,
			httpRequest: { headers, query, rawBody: Buffer.from(body) },
			httpResponse: response,
		},
		mode,
		{ webhookDescription } as IWebhookData,
		[],
		null,
	);
	const result = await type.webhook?.call(asContext<IWebhookFunctions>(context));
	outcome.beforeRecord?.();
	const end = (): void => {
		if (outcome.status !== undefined) response.statusCode = outcome.status;
		closers.forEach((close) => close());
	};
	if (outcome.answered) void outcome.answered.then(end);
	else end();
	// Reads every member of the result, as n8n does once the execution is on record.
	return { ...result, ...(answer ? { answer } : {}) };
}

/** What a call has started; undefined where that is nothing. */
export function started({ workflowData }: IWebhookResponseData): unknown {
	return workflowData?.[0]?.map(({ json }) => json);
}
