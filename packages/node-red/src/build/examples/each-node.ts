import type { Field, Trigger } from '@convoflow/kit';
import {
	actionNodes,
	triggerNodes,
	type ActionNode,
	type NodeOperation,
	type TriggerNode,
} from '../../model/nodes';
import { inSentence } from '../letter-case';
import { firstOperation } from '../specs';
import { button, credentialNode, sheet, start, step, type ExampleFlow, type FlowNode } from './parts';

/** A value as a form or a button holds it: several choices are one text. */
function textOf({ kind }: Field, value: unknown): string {
	if (kind === 'multiOptions' && Array.isArray(value)) return value.join(',');
	return typeof value === 'string' ? value : JSON.stringify(value);
}

/**
 * What the button sends and what the node is set to, so that the example runs: values of the operation's own
 * example, by the message where a wired message would bring them.
 */
function exampleValues({ operation, fields }: NodeOperation): {
	readonly properties: FlowNode[];
	readonly settings: Record<string, string>;
} {
	const properties = new Map<string, FlowNode>();
	const settings: Record<string, string> = {};
	const { input = {}, items } = operation.examples[0] ?? {};
	if (items) properties.set('payload', { p: 'payload', v: JSON.stringify(items), vt: 'json' });
	for (const [name, field] of Object.entries(fields)) {
		const value = input[name];
		if (value === undefined) continue;
		if (field.from === undefined || properties.has(field.from)) settings[name] = textOf(field, value);
		else
			properties.set(field.from, {
				p: field.from,
				v: textOf(field, value),
				vt: typeof value === 'string' ? 'str' : 'json',
			});
	}
	return { properties: [...properties.values()], settings };
}

function actionExample(action: ActionNode): ExampleFlow {
	const { type, service, label } = action;
	const first = firstOperation(action);
	const { id: operationId, operation, credential } = first;
	const { properties, settings } = exampleValues(first);
	const name = `${service.displayName}: ${inSentence(operation.displayName)} (${label})`;
	const { at, comment, debug, flow, id } = sheet(type, name);
	return flow([
		comment(
			operation.description,
			`${credential ? `Open the node "${label}", add your ${credential.displayName} credential, deploy,` : 'Deploy'} and press the button of the Inject node. The result appears in the debug sidebar. The Inject node shows which message properties the node reads; change them to your own values.`,
		),
		at('inject', 0, 0, button('start', properties), ['node']),
		at('node', 1, 0, step(type, operationId, '', id('credential'), settings), ['debug']),
		debug('debug', 2, 0),
		...(credential ? [credentialNode(id('credential'), credential.nodeRedType)] : []),
	]);
}

function whatToFillIn({ poll, subscribes, fields }: Trigger): string {
	if (subscribes) return 'name the bot, enter the public URL of this Node-RED';
	if (Object.hasOwn(fields, 'botId')) return 'name the bot';
	return poll ? 'choose the events' : 'name a thread';
}

function triggerExample(node: TriggerNode): ExampleFlow {
	const { type, service, trigger, label, credential } = node;
	const { at, comment, debug, flow, id } = sheet(type, `${service.displayName}: ${label}`);
	const advice = credential
		? `Open the node "${label}", add your ${credential.displayName} credential, ${whatToFillIn(trigger)}, and deploy.`
		: `Open the node "${label}": it offers a path that nobody can guess. Copy the webhook URL, enter it in ${service.displayName}, press Done and deploy.`;
	return flow([
		comment(trigger.description, `${advice} Events appear in the debug sidebar.`),
		at(
			'node',
			0,
			0,
			start(type, '', {
				...(Object.hasOwn(trigger.fields, 'threadId') ? { threadId: 't-100' } : {}),
				...(credential ? { [credential.name]: id('credential') } : {}),
			}),
			['debug'],
		),
		debug('debug', 1, 0),
		...(credential ? [credentialNode(id('credential'), credential.nodeRedType)] : []),
	]);
}

/** A call and its reply belong together, so one example shows both nodes. */
function replyExample(node: TriggerNode, { type: replyType, operations }: ActionNode): ExampleFlow {
	const { type, service, trigger, label, credential } = node;
	const { at, comment, debug, flow, id } = sheet(type, `${service.displayName}: ${label} and reply`);
	const rules = [
		{ t: 'set', p: 'payload', pt: 'msg', to: '"Booked for " & payload.values.day', tot: 'jsonata' },
	];
	return flow([
		comment(
			trigger.description,
			`Open the node "${label}", add your ${credential?.displayName ?? ''} credential, copy the webhook URL and enter it in the webhook action of a step of your flow. Choose the credential in the node "reply" too, and deploy. The Change node says what the bot answers.`,
		),
		at(
			'node',
			0,
			0,
			start(type, '', { answer: 'reply', ...(credential ? { [credential.name]: id('credential') } : {}) }),
			['change'],
		),
		at('change', 1, 0, { type: 'change', name: 'what to say', rules }, ['reply']),
		at('reply', 2, 0, step(replyType, operations[0]?.id ?? '', '', id('credential')), ['debug']),
		debug('debug', 3, 0),
		...(credential ? [credentialNode(id('credential'), credential.nodeRedType)] : []),
	]);
}

const CALLED = 'flowai-action';
const REPLIES = 'flowai-reply';

/** One example for every node that is no config node, of core nodes and ours only. */
export function nodeExamples(): ExampleFlow[] {
	const called = triggerNodes.find(({ type }) => type === CALLED);
	const replies = actionNodes.find(({ type }) => type === REPLIES);
	return [
		...actionNodes.filter(({ type }) => type !== REPLIES).map(actionExample),
		...triggerNodes.filter(({ type }) => type !== CALLED).map(triggerExample),
		...(called && replies ? [replyExample(called, replies)] : []),
	];
}
