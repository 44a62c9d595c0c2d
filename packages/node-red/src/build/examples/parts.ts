import {
	actionNodes,
	triggerNodes,
	type ActionNode,
	type NodeOperation,
	type TriggerNode,
} from '../../model/nodes';
import { defaultText, propertyOf } from '../../model/names';
import { hostFields } from '../../model/host-fields';
import { leadingFields } from '../../model/leading-fields';
import { currentVersion } from '../../model/migrations';
import { fieldDefaults, settingsOf } from '../specs';

/** A node of a flow file. */
export type FlowNode = Readonly<Record<string, unknown>>;

/** An example as Import → Examples shows it: its name and its flow. */
export interface ExampleFlow {
	readonly name: string;
	readonly flow: readonly FlowNode[];
}

/** A tab on which an example is built: ids must be unique in a flow and stable over builds. */
export interface Sheet {
	/** The id of a part. */
	readonly id: (part: string) => string;
	/** Puts a node at a place of the grid; the wires of each output lead to parts. */
	readonly at: (part: string, column: number, row: number, node: FlowNode, ...wires: string[][]) => FlowNode;
	/** Explains the flow, at the top. */
	readonly comment: (title: string, info: string) => FlowNode;
	/** Shows whole messages in the debug sidebar. */
	readonly debug: (part: string, column: number, row: number, name?: string) => FlowNode;
	/** The tab with its nodes. */
	readonly flow: (nodes: readonly FlowNode[]) => ExampleFlow;
}

const LEFT = 140;
const TOP = 100;
const COLUMN = 200;
const ROW = 60;

/**
 * Begins an example.
 * @param prefix of the ids, as no other example has it
 */
export function sheet(prefix: string, name: string): Sheet {
	const id = (part: string): string => `${prefix}.${part}`;
	const at: Sheet['at'] = (part, column, row, node, ...wires) => ({
		id: id(part),
		z: id('tab'),
		...node,
		x: LEFT + column * COLUMN,
		y: TOP + row * ROW,
		wires: wires.map((parts) => parts.map(id)),
	});
	return {
		id,
		at,
		comment: (title, info) => ({
			...at('comment', 0, -1, { type: 'comment', name: title, info }),
			x: LEFT + 60,
		}),
		debug: (part, column, row, shown = 'result') =>
			at(part, column, row, {
				type: 'debug',
				name: shown,
				active: true,
				tosidebar: true,
				complete: 'true',
				targetType: 'full',
			}),
		flow: (nodes) => ({
			name,
			flow: [{ id: id('tab'), type: 'tab', label: name, disabled: false, info: '' }, ...nodes],
		}),
	};
}

/** A config node without its secrets, which the user adds. */
export function credentialNode(id: string, type: string): FlowNode {
	return { id, type, name: '' };
}

/** A button with the message properties that it sends. */
export function button(name: string, props: readonly FlowNode[], more: FlowNode = {}): FlowNode {
	return { type: 'inject', name, props, repeat: '', crontab: '', once: false, ...more };
}

function actionOf(type: string): ActionNode {
	const action = actionNodes.find((node) => node.type === type);
	if (!action) throw new TypeError(`an example names ${type}, which is none of the nodes`);
	return action;
}

/** What a field is set to: a literal, or where it comes from and its type. */
export type Setting = string | readonly [value: string, type: string];

/**
 * A node that does something, as the editor would store it.
 * @param credential id of its config node
 * @param settings by field; others are as a new node has them
 * @throws TypeError for a node, an operation or a field that does not exist
 */
export function step(
	type: string,
	operation: string,
	name: string,
	credential: string,
	settings: Readonly<Record<string, Setting>> = {},
	more: FlowNode = {},
): FlowNode {
	const action = actionOf(type);
	const chosen: NodeOperation | undefined = action.operations.find(({ id }) => id === operation);
	if (!chosen) throw new TypeError(`${type} has no operation ${operation}`);
	const own = settingsOf(chosen);
	const values: Record<string, string> = {};
	for (const [field, setting] of Object.entries(settings)) {
		const known = own.get(propertyOf(field));
		if (!known) throw new TypeError(`${operation} has no field ${field}`);
		const [value, kind] = typeof setting === 'string' ? [setting, known.literal] : setting;
		values[known.property] = value;
		values[`${known.property}Type`] = kind;
	}
	return {
		type,
		name,
		version: currentVersion(type),
		operation,
		sendAs: 'one',
		...Object.fromEntries(fieldDefaults(action)),
		...Object.fromEntries(
			[...own.values()].flatMap((one) => [
				[one.property, one.defaultValue],
				[`${one.property}Type`, one.defaultType],
			]),
		),
		...values,
		...(chosen.credential ? { [chosen.credential.name]: credential } : {}),
		...more,
	};
}

/** A trigger, as the editor would store it. */
export function start(type: string, name: string, more: FlowNode = {}): FlowNode {
	const node = triggerNodes.find((one) => one.type === type);
	if (!node) throw new TypeError(`an example names ${type}, which is none of the triggers`);
	return { type, name, version: currentVersion(type), ...triggerDefaults(node), ...more };
}

/** Every field of a trigger as a new node has it. */
export function triggerDefaults(node: TriggerNode): FlowNode {
	const { trigger } = node;
	const fields = { ...leadingFields(node), ...trigger.fields, ...trigger.optional, ...hostFields(trigger) };
	return Object.fromEntries(
		Object.entries(fields).map(([name, field]) => [
			propertyOf(name),
			field.kind === 'boolean' ? field.default : defaultText(field),
		]),
	);
}
