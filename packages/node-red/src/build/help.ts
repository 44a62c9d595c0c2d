import type { Credential, Field, FieldMap } from '@convoflow/kit';
import type { ActionNode, NodeOperation, TriggerNode } from '../model/nodes';
import { leadingFields } from '../model/leading-fields';
import { hostFields } from '../model/host-fields';
import { ACTION_ROUTE, addressOf, CALL_ROUTE, hasTestEvent } from '../model/webhook';
import { sentenceCase } from './catalog';
import { CALL_OUTPUT, CALLS, DURABLE_HELP, POLL, STREAM } from './trigger-words';

// Help is written as Node-RED's style guide asks: the first paragraph is the tooltip in the palette, optional
// properties are in italics, and `: name (type) : text` becomes the standard list of properties.

const TYPE_BY_KIND: Readonly<Record<Field['kind'], string>> = {
	string: 'string',
	text: 'string',
	secret: 'string',
	number: 'number',
	boolean: 'boolean',
	options: 'string',
	multiOptions: 'string | array',
	dateTime: 'string',
	json: 'object',
	list: 'array',
	locator: 'string',
	file: 'buffer | stream | string',
};

function sentence(text: string): string {
	return text.endsWith('.') ? text : `${text}.`;
}

function property(name: string, type: string, text: string, isOptional: boolean, more = ''): string {
	// A colon ends the name and the type, so one in the text is written as an entity.
	const whole = `${sentence(text)}${more}`.replaceAll(':', '&#58;');
	return `: ${isOptional ? `*${name}*` : name} (${type}) : ${whole}`;
}

/** The choices of a field with what they mean, as a list below its text. */
function choiceList(field: Field): string {
	if (field.kind !== 'options' && field.kind !== 'multiOptions') return '';
	if (field.options.every(({ description }) => !description)) return '';
	const items = field.options.map(
		({ label, description }) =>
			`<li>*${sentenceCase(label)}*${description ? ` – ${sentence(description)}` : ''}</li>`,
	);
	return `<ul>${items.join('')}</ul>`;
}

function fieldList(fields: FieldMap, isOptional: (name: string, field: Field) => boolean): string {
	return Object.entries(fields)
		.map(([name, field]) =>
			property(
				sentenceCase(field.label),
				TYPE_BY_KIND[field.kind],
				field.description,
				isOptional(name, field),
				choiceList(field),
			),
		)
		.join('\n');
}

/** Message properties that fill fields unless the form says otherwise. */
function inputsOf(operations: readonly NodeOperation[]): string {
	const inputs = new Map<string, string>();
	for (const { fields } of operations) {
		for (const field of Object.values(fields)) {
			if (field.from === undefined || inputs.has(field.from)) continue;
			const text = `${field.description}, unless the field ${sentenceCase(field.label)} is set otherwise`;
			inputs.set(field.from, property(field.from, TYPE_BY_KIND[field.kind], text, !field.required));
		}
	}
	return [...inputs.values()].join('\n');
}

/** The options of a node, each once. */
function optionsOf(operations: readonly NodeOperation[]): FieldMap {
	return Object.fromEntries(operations.flatMap(({ options }) => Object.entries(options)));
}

function operationHelp({ operation, fields }: NodeOperation): string {
	const list = fieldList(fields, (_name, field) => field.required !== true);
	return `#### ${sentenceCase(operation.displayName)}\n\n${sentence(operation.description)}\n\n${list}`;
}

const ERRORS = `When something goes wrong, a Catch node gets the message with \`msg.error.message\`, which says what
happened and what to do, and a stable \`msg.error.code\`. The status of an answer and the field that was
refused are in \`msg.error.cause\`.`;

/** Help of an action node. */
export function actionHelp({ service, description, operations }: ActionNode): string {
	const inputs = inputsOf(operations);
	const hasLists = operations.some(
		({ operation }) => operation.returns === 'many' || operation.returns === 'rows',
	);
	const hasFiles = operations.some(({ operation }) => operation.returns === 'file');
	return [
		sentence(description),
		...(inputs === '' ? [] : ['### Inputs', inputs]),
		'### Outputs',
		[
			property(
				'payload',
				`object${hasLists ? ' | array' : ''}${hasFiles ? ' | buffer | stream | string' : ''}`,
				'the result',
				false,
			),
			property(service.name, 'object', 'what happened: `operation`, `count` and `summary`', false),
			...(hasFiles
				? [
						property(
							'filename',
							'string',
							'name of a file that is the result, or the path where it was saved',
							true,
						),
					]
				: []),
			...(hasLists
				? [
						property(
							'parts',
							'object',
							'when a list leaves as several messages; a Join node puts them together',
							true,
						),
					]
				: []),
		].join('\n'),
		'### Details',
		`Every other property of the message is kept.${hasLists ? ' A list can leave as one message, as one message per page while it is read, or as one message per row; an empty list is one message with an empty array.' : ''}`,
		...operations.map(operationHelp),
		'#### Options',
		'How an operation is run. They count for this node only.',
		fieldList(optionsOf(operations), () => true),
		'### Errors',
		ERRORS,
		'### References',
		...operations
			.map(({ credential }) => credential)
			.filter((one, index, all) => all.indexOf(one) === index)
			.map(
				({ displayName, documentationUrl }) =>
					`- [${displayName}](${documentationUrl}): where to find the key`,
			),
	].join('\n\n');
}

/** Help of a config node. */
export function configHelp({ displayName, service, fields, documentationUrl }: Credential): string {
	return [
		`Credential for ${service.label}: ${displayName}.`,
		'### Details',
		fieldList(fields, (_name, field) => field.required !== true),
		'Keys are kept in Node-RED’s encrypted credentials. They are never part of an exported flow, so enter them again after an import. A field may hold `${NAME}`, the name of an environment variable.',
		'**Test connection** tries the values as they stand in the form, before they are deployed.'.replace(
			/\*\*/g,
			'',
		),
		'### References',
		`- [${displayName}](${documentationUrl}): where to find the key`,
	].join('\n\n');
}

/** Help of a trigger that asks from time to time. */
function pollHelp(node: TriggerNode): string {
	const { trigger, credential } = node;
	const fields = { ...leadingFields(node), ...trigger.fields, ...trigger.optional };
	return [
		sentence(trigger.description),
		'### Inputs',
		property('payload', 'any', 'any message makes the node check at once', true),
		'### Outputs',
		[
			property(
				'payload',
				'object',
				'the event: `event`, `eventKey`, its most useful fields, and what came from the service untouched',
				false,
			),
			property('topic', 'string', 'the kind of the event', false),
			property('conversationId', 'string', 'the conversation, where the other nodes look for it', true),
		].join('\n'),
		'### Details',
		fieldList(fields, (_name, field) => field.required !== true),
		POLL,
		'### References',
		`- [${credential?.displayName ?? ''}](${credential?.documentationUrl ?? ''}): where to find the key`,
	].join('\n\n');
}

function outputsOf({ trigger }: TriggerNode): string[] {
	if (addressOf(trigger)?.route === CALL_ROUTE) {
		return [
			property('payload', 'object', CALL_OUTPUT, false),
			property('topic', 'string', 'the `event` of the body', true),
			property('conversationId', 'string', 'the conversation, where the other nodes look for it', true),
		];
	}
	const thread = property('threadId', 'string', 'the thread, where a node that sends looks for it', true);
	if (addressOf(trigger)?.route !== ACTION_ROUTE) {
		const event = 'the event: `event`, `eventKey`, `threadId`, fields of its kind, and the untouched `body`';
		return [
			property('payload', 'object', event, false),
			property('topic', 'string', 'the kind of the event', false),
			thread,
			...(hasTestEvent(trigger)
				? [property('redelivered', 'boolean', 'true for an event that is sent again after a crash', true)]
				: []),
		];
	}
	const call =
		'the call: `action`, `threadId`, `query`, `values` (the first value of each parameter), `params`, and the `body` without its verify token';
	return [
		property('payload', 'object', call, false),
		property('topic', 'string', 'the name of the action', false),
		thread,
		property('replyUrl', 'string', 'where a later reply goes', false),
		property('flowaiCall', 'string', 'the open call, for the *reply* node', false),
	];
}

/** Help of a trigger. */
export function triggerHelp(node: TriggerNode): string {
	const { trigger, credential, secrets } = node;
	if (trigger.poll) return pollHelp(node);
	const address = addressOf(trigger);
	const fields = {
		...leadingFields(node),
		...trigger.fields,
		...secrets?.fields,
		...hostFields(trigger),
		...trigger.optional,
	};
	const url = credential?.documentationUrl ?? secrets?.documentationUrl ?? '';
	const how = address
		? `The address is \`<Node-RED>${address.route}/<path>\`; the form shows it whole. ${CALLS[address.route] ?? ''}${hasTestEvent(trigger) ? DURABLE_HELP : ''}`
		: STREAM;
	return [
		sentence(trigger.description),
		'### Outputs',
		outputsOf(node).join('\n'),
		'### Details',
		fieldList(fields, (_name, field) => field.required !== true),
		how,
		'### References',
		`- [${secrets?.displayName ?? credential?.displayName ?? ''}](${url})`,
	].join('\n\n');
}
