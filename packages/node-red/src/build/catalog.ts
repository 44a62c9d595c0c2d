import type { Credential, Field, FieldMap } from '@convoflow/kit';
import { choiceKey } from '../editor/form-spec';
import type { ActionNode, TriggerNode } from '../model/nodes';
import { STATUS_TEXTS } from '../runtime/status';
import { leadingFields } from '../model/leading-fields';
import { hasTestEvent } from '../model/webhook';
import { hasInput, hostFields } from '../model/host-fields';

/** A catalog of texts: i18next keys, nested by their dots. */
export type Catalog = { [key: string]: string | Catalog };

/**
 * The title of a category. Node-RED looks it up by the category with every sign but letters and digits replaced.
 */
export function categoryCatalog(category: string): Catalog {
	return { palette: { label: { [category.replace(/[^A-Za-z0-9-]/g, '_')]: category } } };
}

/** "Originator Name" as Node-RED writes labels: "Originator name". Words in capitals and the services' names stay. */
export function sentenceCase(title: string): string {
	return title.replace(/(?<=\s)(?!Flow\.ai|Flow XO|Chatlayer)[A-Z](?=[a-z])/g, (letter) =>
		letter.toLowerCase(),
	);
}

function fieldTexts(field: Field): Catalog {
	const choices = field.kind === 'options' || field.kind === 'multiOptions' ? field.options : [];
	return {
		label: sentenceCase(field.label),
		description: field.description,
		...(field.placeholder === undefined ? {} : { placeholder: field.placeholder }),
		...(field.hint === undefined ? {} : { hint: field.hint }),
		...(choices.length === 0
			? {}
			: {
					choices: Object.fromEntries(
						choices.map(({ value, label }) => [choiceKey(value), sentenceCase(label)]),
					),
					choiceDescriptions: Object.fromEntries(
						choices.flatMap(({ value, description }) =>
							description ? [[choiceKey(value), description]] : [],
						),
					),
				}),
	};
}

function fieldsTexts(fields: FieldMap): Catalog {
	return Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, fieldTexts(field)]));
}

const FORM_TEXTS: Catalog = {
	name: 'Name',
	operation: 'Operation',
	optional: 'Optional fields',
	optionsTitle: 'Options',
	sendAs: {
		label: 'Send',
		one: 'one message with the whole list',
		page: 'one message per page',
		row: 'one message per row',
	},
	fileAs: {
		label: 'Send file as',
		buffer: 'a Buffer',
		stream: 'a stream',
		path: 'the path of a saved file',
	},
	fileFolder: {
		label: 'Folder',
		placeholder: 'e.g. /data/files',
		hint: 'Where the file is saved under its own name; a file of that name is replaced',
	},
	notSet: 'not set',
	true: 'true',
	false: 'false',
	types: {
		string: 'text',
		text: 'text',
		number: 'number',
		boolean: 'true or false',
		options: 'choice',
		multiOptions: 'choices',
		dateTime: 'date',
		json: 'JSON',
		list: 'JSON list',
		locator: 'ID',
		file: 'path of a file',
	},
	picker: {
		open: 'Choose from a list: __label__',
		list: 'Found for __label__',
		searching: 'Searching …',
		count: '__count__ found',
		more: '__count__ found so far, more below',
		none: 'Nothing fits. You can type the value yourself.',
		noCredential: 'Choose a credential first, or type the value yourself.',
		forbidden: 'You may not read this list. Sign in with an account that may edit flows.',
		unreachable: 'Node-RED did not answer. Check that it is running and try again.',
	},
	errors: {
		required: '__label__ is empty',
		number: '__label__ must be a number',
		integer: '__label__ must be a whole number',
		min: '__label__ must be at least __min__',
		max: '__label__ must be at most __max__',
		json: '__label__ is not valid JSON',
		maxLength: '__label__ may have at most __maxLength__ characters',
		source: '__label__ names no valid source',
		credential: 'Choose a credential, or add one with the plus button',
	},
};

function statusTexts(names: readonly (keyof typeof STATUS_TEXTS)[]): Catalog {
	return Object.fromEntries(names.map((name) => [name, STATUS_TEXTS[name]]));
}

/** The texts of an action node. */
export function actionCatalog(action: ActionNode): Catalog {
	const operations: Catalog = {};
	for (const { id, operation, fields } of action.operations) {
		const [resource = '', name = ''] = id.split('.');
		const texts: Catalog = {
			label: sentenceCase(operation.displayName),
			action: operation.action.toLowerCase(),
			description: operation.description,
			fields: fieldsTexts(fields),
			...(operation.outputs
				? {
						outputs: Object.fromEntries(
							operation.outputs.labels.map((words, way) => [way, words.toLowerCase()]),
						),
					}
				: {}),
		};
		const ofResource = operations[resource];
		operations[resource] = { ...(typeof ofResource === 'object' ? ofResource : {}), [name]: texts };
	}
	return {
		paletteLabel: action.label,
		output: 'result',
		...FORM_TEXTS,
		credential: 'Credential',
		resources: Object.fromEntries(
			action.operations.map(({ resource }) => [resource.name, sentenceCase(resource.displayName)]),
		),
		operations,
		options: fieldsTexts(Object.assign({}, ...action.operations.map(({ options }) => options)) as FieldMap),
		status: statusTexts(['working', 'done', 'failed', 'queueFull', 'noCredential']),
	};
}

/** The texts of a config node. */
export function configCatalog(credential: Credential): Catalog {
	return {
		title: credential.displayName,
		name: 'Name',
		fields: fieldsTexts(credential.fields),
		test: {
			button: 'Test connection',
			busy: 'Testing …',
			forbidden: 'You may not test this. Sign in with an account that may edit flows.',
			unreachable: 'Node-RED did not answer. Check that it is running and try again.',
		},
	};
}

const STREAM_STATUSES = [
	'connecting',
	'connected',
	'reconnecting',
	'stopped',
	'clientIdRefused',
	'notAllowed',
	'noThread',
	'gap',
	'noCredential',
	'failed',
] as const;
const POLL_STATUSES = ['checking', 'keyRefused', 'noCredential', 'failed'] as const;

const TEST_EVENT_TEXTS: Catalog = {
	button: 'Send test event',
	hint: 'Sends an event through the check, the filters and the flow as they are deployed.',
	busy: 'Sending …',
	sent: 'The event passed the check and the filters and started the flow.',
	leftOut: 'The event passed the check but starts no flow: __reason__.',
	refused: 'The event was refused: __reason__.',
	failed: 'The event could not be taken: __reason__.',
	notDeployed: 'Deploy first: the event goes through the node as it is deployed.',
	forbidden: 'You may not test this. Sign in with an account that may edit flows.',
	unreachable: 'Node-RED did not answer. Check that it is running and try again.',
};

/** The texts of a trigger. */
export function triggerCatalog(node: TriggerNode): Catalog {
	const { service, trigger, label, secrets, credential } = node;
	const { address } = trigger;
	return {
		paletteLabel: label,
		label: sentenceCase(trigger.displayName),
		...(hasInput(trigger) ? { input: trigger.poll ? 'check now' : 'thread to listen to' } : {}),
		output: 'event',
		name: 'Name',
		optional: 'Optional fields',
		...(credential ? { credential: 'Credential' } : {}),
		fields: fieldsTexts({
			...leadingFields(node),
			...trigger.fields,
			...hostFields(trigger),
			...trigger.optional,
			...secrets?.fields,
		}),
		...(address
			? {
					address: {
						label: 'Webhook URL',
						description: `Address to enter in ${service.displayName}: ${trigger.address?.enterAt ?? ''}`,
						copy: 'Copy',
						copied: 'URL copied',
						unknown: 'The address is not known: sign in again',
						hint: `${service.displayName} must be able to reach this address over HTTPS; if your server has a public name, put it in place of this one.`,
						login:
							'This Node-RED asks callers to sign in (httpNodeAuth). Put user:password@ before the host in the URL, or let a reverse proxy sign in.',
						noRoot:
							'This Node-RED offers no HTTP endpoints (httpNodeRoot is false), so no event can arrive. Change settings.js.',
					},
					status: statusTexts(
						credential
							? ['listening', 'tooSlow', 'unreachable', 'noCredential', 'failed']
							: ['listening', 'noSecret', 'unreachable', 'failed'],
					),
				}
			: { status: statusTexts(trigger.poll ? POLL_STATUSES : STREAM_STATUSES) }),
		...(hasTestEvent(trigger) ? { testEvent: TEST_EVENT_TEXTS } : {}),
		errors: {
			required: '__label__ is empty',
			...(secrets
				? { secret: 'Calls are to be checked, but no secret is entered: every call would be refused' }
				: {}),
		},
	};
}
