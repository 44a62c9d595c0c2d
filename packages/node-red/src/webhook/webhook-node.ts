import {
	filterEvent,
	parseEvent,
	verifierOf,
	type EventFilter,
	type JsonValue,
	type Verification,
} from '@convoflow/client';
import { readFields } from '@convoflow/kit';
import { createHmac, createSecretKey } from 'node:crypto';
import { privateFieldsOf } from '../model/names';
import type { TriggerNode } from '../model/nodes';
import { durableFields, pathField, WEBHOOK_ROUTE } from '../model/webhook';
import { toNodeError } from '../runtime/errors';
import type { Red, RedNode } from '../runtime/red';
import { readContext } from '../runtime/service-link';
import { show, showNothing } from '../runtime/status';
import { checkPath, registerAddressRoute } from './address-route';
import type { Store } from '../store/store';
import type { EventSource } from './event-intake';
import { keepPaused, type EventMemory } from './event-memory';
import { eventRoute } from './event-route';
import { startIntake } from './intake-life';
import { registerTestEvent, setTestable } from './test-event';

interface WebhookSettings extends EventFilter {
	readonly path: string;
	readonly verification: string;
	readonly headerName?: string;
	readonly durable?: boolean;
}

function isText(value: unknown): value is string {
	return typeof value === 'string' && value.trim() !== '';
}

/** In this thread: handing a call's few bytes to another one takes longer than signing them. */
function signerOf(secret: string): (text: string) => string {
	const key = createSecretKey(Buffer.from(secret));
	return (text) => createHmac('sha256', key).update(text).digest('base64url');
}

function verificationOf(settings: WebhookSettings, secrets: Readonly<Record<string, unknown>>): Verification {
	const { verification: mode, headerName: name = '' } = settings;
	if (mode !== 'token' && mode !== 'jwt') return { mode: 'none' };
	return { mode, name, secrets: Object.values(secrets).filter(isText) };
}

/** Events of Flow.ai, filtered by the settings of a node. */
function sourceOf(settings: EventFilter, memory: EventMemory, store: Store | undefined): EventSource {
	return {
		read: parseEvent,
		filter: (event, nowMs) => {
			const { threadId } = event.output;
			if (memory.paused.see(event, nowMs) && store && typeof threadId === 'string')
				keepPaused(memory, store, threadId, nowMs);
			return filterEvent(event, settings, (id) => memory.paused.has(id));
		},
		properties: ({ threadId }) => ({ threadId }),
	};
}

/** Starts a node that listens. @returns ends it */
function start(
	red: Red,
	node: RedNode,
	settings: WebhookSettings,
	verification: Verification,
): (isRemoved: boolean) => Promise<void> {
	checkPath(settings.path);
	const isMute = verification.mode !== 'none' && verification.secrets.length === 0;
	if (isMute) node.warn('No secret is set, so every call is refused. Open the node and enter the secret.');
	const { intake, close } = startIntake(red, node, {
		isDurable: settings.durable === true,
		isOnDisk: settings.durable === true || settings.whilePaused === true,
		sourceOf: (memory, store) => sourceOf(settings, memory, store),
	});
	const listener = {
		verify: verifierOf(verification, signerOf),
		take: async (body: JsonValue) => await (await intake).take(body),
		report: (error: unknown) => node.error(toNodeError(error)),
	};
	const stop = eventRoute.listen(settings.path, listener);
	setTestable(node, { listener, verification, settings });
	if (red.settings.httpNodeRoot === false) show(node, 'unreachable');
	else show(node, isMute ? 'noSecret' : 'listening');
	return async (isRemoved) => {
		stop();
		await close(isRemoved);
	};
}

/** Registers the node that starts a flow when Flow.ai calls. */
export function registerWebhookNode(red: Red, { type, trigger, secrets }: TriggerNode): void {
	eventRoute.register(red);
	registerAddressRoute(red, type, WEBHOOK_ROUTE);
	registerTestEvent(red, type);
	const fields = { ...pathField, ...trigger.fields, ...durableFields(trigger), ...trigger.optional };
	const credentials = privateFieldsOf(secrets?.fields ?? {});

	red.nodes.registerType(
		type,
		function (config) {
			red.nodes.createNode(this, config);
			let stop = (_isRemoved: boolean): Promise<void> => Promise.resolve();
			try {
				const settings = readFields(fields, config, readContext()) as unknown as WebhookSettings;
				stop = start(red, this, settings, verificationOf(settings, this.credentials ?? {}));
			} catch (error) {
				show(this, 'failed');
				this.error(toNodeError(error).message);
			}
			this.on('close', (removed, done) => {
				showNothing(this);
				stop(removed).then(done, done);
			});
		},
		{ credentials },
	);
}
