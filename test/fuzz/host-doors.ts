import { WebhookContext } from 'n8n-core';
import { NodeHelpers, type INodeType, type IWebhookData, type IWebhookFunctions } from 'n8n-workflow';
import type { Sandbox } from '@convoflow/sandbox';
import { asContext, workflowOf } from '../n8n/harness';
import { credentialsFor } from '../n8n/services';
import { loadTree } from '../n8n/tree';
import type { FlowNode, NodeRed, Settings } from '../node-red/harness';
import { credentialNode, debugNode, node, TAB } from '../node-red/harness/flow';
import { actionFlow } from '../node-red/harness/open-call';
import { sandboxSettings } from '../node-red/harness/sandbox-settings';

/** The thread whose stream is fuzzed. */
export const STREAM_THREAD = 's-fuzz';

/** A trigger that anyone on the net can call, in both hosts. */
interface Door {
	readonly n8n: { readonly tree: string; readonly nodeType: string; readonly credential?: string };
	/** Below the root of what flows offer. */
	readonly nodeRedPath: string;
}

/** Every trigger with an address of its own. */
export const DOORS: readonly Door[] = [
	{
		n8n: { tree: 'n8n-nodes-flowai', nodeType: 'flowAiTrigger' },
		nodeRedPath: 'flowai/webhook/fuzz',
	},
	{
		n8n: { tree: 'n8n-nodes-flowai', nodeType: 'flowAiActionTrigger', credential: 'flowAiActionApi' },
		nodeRedPath: 'flowai/action/harness-action',
	},
	{
		n8n: { tree: 'n8n-nodes-flowxo', nodeType: 'flowXoWebhookTrigger' },
		nodeRedPath: 'flowxo/webhook/fuzz',
	},
];

/** Triggers without a check of the caller, so that whatever comes is read. */
export function triggerFlow(sandbox: Sandbox): FlowNode[] {
	const settings = sandboxSettings(sandbox);
	const open = { path: 'fuzz', verification: 'none' };
	return [
		TAB,
		...actionFlow(settings).filter(({ id }) => id !== TAB.id),
		node('events', 'flowai-webhook', { ...open, events: 'message,other' }, 'events-out'),
		debugNode('events-out'),
		node('calls', 'flowxo-webhook', open, 'calls-out'),
		debugNode('calls-out'),
		node(
			'stream',
			'flowai-stream',
			{ threadId: STREAM_THREAD, events: 'message,delivered,typing,error', flowAiSocketApi: 'socket' },
			'stream-out',
		),
		debugNode('stream-out'),
		credentialNode('socket', settings['flowAiSocketApi'] as Settings),
		node('shapes', 'http in', { url: '/shapes', method: 'get' }, 'read-shapes'),
		node(
			'read-shapes',
			'function',
			{ func: SHAPES, libs: [{ var: 'fs', module: 'fs' }], outputs: 1 },
			'say-shapes',
		),
		node('say-shapes', 'http response', {}),
	];
}

/** The members of the prototypes of Node-RED's process, of which a function node has none of its own. */
const SHAPES = `msg.payload = [fs, fs.readFileSync, fs.readdirSync('.')]
	.map((one) => Object.getPrototypeOf(one)).map((one) => Reflect.ownKeys(one).map(String).join()).join('|');
return msg;`;

/** The members of the prototypes that everything in the process of Node-RED has in common. */
export async function shapesIn(red: NodeRed): Promise<string> {
	return await (await fetch(`${red.nodeUrl}/shapes`)).text();
}

/** Calls a trigger of the running Node-RED. @returns the status that the caller gets */
export async function callNodeRed(red: NodeRed, door: Door, body: Buffer): Promise<number> {
	const response = await fetch(`${red.nodeUrl}/${door.nodeRedPath}`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body,
	});
	await response.arrayBuffer();
	return response.status;
}

/** Calls a trigger on n8n's own context, as n8n does once it has read the body. */
export async function callN8n(sandbox: Sandbox, door: Door, body: Buffer): Promise<void> {
	const { tree: name, nodeType, credential } = door.n8n;
	const tree = await loadTree(name);
	const {
		workflow,
		node: trigger,
		additionalData,
	} = workflowOf(
		{
			tree,
			nodeType,
			parameters: { verification: 'none' },
			credentials: credentialsFor(sandbox, credential),
		},
		'webhook',
	);
	workflow.staticData = {};
	const response = {
		statusCode: 200,
		once: (_event: string, handler: () => void) => setImmediate(handler),
		on: () => response,
		setHeader: () => response,
		status: () => response,
		json: () => response,
		send: () => response,
		end: () => response,
	};
	// The class itself: what strangers send need not be as the output schemas say.
	const type = NodeHelpers.getVersionedNodeType(tree.loader.nodeTypes[nodeType]?.type as INodeType);
	const webhookDescription = type.description.webhooks?.find((one) => one.name === 'default');
	const request = { headers: { 'content-type': 'application/json' }, query: {}, rawBody: body };
	const context = new WebhookContext(
		workflow,
		trigger,
		{ ...additionalData, httpRequest: request, httpResponse: response },
		'webhook',
		{ webhookDescription } as IWebhookData,
		[],
		null,
	);
	const { workflowData } = (await type.webhook?.call(asContext<IWebhookFunctions>(context))) ?? {};
	JSON.stringify(workflowData);
}
