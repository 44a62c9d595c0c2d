import { parseEvent, verifyCall, type Verification } from '@convoflow/client';
import { flowAiWebhookApi } from '@convoflow/credentials';
import { webhookTrigger } from '@convoflow/nodes';
import type { IHookFunctions, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { withCredential } from '../credential';
import { toNodeError } from '../node-error';
import { firstValue, incomingCall, readBody, refuse } from './incoming-call';
import { readSettings } from './settings';

type Settings = Readonly<Record<string, unknown>>;

/** Accepted, and no run. */
const NO_RUN: IWebhookResponseData = {};

async function verificationOf(
	context: IHookFunctions | IWebhookFunctions,
	settings: Settings,
): Promise<Verification> {
	const { verification: mode, headerName } = settings;
	if (mode !== 'token' && mode !== 'jwt') return { mode: 'none' };
	const secrets = await withCredential(context, flowAiWebhookApi, ({ secret, secondSecret }) =>
		[secret, secondSecret].filter((one): one is string => typeof one === 'string'),
	);
	return { mode, name: typeof headerName === 'string' ? headerName : '', secrets };
}

/**
 * Checks the settings when the workflow is published. Flow.ai has no way to register a webhook by itself, so
 * there is nothing to look up: the URL is pasted into the dashboard once.
 * @returns true, so that n8n does not try to register
 * @throws NodeOperationError that names the setting to change
 */
export async function checkWebhookSettings(context: IHookFunctions): Promise<boolean> {
	try {
		await verificationOf(context, readSettings(context, webhookTrigger));
	} catch (error) {
		throw toNodeError(context.getNode(), error);
	}
	context.logger.debug(`Flow.ai should call ${context.getNodeWebhookUrl('default') ?? 'the webhook'}`);
	return true;
}

/**
 * Takes a call of Flow.ai. A probe (GET, HEAD) is answered with 200, a call that fails the check with 401, one
 * whose body is no JSON with 400 and a form with 415; none of them starts the workflow, nor does an event that is not listened to.
 */
export async function receiveCall(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	// Registration probes the address with GET (Flow.ai reference §4.4).
	if (context.getWebhookName() === 'setup') return { webhookResponse: 'ok' };
	const settings = readSettings(context, webhookTrigger);
	const call = incomingCall(context);
	const { headers, query } = call;
	const verdict = await verifyCall(await verificationOf(context, settings), {
		header: (name) => firstValue(headers, name),
		query: (name) => firstValue(query, name),
		nowMs: Date.now(),
	});
	if (!verdict.ok) return refuse(context, 401, verdict.reason);
	const body = readBody(call);
	if (body.status !== undefined) return refuse(context, body.status, body.reason);

	const { kind, output } = parseEvent(body.value, () => `call:${crypto.randomUUID()}`);
	const { events, threadId } = settings;
	if (!Array.isArray(events) || !events.includes(kind)) return NO_RUN;
	if (threadId !== undefined && output['threadId'] !== threadId) return NO_RUN;
	return { workflowData: [[{ json: output }]] };
}
