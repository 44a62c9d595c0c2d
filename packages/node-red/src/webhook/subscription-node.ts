import { invalidInput, pushSecrets, verifyPush, type ChatlayerClient } from '@convoflow/client';
import { storedFields } from '../model/names';
import { prepareSigning, readFields, type Credential } from '@convoflow/kit';
import { pushSettings } from '@convoflow/nodes';
import type { TriggerNode } from '../model/nodes';
import { durableFields, PUSH_ROUTE, publicUrlField } from '../model/webhook';
import { toNodeError } from '../runtime/errors';
import { flowsGate } from '../runtime/flows-gate';
import type { NodeConfig, Red, RedNode } from '../runtime/red';
import { findLink, readContext } from '../runtime/service-link';
import { show, showNothing } from '../runtime/status';
import { openNodeStore } from '../store/node-stores';
import { startIntake } from './intake-life';
import { pushRoute, pushSource } from './push-route';
import { SubscriptionLife } from './subscription-life';
import { reportsOf, statusOf } from './subscription-reports';

/**
 * The address of a node as the service calls it.
 * @throws CONVOFLOW_INVALID_INPUT (publicUrl) for one that it would not call
 */
function addressOf(red: Red, nodeId: string, publicUrl: string, baseUrl: string): string {
	const root = red.settings.httpNodeRoot || '/';
	const address = `${publicUrl.trim().replace(/\/+$/, '')}${root.replace(/\/$/, '')}${PUSH_ROUTE}/${encodeURIComponent(nodeId)}`;
	const { protocol } = URL.canParse(address) ? new URL(address) : { protocol: '' };
	const isPlain = protocol === 'http:' && baseUrl.startsWith('http:');
	if (protocol === 'https:' || isPlain) return address;
	throw invalidInput(
		'publicUrl',
		'Public URL',
		'must begin with https:// and be reachable from the internet',
	);
}

/** Starts a node. @returns ends it */
async function start(
	red: Red,
	node: RedNode,
	config: NodeConfig,
	{ trigger, credential }: TriggerNode & { readonly credential: Credential },
): Promise<(isRemoved: boolean) => Promise<void>> {
	const fields = { ...publicUrlField, ...trigger.fields, ...durableFields(trigger), ...trigger.optional };
	const input = readFields(fields, storedFields(fields, config), readContext());
	const settings = pushSettings(input);
	const link = findLink(red, config[credential.name], credential);
	const { values } = link;
	const address = addressOf(red, node.id, String(input['publicUrl']), credential.baseUrl(values));
	const signed = prepareSigning(credential, values).signature.headers?.['authorization'] ?? '';
	const secrets = await pushSecrets(signed, address);

	const { intake, close } = startIntake(red, node, {
		isDurable: input['durable'] === true,
		isOnDisk: input['durable'] === true,
		sourceOf: () => pushSource((event) => settings.isWanted(event)),
	});
	const stopListening = pushRoute.listen(node.id, {
		challengeForm: settings.challengeForm,
		verify: async (call) => await verifyPush({ ...settings.verification, secrets }, call),
		take: async (body) => await (await intake).take(body),
		report: (error) => node.error(toNodeError(error)),
		revoked: ({ output }) => {
			show(node, 'ended');
			node.warn(
				`Chatlayer has ended the subscription: ${JSON.stringify(output['reason'])}. Deploy the node again to subscribe anew.`,
			);
		},
	});
	// Of its own: a deploy that removes the node may remove its credential before it.
	const connector = link.openOwn();
	const kept = openNodeStore(red, node.id);
	const wanted = { ...settings.wanted, address, secrets };
	const life = new SubscriptionLife(connector.client as ChatlayerClient, wanted, kept.store, reportsOf(node));
	const takeBack =
		red.settings.httpNodeRoot === false
			? (show(node, 'unreachable'), (): void => undefined)
			: flowsGate(red).onceRunning(() => life.start());
	return async (isRemoved) => {
		takeBack();
		await life.stop(isRemoved);
		stopListening();
		await close(isRemoved);
		await kept.release(isRemoved);
		await connector.close();
	};
}

/** Registers the node that subscribes to events of Chatlayer by itself. */
export function registerSubscriptionNode(red: Red, node: TriggerNode): void {
	const { type, credential } = node;
	if (!credential) throw new TypeError(`${type} needs a credential`);
	pushRoute.register(red);
	red.nodes.registerType(type, function (config) {
		red.nodes.createNode(this, config);
		const started = start(red, this, config, { ...node, credential }).catch((error: unknown) => {
			show(this, statusOf(error));
			this.error(toNodeError(error).message);
			return () => Promise.resolve();
		});
		this.on('close', (removed, done) => {
			showNothing(this);
			started.then(async (stop) => await stop(removed)).then(done, done);
		});
	});
}
