import { actionNodes, triggerNodes, type ActionNode, type TriggerNode } from '../model/nodes';
import { defaultText, propertyOf } from '../model/names';
import { leadingFields } from '../model/leading-fields';
import { sentenceCase } from './catalog';
import { fieldDefaults, firstOperation } from './specs';

type FlowNode = Readonly<Record<string, unknown>>;

/** An example as Import → Examples shows it: its name and its flow. */
export interface ExampleFlow {
	readonly name: string;
	readonly flow: readonly FlowNode[];
}

/** Ids must be unique in a flow and stable over builds. */
function ids(type: string): (part: string) => string {
	return (part) => `${type}.${part}`;
}

function comment(id: string, z: string, name: string, info: string): FlowNode {
	return { id, type: 'comment', z, name, info, x: 200, y: 40, wires: [] };
}

function debug(id: string, z: string, x: number): FlowNode {
	return {
		id,
		type: 'debug',
		z,
		name: 'result',
		active: true,
		tosidebar: true,
		complete: 'true',
		targetType: 'full',
		x,
		y: 100,
		wires: [],
	};
}

function configNode(id: string, type: string, name: string): FlowNode {
	return { id, type, name };
}

function actionExample(action: ActionNode): ExampleFlow {
	const { type, service, label } = action;
	const id = ids(type);
	const { id: operationId, operation, credential } = firstOperation(action);
	const input = operation.examples[0]?.input ?? {};
	const properties: Record<string, unknown>[] = [];
	for (const [name, field] of Object.entries(operation.fields)) {
		const value = input[name];
		if (field.from === undefined || typeof value !== 'string') continue;
		properties.push({ p: field.from, v: value, vt: 'str' });
	}
	const name = `${service.displayName}: ${sentenceCase(operation.displayName).toLowerCase()} (${label})`;
	return {
		name,
		flow: [
			{ id: id('tab'), type: 'tab', label: name, disabled: false, info: '' },
			comment(
				id('comment'),
				id('tab'),
				operation.description,
				`Open the node "${label}", add your ${credential.displayName} credential, deploy, and press the button of the Inject node. The result appears in the debug sidebar. The Inject node shows which message properties the node reads; change them to your own values.`,
			),
			{
				id: id('inject'),
				type: 'inject',
				z: id('tab'),
				name: 'start',
				props: properties,
				repeat: '',
				once: false,
				x: 130,
				y: 100,
				wires: [[id('node')]],
			},
			{
				id: id('node'),
				type,
				z: id('tab'),
				name: '',
				operation: operationId,
				sendAs: 'one',
				...Object.fromEntries(fieldDefaults(action)),
				[credential.name]: id('credential'),
				x: 320,
				y: 100,
				wires: [[id('debug')]],
			},
			debug(id('debug'), id('tab'), 510),
			configNode(id('credential'), credential.nodeRedType, ''),
		],
	};
}

function triggerExample(node: TriggerNode): ExampleFlow {
	const { type, service, trigger, label, credential } = node;
	const id = ids(type);
	const name = `${service.displayName}: ${label}`;
	const advice = credential
		? `Open the node "${label}", add your ${credential.displayName} credential, ${trigger.poll ? 'choose the events' : 'name a thread'}, and deploy.`
		: `Open the node "${label}": it offers a path that nobody can guess. Copy the webhook URL, enter it in ${service.displayName}, press Done and deploy.`;
	return {
		name,
		flow: [
			{ id: id('tab'), type: 'tab', label: name, disabled: false, info: '' },
			comment(id('comment'), id('tab'), trigger.description, `${advice} Events appear in the debug sidebar.`),
			{
				id: id('node'),
				type,
				z: id('tab'),
				name: '',
				...Object.fromEntries(
					Object.entries({ ...leadingFields(node), ...trigger.fields, ...trigger.optional }).map(
						([name, field]) => [
							propertyOf(name),
							field.kind === 'boolean' ? field.default : defaultText(field),
						],
					),
				),
				...(Object.hasOwn(trigger.fields, 'threadId') ? { threadId: 't-100' } : {}),
				...(credential ? { [credential.name]: id('credential') } : {}),
				x: 150,
				y: 100,
				wires: [[id('debug')]],
			},
			debug(id('debug'), id('tab'), 350),
			...(credential ? [configNode(id('credential'), credential.nodeRedType, '')] : []),
		],
	};
}

/** A call and its reply belong together, so one example shows both nodes. */
function replyExample(node: TriggerNode, { type: replyType, operations }: ActionNode): ExampleFlow {
	const { type, service, trigger, label, credential } = node;
	const id = ids(type);
	const name = `${service.displayName}: ${label} and reply`;
	const chosen = credential ? { [credential.name]: id('credential') } : {};
	return {
		name,
		flow: [
			{ id: id('tab'), type: 'tab', label: name, disabled: false, info: '' },
			comment(
				id('comment'),
				id('tab'),
				trigger.description,
				`Open the node "${label}", add your ${credential?.displayName ?? ''} credential, copy the webhook URL and enter it in the webhook action of a step of your flow. Choose the credential in the node "reply" too, and deploy. The Change node says what the bot answers.`,
			),
			{
				id: id('node'),
				type,
				z: id('tab'),
				name: '',
				answer: 'reply',
				path: '',
				...chosen,
				x: 130,
				y: 100,
				wires: [[id('change')]],
			},
			{
				id: id('change'),
				type: 'change',
				z: id('tab'),
				name: 'what to say',
				rules: [
					{
						t: 'set',
						p: 'payload',
						pt: 'msg',
						to: '"Booked for " & payload.values.day',
						tot: 'jsonata',
					},
				],
				x: 310,
				y: 100,
				wires: [[id('reply')]],
			},
			{
				id: id('reply'),
				type: replyType,
				z: id('tab'),
				name: '',
				operation: operations[0]?.id ?? '',
				sendAs: 'one',
				...chosen,
				x: 490,
				y: 100,
				wires: [[id('debug')]],
			},
			debug(id('debug'), id('tab'), 670),
			...(credential ? [configNode(id('credential'), credential.nodeRedType, '')] : []),
		],
	};
}

const CALLED = 'flowai-action';
const REPLIES = 'flowai-reply';

/** One example for every node that is no config node, of core nodes and ours only. */
export function exampleFlows(): ExampleFlow[] {
	const called = triggerNodes.find(({ type }) => type === CALLED);
	const replies = actionNodes.find(({ type }) => type === REPLIES);
	return [
		...actionNodes.filter(({ type }) => type !== REPLIES).map(actionExample),
		...triggerNodes.filter(({ type }) => type !== CALLED).map(triggerExample),
		...(called && replies ? [replyExample(called, replies)] : []),
	];
}
