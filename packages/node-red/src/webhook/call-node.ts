import { parseFlowXoCall, verifyCall, type JsonValue, type Verification } from '@convoflow/client';
import { readFields } from '@convoflow/kit';
import { randomUUID } from 'node:crypto';
import { privateFieldsOf } from '../model/names';
import type { TriggerNode } from '../model/nodes';
import { CALL_ROUTE, pathField } from '../model/webhook';
import { toNodeError } from '../runtime/errors';
import type { Red, RedNode } from '../runtime/red';
import { readContext } from '../runtime/service-link';
import { show, showNothing } from '../runtime/status';
import { checkPath, registerAddressRoute } from './address-route';
import { WebhookRoute, type WebhookListener } from './router';

/** A node that starts a flow with each call. */
interface CallListener extends WebhookListener {
	receive(body: JsonValue): void;
}

/** The address that HTTP actions of Flow XO call. The answer does not wait for the flow. */
const callRoute = new WebhookRoute<CallListener>(CALL_ROUTE, (accepting, body) =>
	Promise.resolve({
		status: 200,
		body: { status: 'ok' },
		afterwards: () => {
			for (const listener of accepting) {
				// What goes wrong in one node is told there and keeps the call from no other.
				try {
					listener.receive(body);
				} catch (error) {
					listener.report(error);
				}
			}
		},
	}),
);

interface CallSettings {
	readonly path: string;
	readonly verification: string;
	readonly headerName?: string;
}

function verificationOf({ verification, headerName = '' }: CallSettings, node: RedNode): Verification {
	if (verification !== 'token') return { mode: 'none' };
	const texts = Object.values(node.credentials ?? {}).filter((one) => typeof one === 'string');
	return { mode: 'token', name: headerName, secrets: texts.filter((text) => text.trim() !== '') };
}

/** @returns takes the node out again */
function listen(red: Red, node: RedNode, settings: CallSettings): () => void {
	checkPath(settings.path);
	const verification = verificationOf(settings, node);
	const isMute = verification.mode !== 'none' && verification.secrets.length === 0;
	if (isMute) node.warn('No secret is set, so every call is refused. Open the node and enter the secret.');
	const stop = callRoute.listen(settings.path, {
		verify: async (call) => await verifyCall(verification, call),
		receive: (body) => {
			const payload = parseFlowXoCall(body, () => `call:${randomUUID()}`);
			node.send({ payload, topic: payload['event'], conversationId: payload['conversationId'] });
		},
		report: (error) => node.error(toNodeError(error)),
	});
	if (red.settings.httpNodeRoot === false) show(node, 'unreachable');
	else show(node, isMute ? 'noSecret' : 'listening');
	return stop;
}

/** Registers the node that starts a flow when an HTTP action of Flow XO calls. */
export function registerCallNode(red: Red, { type, trigger, secrets }: TriggerNode): void {
	callRoute.register(red);
	registerAddressRoute(red, type, CALL_ROUTE);
	const fields = { ...pathField, ...trigger.fields, ...trigger.optional };
	red.nodes.registerType(
		type,
		function (config) {
			red.nodes.createNode(this, config);
			let stop = (): void => undefined;
			try {
				stop = listen(red, this, readFields(fields, config, readContext()) as unknown as CallSettings);
			} catch (error) {
				show(this, 'failed');
				this.error(toNodeError(error).message);
			}
			this.on('close', (_removed, done) => {
				stop();
				showNothing(this);
				done();
			});
		},
		{ credentials: privateFieldsOf(secrets?.fields ?? {}) },
	);
}
