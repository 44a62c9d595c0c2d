import { takePush, verifyPush, type PushCall } from '@convoflow/client';
import { chatlayerTrigger, pushSettings } from '@convoflow/nodes';
import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import {
	firstValue,
	incomingCall,
	outgoingAnswer,
	readBody,
	refuse,
	type IncomingCall,
	type ReadBody,
} from './incoming-call';
import { RecentEvents } from './recent-events';
import { readSettings } from './settings';
import { keptOf, pushAddress } from './subscription-address';

/** Accepted, and no run. */
const NO_RUN: IWebhookResponseData = {};

function callOf({ headers, query, rawBody }: IncomingCall): PushCall {
	return {
		header: (name) => firstValue(headers, name),
		query: (name) => firstValue(query, name),
		// A GET has none.
		rawBody: rawBody ?? new Uint8Array(),
		nowMs: Date.now(),
	};
}

/**
 * Takes a call of a subscription. A call that fails the check is answered with 401, a challenge with what it
 * asks for; an event starts a run, once. The end of a subscription is put on the log and starts a run as well,
 * where it is listened to.
 */
export async function receivePush(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const settings = pushSettings(readSettings(context, chatlayerTrigger));
	const incoming = incomingCall(context);
	const call = callOf(incoming);
	const { secrets } = await pushAddress(context);
	const verdict = await verifyPush(
		{ ...settings.verification, secrets, registeredDigest: keptOf(context)?.tokenDigest },
		call,
	);
	if (!verdict.ok) return refuse(context, 401, verdict.reason);
	const body: ReadBody = call.rawBody.length === 0 ? { value: {} } : readBody(incoming);
	if (body.status !== undefined) return refuse(context, body.status, body.reason);
	const taken = takePush(body.value, call, settings.challengeForm, () => `call:${crypto.randomUUID()}`);
	if (taken.do === 'refuse') return refuse(context, taken.status, taken.reason);
	if (taken.do === 'answer') {
		outgoingAnswer(context).status(200).set('content-type', taken.contentType).send(taken.body);
		return { noWebhookResponse: true };
	}
	// Registration may probe the address.
	if (context.getWebhookName() === 'setup') return { webhookResponse: 'ok' };
	const { event, isRevoked } = taken;
	if (isRevoked)
		context.logger.warn(
			`Chatlayer has ended the subscription of "${context.getNode().name}": ${JSON.stringify(event.output['reason'])}. Publish the workflow again to subscribe anew.`,
		);
	if (!settings.isWanted(event)) return NO_RUN;
	const recent = context.getMode() === 'manual' ? undefined : new RecentEvents(context);
	const fate = event.hasOwnKey ? await recent?.take(`${event.kind} ${event.eventKey}`) : 'new';
	if (fate === 'failed') return refuse(context, 503, 'the first delivery of this event has failed');
	return fate === 'repeat' ? NO_RUN : { workflowData: [[{ json: event.output }]] };
}
