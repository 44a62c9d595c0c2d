import { parseEvent, verifyCall, type JsonValue, type Verification } from '@convoflow/client';
import { flowAiWebhookApi } from '@convoflow/credentials';
import { webhookTrigger } from '@convoflow/nodes';
import type { IHookFunctions, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { withCredential } from '../credential';
import { toNodeError } from '../node-error';
import { readSettings } from './settings';

type Settings = Readonly<Record<string, unknown>>;

/** A call as n8n's web server (Express) hands it over. */
interface IncomingCall {
	readonly headers: Readonly<Record<string, unknown>>;
	readonly query: Readonly<Record<string, unknown>>;
	readonly rawBody: Uint8Array;
}

/** The answer of n8n's web server. */
interface OutgoingAnswer {
	status(code: number): OutgoingAnswer;
	json(body: object): unknown;
}

/** Accepted, and no run. */
const NO_RUN: IWebhookResponseData = {};

/** The first value of a header or a query key. */
function first(values: Readonly<Record<string, unknown>>, name: string): string | undefined {
	const value = values[name];
	const one: unknown = Array.isArray(value) ? value[0] : value;
	return typeof one === 'string' ? one : undefined;
}

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

/** Ends a call with a status of our own and no run. */
function refuse(context: IWebhookFunctions, status: number, reason: string): IWebhookResponseData {
	context.logger.warn(`A call of Flow.ai was refused: ${reason}`);
	const response = context.getResponseObject() as unknown as OutgoingAnswer;
	response.status(status).json({ message: reason });
	return { noWebhookResponse: true };
}

function parsed(body: Uint8Array): JsonValue | undefined {
	try {
		return JSON.parse(new TextDecoder().decode(body)) as JsonValue;
	} catch {
		return undefined;
	}
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
 * whose body is no JSON with 400; none of them starts the workflow, nor does an event that is not listened to.
 */
export async function receiveCall(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	// Registration probes the address with GET (Flow.ai reference §4.4).
	if (context.getWebhookName() === 'setup') return { webhookResponse: 'ok' };
	const settings = readSettings(context, webhookTrigger);
	const { headers, query, rawBody } = context.getRequestObject() as unknown as IncomingCall;
	const verdict = await verifyCall(await verificationOf(context, settings), {
		header: (name) => first(headers, name),
		query: (name) => first(query, name),
		nowMs: Date.now(),
	});
	if (!verdict.ok) return refuse(context, 401, verdict.reason);
	const body = parsed(rawBody);
	if (body === undefined) return refuse(context, 400, 'the body is no JSON');

	const { kind, output } = parseEvent(body, () => `call:${crypto.randomUUID()}`);
	const { events, threadId } = settings;
	if (!Array.isArray(events) || !events.includes(kind)) return NO_RUN;
	if (threadId !== undefined && output['threadId'] !== threadId) return NO_RUN;
	return { workflowData: [[{ json: output }]] };
}
