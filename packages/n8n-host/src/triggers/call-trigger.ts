import { parseFlowXoCall, verifyCall, type Verification } from '@convoflow/client';
import { flowXoWebhookApi } from '@convoflow/credentials';
import { flowXoWebhookTrigger } from '@convoflow/nodes';
import type { IHookFunctions, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { withCredential } from '../credential';
import { toNodeError } from '../node-error';
import { firstValue, incomingCall, readBody, refuse } from './incoming-call';
import { readSettings } from './settings';

async function verificationOf(context: IHookFunctions | IWebhookFunctions): Promise<Verification> {
	const { verification, headerName } = readSettings(context, flowXoWebhookTrigger);
	if (verification !== 'token') return { mode: 'none' };
	const secrets = await withCredential(context, flowXoWebhookApi, ({ secret, secondSecret }) =>
		[secret, secondSecret].filter((one): one is string => typeof one === 'string'),
	);
	return { mode: 'token', name: String(headerName), secrets };
}

/**
 * Checks the settings when the workflow is published. The address is pasted into an HTTP action, so there is
 * nothing to register.
 * @returns true, so that n8n does not try to register
 * @throws NodeOperationError that names the setting to change
 */
export async function checkCallSettings(context: IHookFunctions): Promise<boolean> {
	try {
		await verificationOf(context);
	} catch (error) {
		throw toNodeError(context.getNode(), error);
	}
	return true;
}

/**
 * Takes a call of an HTTP action. A probe (GET, HEAD) is answered with 200, a call that fails the check with 401,
 * one whose body is no JSON with 400 and a form with 415; none of them starts the workflow.
 */
export async function receiveFlowXoCall(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	if (context.getWebhookName() === 'setup') return { webhookResponse: 'ok' };
	const call = incomingCall(context);
	const { headers, query } = call;
	const verdict = await verifyCall(await verificationOf(context), {
		header: (name) => firstValue(headers, name),
		query: (name) => firstValue(query, name),
		nowMs: Date.now(),
	});
	if (!verdict.ok) return refuse(context, 401, verdict.reason);
	const body = readBody(call);
	if (body.status !== undefined) return refuse(context, body.status, body.reason);
	const json = parseFlowXoCall(body.value, () => `call:${crypto.randomUUID()}`);
	return { workflowData: [[{ json }]] };
}
