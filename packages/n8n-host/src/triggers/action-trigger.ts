import {
	noReply,
	parseActionCall,
	REPLY_WITHIN_MS,
	TOO_SLOW,
	verifyActionCall,
	type JsonObject,
} from '@convoflow/client';
import { flowAiActionApi } from '@convoflow/credentials';
import { actionTrigger } from '@convoflow/nodes';
import { sleep, type IHookFunctions, type IWebhookFunctions, type IWebhookResponseData } from 'n8n-workflow';
import { withCredential } from '../credential';
import { toNodeError } from '../node-error';
import { incomingCall, outgoingAnswer, readBody, refuse, type OutgoingAnswer } from './incoming-call';
import { readSettings } from './settings';

/** The verify tokens of the credential, the one in use first. */
async function tokensOf(context: IHookFunctions | IWebhookFunctions): Promise<string[]> {
	return await withCredential(context, flowAiActionApi, ({ verifyToken, secondVerifyToken }) =>
		[verifyToken, secondVerifyToken].filter((one): one is string => typeof one === 'string'),
	);
}

/** Whether a node behind the trigger can answer a call. */
function hasReply(context: IHookFunctions): boolean {
	const { name } = context.getNode();
	return context
		.getChildNodes(name, { includeNodeParameters: true })
		.some(({ type, disabled, parameters }) => {
			if (disabled) return false;
			if (type === 'n8n-nodes-base.respondToWebhook') return true;
			const { resource, operation } = parameters ?? {};
			return type.endsWith('.flowAi') && resource === 'action' && operation === 'reply';
		});
}

/**
 * Checks the settings when the workflow is published. The address is pasted into a step of the flow, so there
 * is nothing to register.
 * @returns true, so that n8n does not try to register
 * @throws NodeOperationError that names the setting to change, also where calls would wait for a reply in vain
 */
export async function checkActionSettings(context: IHookFunctions): Promise<boolean> {
	try {
		const { answer } = readSettings(context, actionTrigger);
		await tokensOf(context);
		// Whoever listens for a test call wants to see one before there is anything behind the trigger.
		if (answer !== 'atOnce' && context.getMode() !== 'manual' && !hasReply(context)) throw noReply();
	} catch (error) {
		throw toNodeError(context.getNode(), error);
	}
	return true;
}

/**
 * Makes n8n's own last word harmless: n8n answers every call when its execution ends, also one that has its
 * answer, and an end without a reply would be an empty body, which lacks the verify token.
 */
function guard(response: OutgoingAnswer, empty: JsonObject, warn: () => void): void {
	const send = response.json.bind(response);
	response.json = (body?: object) => {
		if (body === undefined) warn();
		return send(body ?? empty);
	};
}

/** From here on the answer takes no more words, instead of throwing at whoever has some. */
function seal(response: OutgoingAnswer): void {
	const nothing = (): OutgoingAnswer => response;
	Object.assign(response, {
		json: nothing,
		send: nothing,
		end: nothing,
		setHeader: nothing,
		set: nothing,
		header: nothing,
	});
}

/** Answers with an empty reply when nothing else has answered in time. */
async function answerInTime(response: OutgoingAnswer, empty: JsonObject, warn: () => void): Promise<void> {
	const gone = new AbortController();
	response.once('close', () => gone.abort());
	// n8n before 2.35 does not know the signal; the wait then ends by itself.
	await sleep(REPLY_WITHIN_MS, gone.signal);
	if (response.headersSent || gone.signal.aborted) return;
	response.status(200).json(empty);
	seal(response);
	warn();
}

/**
 * Takes a call of an action. A probe (GET, HEAD) is answered with 200, a body that is no JSON with 400, a wrong
 * verify token with 401; none of them starts the workflow. The call then waits for the operation Reply, for 8
 * seconds at most; set to answer at once, it gets an empty reply as soon as the execution is on record.
 */
export async function receiveAction(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	if (context.getWebhookName() === 'setup') return { webhookResponse: 'ok' };
	const { answer } = readSettings(context, actionTrigger);
	const body = readBody(incomingCall(context));
	if (body.status !== undefined) return refuse(context, body.status, body.reason);
	const tokens = await tokensOf(context);
	const verdict = await verifyActionCall(body.value, tokens);
	if (!verdict.ok) return refuse(context, 401, verdict.reason);

	const empty: JsonObject = { verifyToken: tokens[verdict.tokenIndex] ?? '' };
	const waits = answer !== 'atOnce';
	const json = {
		...parseActionCall(body.value as JsonObject),
		replyBy: waits ? new Date(Date.now() + REPLY_WITHIN_MS).toISOString() : null,
		verifiedBy: verdict.tokenIndex === 1 ? 'secondVerifyToken' : 'verifyToken',
	};
	if (!waits) return { webhookResponse: empty, workflowData: [[{ json }]] };
	const response = outgoingAnswer(context);
	guard(response, empty, () =>
		context.logger.warn(
			'The workflow ended without a reply, so Flow.ai got an empty one. Add the operation Reply.',
		),
	);
	void answerInTime(response, empty, () => context.logger.warn(TOO_SLOW)).catch(() => undefined);
	return { workflowData: [[{ json }]] };
}
