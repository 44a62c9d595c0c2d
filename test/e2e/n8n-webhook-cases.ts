import { randomUUID } from 'node:crypto';
import type { Execution } from '../../packages/demo/src/n8n/execution';
import { workflow, type NodeSketch } from '../../packages/demo/src/n8n/workflows';
import { actionCases } from '../webhook-cases/action-cases';
import { eventCases } from '../webhook-cases/event-cases';
import { SECRET, type Listening, type TriggerSetup, type WebhookHost } from '../webhook-cases/host';
import { LIMIT_MS, type Suite } from './n8n-suite';

const TRIGGER = 'Flow.ai calls';
const ACTION = 'flowAiActionApi';

type Chosen = Readonly<Record<string, { id: string; name: string }>>;

/** Stores the secrets of a trigger as the credential that it takes. */
async function store(
	{ server: { api } }: Suite,
	{ kind, secrets = [SECRET] }: TriggerSetup,
): Promise<Chosen> {
	const [first, second = ''] = secrets;
	const [type, values] =
		kind === 'action'
			? [ACTION, { verifyToken: first, secondVerifyToken: second, baseUrl: 'https://api.flow.ai' }]
			: ['flowAiWebhookApi', { secret: first, secondSecret: second }];
	const name = `Webhook case ${randomUUID()}`;
	return { [type]: { id: await api.createCredential(type, name, values), name } };
}

/** The nodes of a case, one after the other. */
function chainOf(
	{ kind, verification = 'none', flow, answer = 'reply' }: TriggerSetup,
	webhookId: string,
): NodeSketch[] {
	const isAction = kind === 'action';
	const trigger: NodeSketch = isAction
		? { name: TRIGGER, type: 'n8n-nodes-flowai.flowAiActionTrigger', webhookId, parameters: { answer } }
		: {
				name: TRIGGER,
				type: 'n8n-nodes-flowai.flowAiTrigger',
				webhookId,
				parameters: { events: ['message', 'other'], verification },
			};
	const wait: NodeSketch = {
		name: 'Wait',
		type: 'n8n-nodes-base.wait',
		typeVersion: 1.1,
		webhookId: randomUUID(),
		parameters: { amount: isAction ? 9 : 2, unit: 'seconds' },
	};
	const fail: NodeSketch = {
		name: 'Fail',
		type: 'n8n-nodes-base.stopAndError',
		parameters: { errorMessage: 'made to fail' },
	};
	const reply: NodeSketch = {
		name: 'Reply',
		type: 'n8n-nodes-flowai.flowAi',
		parameters: { resource: 'action', operation: 'reply', text: '={{ $json.query }}' },
	};
	return [
		trigger,
		...(flow === 'slow' ? [wait] : []),
		...(flow === 'failing' ? [fail] : []),
		...(isAction ? [reply] : []),
	];
}

/** Stores a workflow, with the secrets where they are asked for. */
async function create(suite: Suite, setup: TriggerSetup, webhookId: string): Promise<string> {
	const { api } = suite.server;
	const made = workflow('Webhook case', suite.credentials, chainOf(setup, webhookId));
	const isChecked = setup.kind === 'action' || (setup.verification ?? 'none') !== 'none';
	const credentials = isChecked ? await store(suite, setup) : {};
	const nodes = made.nodes.map((node) =>
		node.type.startsWith('n8n-nodes-flowai.') ? { ...node, credentials } : node,
	);
	return await api.createWorkflow({ ...made, nodes });
}

function textsOf(execution: Execution): string[] {
	return execution.items(TRIGGER).map(({ json }) => {
		if (json['event'] === 'other') return `other ${JSON.stringify(json['body'])}`;
		const said = json['query'] ?? json['text'];
		return typeof said === 'string' ? said : '';
	});
}

async function listen(suite: Suite, setup: TriggerSetup): Promise<Listening> {
	const { api, url } = suite.server;
	const webhookId = randomUUID();
	const id = await create(suite, setup, webhookId);
	await api.activate(id);
	return {
		url: `${url}/webhook/${webhookId}/${setup.kind === 'action' ? 'action' : 'webhook'}`,
		textsUntil: async (text) => {
			const all = async (): Promise<string[] | undefined> => {
				const executions = await api.executions(id);
				if (executions.some(({ isOver }) => !isOver)) return undefined;
				const texts = [...executions].sort((a, b) => Number(a.id) - Number(b.id)).flatMap(textsOf);
				return texts.includes(text) ? texts : undefined;
			};
			return await api.until(all, AbortSignal.timeout(LIMIT_MS));
		},
		failure: async () => {
			const failed = await api.executionWhere(
				id,
				({ status }) => status === 'error',
				AbortSignal.timeout(LIMIT_MS),
			);
			return failed.error?.message ?? '';
		},
	};
}

/** The fault cases of webhooks, by calls over the wire to the real server. */
export function webhookCaseTests(suite: () => Suite): void {
	// What n8n answers by itself: it takes 16 MiB by default, and parses the body before the node sees it.
	const host = (): WebhookHost => ({
		listen: (setup) => listen(suite(), setup),
		tooMuch: 17 * 1024 ** 2,
		wrongMethod: 404,
		tooMuchStatus: 500,
		noJson: 422,
	});
	describe('Flow.ai events', () => eventCases(host));
	describe('Flow.ai actions', () => actionCases(host));
}
