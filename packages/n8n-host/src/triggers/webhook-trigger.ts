import { filterEvent, parseEvent, verifyCall, type EventFilter, type Verification } from '@convoflow/client';
import { flowAiWebhookApi } from '@convoflow/credentials';
import { webhookTrigger } from '@convoflow/nodes';
import type { IHookFunctions, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { withCredential } from '../credential';
import { toNodeError } from '../node-error';
import { firstValue, incomingCall, readBody, refuse } from './incoming-call';
import { RecentEvents } from './recent-events';
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

/** Acknowledges a call that starts no run. */
function leftOut(context: IWebhookFunctions, why: string): IWebhookResponseData {
	context.logger.debug(`An event of Flow.ai starts no workflow: ${why}`);
	return NO_RUN;
}

/**
 * Takes a call of Flow.ai. A probe (GET, HEAD) is answered with 200, a call that fails the check with 401, one
 * whose body is no JSON with 400 and a form with 415; none of them starts the workflow, nor does an event that is filtered out or a repeat.
 * The answer goes out when n8n has put the execution on record.
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

	const event = parseEvent(body.value, () => `call:${crypto.randomUUID()}`);
	// A test is meant to be repeated, and n8n keeps nothing of it.
	const recent = context.getMode() === 'manual' ? undefined : new RecentEvents(context);
	if (recent?.paused.see(event, Date.now()) && settings['whilePaused'] === true) recent.storePaused();
	const why = filterEvent(event, settings as unknown as EventFilter, (id) => recent?.paused.has(id) ?? true);
	if (why !== undefined) return leftOut(context, why);
	const fate = event.hasOwnKey ? await recent?.take(`${event.kind} ${event.eventKey}`) : 'new';
	if (fate === 'failed') return refuse(context, 503, 'the first delivery of this event has failed');
	if (fate === 'repeat') return leftOut(context, 'it came before');
	const result: IWebhookResponseData = { workflowData: [[{ json: event.output }]] };
	return recent?.keepWith(result) ?? result;
}
