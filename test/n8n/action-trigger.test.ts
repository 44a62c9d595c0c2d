import { HookContext, WebhookContext } from 'n8n-core';
import {
	NodeConnectionTypes,
	type IHookFunctions,
	type INodeParameters,
	type IWebhookData,
	type IWebhookFunctions,
	type IWebhookResponseData,
	type WorkflowExecuteMode,
} from 'n8n-workflow';
import { VERIFY_TOKEN } from '../support/action-calls';
import { asContext, workflowOf } from './harness';
import { loadTree, nodeTypeOf } from './tree';

const nodeType = 'flowAiActionTrigger';
const CALL = {
	type: 'action',
	verifyToken: VERIFY_TOKEN,
	threadId: 't-1',
	action: 'reserve',
	query: 'Book it',
};

interface Behind {
	readonly type: string;
	readonly parameters?: INodeParameters;
	readonly disabled?: boolean;
}
const REPLY: Behind = {
	type: 'n8n-nodes-flowai.flowAi',
	parameters: { resource: 'action', operation: 'reply' },
};

/** The trigger in a workflow, with a node behind it where there is one. */
async function setUp(
	parameters: INodeParameters,
	mode: WorkflowExecuteMode,
	behind?: Behind,
): Promise<ReturnType<typeof workflowOf>> {
	const made = workflowOf(
		{
			tree: await loadTree('n8n-nodes-flowai'),
			nodeType,
			parameters,
			credentials: { flowAiActionApi: { verifyToken: VERIFY_TOKEN, baseUrl: 'http://127.0.0.1:9' } },
		},
		mode,
	);
	if (behind) {
		const { workflow, node } = made;
		const next = { id: 'next', name: 'Next', typeVersion: 1, position: [0, 0] as [number, number] };
		workflow.setNodes([...Object.values(workflow.nodes), { parameters: {}, ...next, ...behind }]);
		workflow.setConnections({
			[node.name]: { main: [[{ node: 'Next', type: NodeConnectionTypes.Main, index: 0 }]] },
		});
	}
	return made;
}

async function call(
	parameters: INodeParameters,
	body: object,
): Promise<Omit<IWebhookResponseData, 'webhookResponse'> & { webhookResponse?: unknown; status?: number }> {
	const { workflow, node, additionalData } = await setUp(parameters, 'webhook');
	let status: number | undefined;
	const response = {
		headersSent: false,
		once: (_event: 'close', closed: () => void) => void setImmediate(closed),
		status: (code: number) => ((status = code), response),
		json: () => response,
	};
	const request = { headers: {}, query: {}, rawBody: Buffer.from(JSON.stringify(body)) };
	Object.assign(additionalData, { httpRequest: request, httpResponse: response });
	const webhook = { webhookDescription: { name: 'default' } } as unknown as IWebhookData;
	const context = new WebhookContext(workflow, node, additionalData, 'webhook', webhook, [], null);
	const type = nodeTypeOf(await loadTree('n8n-nodes-flowai'), nodeType);
	const outcome = await type.webhook?.call(asContext<IWebhookFunctions>(context));
	return { ...outcome, ...(status === undefined ? {} : { status }) };
}

describe('a call of an action', () => {
	it('starts a run that knows until when the call waits', async () => {
		const before = Date.now();
		const { workflowData, webhookResponse } = await call({}, CALL);
		expect(webhookResponse).toBeUndefined();
		const json = workflowData?.[0]?.[0]?.json ?? {};
		expect(json).toMatchObject({ threadId: 't-1', query: 'Book it', verifiedBy: 'verifyToken' });
		const waitsMs = Date.parse(json['replyBy'] as string) - before;
		expect(waitsMs).toBeGreaterThan(7_000);
		expect(waitsMs).toBeLessThan(9_500);
		expect(JSON.stringify(json)).not.toContain(VERIFY_TOKEN);
	});

	it('is answered at once where the trigger is set so', async () => {
		const { workflowData, webhookResponse } = await call({ answer: 'atOnce' }, CALL);
		expect(webhookResponse).toEqual({ verifyToken: VERIFY_TOKEN });
		expect(workflowData?.[0]?.[0]?.json).toMatchObject({ replyBy: null });
	});

	it('with a wrong token starts nothing', async () => {
		const outcome = await call({}, { ...CALL, verifyToken: 'fake-other' });
		expect(outcome).toMatchObject({ status: 401, noWebhookResponse: true });
		expect(outcome.workflowData).toBeUndefined();
	});
});

describe('publishing', () => {
	async function publish(
		parameters: INodeParameters,
		mode: WorkflowExecuteMode,
		behind?: Behind,
	): Promise<unknown> {
		const { workflow, node, additionalData } = await setUp(parameters, mode, behind);
		const context = new HookContext(workflow, node, additionalData, mode, 'activate', {} as IWebhookData);
		const type = nodeTypeOf(await loadTree('n8n-nodes-flowai'), nodeType);
		return await type.webhookMethods?.default?.checkExists.call(asContext<IHookFunctions>(context));
	}

	it.each<[string, INodeParameters, WorkflowExecuteMode, Behind | undefined]>([
		['with the Reply of the Flow.ai node', {}, 'trigger', REPLY],
		['with n8n’s own node that responds', {}, 'trigger', { type: 'n8n-nodes-base.respondToWebhook' }],
		['without one where calls are answered at once', { answer: 'atOnce' }, 'trigger', undefined],
		['without one to see a test call first', {}, 'manual', undefined],
	])('goes %s', async (_name, parameters, mode, behind) => {
		expect(await publish(parameters, mode, behind)).toBe(true);
	});

	it.each<[string, Behind | undefined]>([
		['nothing', undefined],
		['a disabled Reply', { ...REPLY, disabled: true }],
		['Reply Later', { ...REPLY, parameters: { resource: 'action', operation: 'replyLater' } }],
		['a node of another kind', { type: 'n8n-nodes-base.noOp' }],
	])('is refused with %s behind it, where calls would wait in vain', async (_name, behind) => {
		await expect(publish({}, 'trigger', behind)).rejects.toMatchObject({
			name: 'NodeOperationError',
			message: 'No node behind the trigger replies to Flow.ai',
			description: expect.stringContaining('operation Reply behind the trigger') as string,
		});
	});
});
