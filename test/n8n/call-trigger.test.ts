import { WebhookContext } from 'n8n-core';
import type { IWebhookData, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { asContext, workflowOf } from './harness';
import { loadTree, nodeTypeOf } from './tree';

const SECRET = 'fake-call-secret';
const BODY = { id: 'c-1', event: 'booking', response_path: 'bot/c/user', message: 'Hello' };

interface Outcome extends IWebhookResponseData {
	readonly status: number | undefined;
}

async function call(headers: Readonly<Record<string, string>>, body: string, query = {}): Promise<Outcome> {
	const tree = await loadTree('n8n-nodes-flowxo');
	const nodeType = 'flowXoWebhookTrigger';
	const { workflow, node, additionalData } = workflowOf({
		tree,
		nodeType,
		parameters: {},
		credentials: { flowXoWebhookApi: { secret: SECRET } },
	});
	let status: number | undefined;
	const response = {
		status: (code: number) => {
			status = code;
			return response;
		},
		json: () => response,
	};
	Object.assign(additionalData, {
		httpRequest: { headers, query, rawBody: Buffer.from(body) },
		httpResponse: response,
	});
	const webhook = { webhookDescription: { name: 'default' } } as unknown as IWebhookData;
	const context = new WebhookContext(workflow, node, additionalData, 'webhook', webhook, [], null);
	const answer = await nodeTypeOf(tree, nodeType).webhook?.call(asContext<IWebhookFunctions>(context));
	return { ...answer, status };
}

it('starts a run for a call with the secret, in a header or in the query', async () => {
	const json = {
		event: 'booking',
		eventKey: 'call:booking:c-1',
		conversationId: 'bot/c/user',
		text: 'Hello',
	};
	const expected = [[{ json: expect.objectContaining(json) as object }]];
	expect((await call({ 'x-webhook-secret': SECRET }, JSON.stringify(BODY))).workflowData).toEqual(expected);
	// The same id again may be another event: every call counts, as in Node-RED.
	const inQuery = await call({}, JSON.stringify(BODY), { 'x-webhook-secret': SECRET });
	expect(inQuery.workflowData).toEqual(expected);
});

it.each([
	['no secret', {}, '{}', 401],
	['a wrong secret', { 'x-webhook-secret': 'wrong' }, '{}', 401],
	['no JSON', { 'x-webhook-secret': SECRET }, 'hello', 400],
	['a form', { 'x-webhook-secret': SECRET, 'content-type': 'application/x-www-form-urlencoded' }, 'a=b', 415],
])('refuses a call with %s', async (_name, headers, body, status) => {
	const outcome = await call(headers, body);
	expect(outcome).toMatchObject({ status, noWebhookResponse: true });
	expect(outcome.workflowData).toBeUndefined();
});
