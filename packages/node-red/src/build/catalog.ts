import { searchesOf, type Credential, type Field, type FieldMap, type Trigger } from '@convoflow/kit';
import { choiceKey } from '../editor/form-spec';
import { isPicture, type ActionNode, type TriggerNode } from '../model/nodes';
import { STATUS_TEXTS } from '../runtime/status';
import { leadingFields } from '../model/leading-fields';
import { hasTestEvent } from '../model/webhook';
import { hasInput, hostFields } from '../model/host-fields';
import { FILE_TEXTS, FORM_TEXTS, PICKER_TEXTS, PICTURE_TEXTS, TEST_EVENT_TEXTS } from './form-texts';
import { inSentence, sentenceCase } from './letter-case';

/** A catalog of texts: i18next keys, nested by their dots. */
export type Catalog = { [key: string]: string | Catalog };

/**
 * The title of a category. Node-RED looks it up by the category with every sign but letters and digits replaced.
 */
export function categoryCatalog(category: string): Catalog {
	return { palette: { label: { [category.replace(/[^A-Za-z0-9-]/g, '_')]: category } } };
}

function fieldTexts(field: Field): Catalog {
	const choices = field.kind === 'options' || field.kind === 'multiOptions' ? field.options : [];
	return {
		label: sentenceCase(field.label),
		description: field.description,
		...(field.placeholder === undefined ? {} : { placeholder: field.placeholder }),
		...(field.hint === undefined ? {} : { hint: field.hint }),
		...(field.kind === 'list' ? { add: sentenceCase(field.item), columns: fieldsTexts(field.fields) } : {}),
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
			action: inSentence(operation.action),
			description: operation.description,
			fields: fieldsTexts(fields),
			...(operation.outputs
				? {
						outputs: Object.fromEntries(
							operation.outputs.labels.map((words, way) => [way, inSentence(words)]),
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
		...(action.operations.some(({ operation }) => operation.returns === 'file') ? FILE_TEXTS : {}),
		...(action.operations.some(({ operation }) => isPicture(operation)) ? PICTURE_TEXTS : {}),
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
		network: {
			title: 'Proxy and certificates',
			proxy: {
				label: 'Proxy',
				description:
					'HTTP proxy for requests and sockets; without one HTTP_PROXY, HTTPS_PROXY and NO_PROXY hold',
			},
			tls: {
				label: 'TLS',
				description: 'Certificate authority, client certificate and checks of the service',
			},
		},
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
const SUBSCRIPTION_STATUSES = [
	'subscribing',
	'listening',
	'ended',
	'notVerified',
	'keyRefused',
	'unreachable',
	'noCredential',
	'failed',
] as const;
const POLL_STATUSES = ['checking', 'keyRefused', 'noCredential', 'failed'] as const;

/** The statuses of a trigger that shows no address. */
function statusesOf({ poll, subscribes }: Trigger): Parameters<typeof statusTexts>[0] {
	if (poll) return POLL_STATUSES;
	return subscribes ? SUBSCRIPTION_STATUSES : STREAM_STATUSES;
}

/** The texts of a trigger. */
export function triggerCatalog(node: TriggerNode): Catalog {
	const { service, trigger, label, secrets, credential } = node;
	const { address } = trigger;
	const fields = {
		...leadingFields(node),
		...trigger.fields,
		...hostFields(trigger),
		...trigger.optional,
		...secrets?.fields,
	};
	return {
		paletteLabel: label,
		label: sentenceCase(trigger.displayName),
		...(hasInput(trigger) ? { input: trigger.poll ? 'check now' : 'thread to listen to' } : {}),
		output: 'event',
		name: 'Name',
		optional: 'Optional fields',
		...(credential ? { credential: 'Credential' } : {}),
		...(searchesOf(fields).length > 0 ? { picker: PICKER_TEXTS } : {}),
		fields: fieldsTexts(fields),
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
			: { status: statusTexts(statusesOf(trigger)) }),
		...(hasTestEvent(trigger) ? { testEvent: TEST_EVENT_TEXTS } : {}),
		errors: {
			required: '__label__ is empty',
			...(secrets
				? { secret: 'Calls are to be checked, but no secret is entered: every call would be refused' }
				: {}),
		},
	};
}
