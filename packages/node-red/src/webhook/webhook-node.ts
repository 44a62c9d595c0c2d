import { parseEvent, RecentKeys, verifyCall, type JsonValue, type Verification } from '@convoflow/client';
import { readFields } from '@convoflow/kit';
import { randomUUID } from 'node:crypto';
import { privateFieldsOf } from '../model/names';
import type { TriggerNode } from '../model/nodes';
import { pathField, WEBHOOK_ROUTE } from '../model/webhook';
import { toNodeError } from '../runtime/errors';
import { readContext } from '../runtime/service-link';
import { show, showNothing } from '../runtime/status';
import type { Red } from '../runtime/red';
import { checkPath, registerAddressRoute } from './address-route';
import { listen, registerWebhookRoute, type WebhookListener } from './router';

/** Keys that a node has seen outlive a deploy, since a repeated delivery may come after it. */
const recentKeys = new Map<string, RecentKeys>();

function keysOf(nodeId: string): RecentKeys {
	const keys = recentKeys.get(nodeId) ?? new RecentKeys();
	recentKeys.set(nodeId, keys);
	return keys;
}

interface WebhookSettings {
	readonly path: string;
	readonly events: readonly string[];
	readonly verification: string;
	readonly headerName?: string;
	readonly threadId?: string;
}

function isText(value: unknown): value is string {
	return typeof value === 'string' && value.trim() !== '';
}

function verificationOf(settings: WebhookSettings, secrets: Readonly<Record<string, unknown>>): Verification {
	const { verification: mode, headerName: name = '' } = settings;
	if (mode !== 'token' && mode !== 'jwt') return { mode: 'none' };
	return { mode, name, secrets: Object.values(secrets).filter(isText) };
}

/** Registers the node that starts a flow when Flow.ai calls. */
export function registerWebhookNode(red: Red, { type, trigger, secrets }: TriggerNode): void {
	registerWebhookRoute(red);
	registerAddressRoute(red, type, WEBHOOK_ROUTE);
	const fields = { ...pathField, ...trigger.fields, ...trigger.optional };
	const credentials = privateFieldsOf(secrets?.fields ?? {});

	red.nodes.registerType(
		type,
		function (config) {
			red.nodes.createNode(this, config);
			let stop = (): void => undefined;
			try {
				const settings = readFields(fields, config, readContext()) as unknown as WebhookSettings;
				checkPath(settings.path);
				const verification = verificationOf(settings, this.credentials ?? {});
				const isMute = verification.mode !== 'none' && verification.secrets.length === 0;
				if (isMute) {
					this.warn('No secret is set, so every call is refused. Open the node and enter the secret.');
				}
				const keys = keysOf(config.id);
				const listener: WebhookListener = {
					verify: async (call) => await verifyCall(verification, call),
					receive: (body: JsonValue) => {
						const { kind, output, hasOwnKey, eventKey } = parseEvent(body, randomUUID);
						const threadId = output['threadId'];
						if (!settings.events.includes(kind)) return;
						if (settings.threadId !== undefined && settings.threadId !== threadId) return;
						if (hasOwnKey && !keys.add(`${kind} ${eventKey}`, Date.now())) return;
						this.send({ payload: output, topic: kind, threadId });
					},
					report: (error) => this.error(toNodeError(error)),
				};
				stop = listen(settings.path, listener);
				if (red.settings.httpNodeRoot === false) show(this, 'unreachable');
				else show(this, isMute ? 'noSecret' : 'listening');
			} catch (error) {
				show(this, 'failed');
				this.error(toNodeError(error).message);
			}
			this.on('close', (removed, done) => {
				stop();
				if (removed) recentKeys.delete(config.id);
				showNothing(this);
				done();
			});
		},
		{ credentials },
	);
}
