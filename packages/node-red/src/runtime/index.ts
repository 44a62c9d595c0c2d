import { actionNodes, configNodes, triggerNodes, type TriggerNode } from '../model/nodes';
import { registerPollNode } from '../poll/poll-node';
import { registerStreamNode } from '../stream/stream-node';
import { registerActionTriggerNode } from '../webhook/action-trigger-node';
import { registerCallNode } from '../webhook/call-node';
import { registerSubscriptionNode } from '../webhook/subscription-node';
import { registerWebhookNode } from '../webhook/webhook-node';
import { registerActionNode } from './action-node';
import { registerCredentialNode } from './credential-node';
import { migrating } from './migrating';
import type { Red } from './red';

/** Triggers have no common lifecycle, so each has an adapter of its own; those that poll share one. */
const TRIGGERS: Readonly<Record<string, (red: Red, node: TriggerNode) => void>> = {
	'flowai-webhook': registerWebhookNode,
	'flowai-action': registerActionTriggerNode,
	'flowai-stream': registerStreamNode,
	'flowxo-webhook': registerCallNode,
	'chatlayer-subscription': registerSubscriptionNode,
};

/**
 * Registers one node type with Node-RED. Every file of `nodes/` calls this with the types of a service, and all of
 * them share this one module, so that what nodes share exists once.
 */
export function register(host: Red, type: string): void {
	const red = migrating(host);
	const action = actionNodes.find((node) => node.type === type);
	if (action) return registerActionNode(red, action);
	const credential = configNodes.find((one) => one.nodeRedType === type);
	if (credential) return registerCredentialNode(red, credential);
	const trigger = triggerNodes.find((node) => node.type === type);
	const registerTrigger = trigger?.trigger.poll ? registerPollNode : TRIGGERS[type];
	if (!trigger || !registerTrigger) throw new TypeError(`no node is named ${type}`);
	return registerTrigger(red, trigger);
}
