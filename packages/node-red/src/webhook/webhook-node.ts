import { verifyCall, type EventFilter, type JsonValue, type Verification } from '@convoflow/client';
import { readFields } from '@convoflow/kit';
import { privateFieldsOf } from '../model/names';
import type { TriggerNode } from '../model/nodes';
import { durableFields, pathField, WEBHOOK_ROUTE } from '../model/webhook';
import { toNodeError } from '../runtime/errors';
import { flowsGate } from '../runtime/flows-gate';
import type { Red, RedNode } from '../runtime/red';
import { readContext } from '../runtime/service-link';
import { show, showNothing } from '../runtime/status';
import { checkPath, registerAddressRoute } from './address-route';
import { openNodeStore } from '../store/node-stores';
import { EventIntake } from './event-intake';
import { forgetMemory, memoryOf } from './event-memory';
import { eventRoute } from './event-route';
import { inFlightOf } from './in-flight';
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

function verificationOf(settings: WebhookSettings, secrets: Readonly<Record<string, unknown>>): Verification {
	const { verification: mode, headerName: name = '' } = settings;
	if (mode !== 'token' && mode !== 'jwt') return { mode: 'none' };
	return { mode, name, secrets: Object.values(secrets).filter(isText) };
}

/** Opens what the node keeps, and sends again what a crash has cut off. */
function startIntake(
	red: Red,
	node: RedNode,
	settings: WebhookSettings,
): { readonly intake: Promise<EventIntake>; readonly close: (isRemoved: boolean) => Promise<void> } {
	const onDisk = settings.durable === true || settings.whilePaused === true;
	const opened = onDisk ? openNodeStore(red, node.id) : undefined;
	const stopWatching = settings.durable === true ? inFlightOf(red).watch() : (): void => undefined;
	const intake = Promise.resolve(opened?.store).then(
		(store) => new EventIntake(red, node, settings, memoryOf(node.id, store), store),
	);
	const report = (error: unknown): void => {
		show(node, 'failed');
		node.error(toNodeError(error).message);
	};
	const takeBack = flowsGate(red).onceRunning(() => {
		intake.then(async (one) => await one.sendAgain()).catch(report);
	});
	return {
		intake,
		close: async (isRemoved) => {
			takeBack();
			await intake.then(
				(one) => one.close(),
				() => undefined,
			);
			stopWatching();
			await opened?.release(isRemoved);
			if (isRemoved) forgetMemory(node.id);
		},
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
	const { intake, close } = startIntake(red, node, settings);
	const listener = {
		verify: verifyCall.bind(undefined, verification),
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
