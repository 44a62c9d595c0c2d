import { hostFields } from '../../model/host-fields';
import { leadingFields } from '../../model/leading-fields';
import type { TriggerNode } from '../../model/nodes';
import { ACTION_ROUTE, addressOf, CALL_ROUTE, hasTestEvent } from '../../model/webhook';
import type { Language } from '../language';
import { examplesOf, fieldList, keyLink, property, sentence, type Property } from './parts';
import { CALL_OUTPUT, CALLS, DURABLE, POLL, POLL_EVENTS, STREAM, SUBSCRIPTION } from './trigger-words';

const list = (language: Language, lines: readonly Property[]): string =>
	lines.map((line) => property(language, { ...line, text: language.say(line.text) })).join('\n');

const THREAD: Property = {
	name: 'threadId',
	type: 'string',
	text: 'the thread, where a node that sends looks for it',
	isOptional: true,
};
const CONVERSATION: Property = {
	name: 'conversationId',
	type: 'string',
	text: 'the conversation, where the other nodes look for it',
	isOptional: true,
};
const KIND: Property = { name: 'topic', type: 'string', text: 'the kind of the event' };
const REDELIVERED: Property = {
	name: 'redelivered',
	type: 'boolean',
	text: 'true for an event that is sent again after a crash',
	isOptional: true,
};

/** What an action of Flow.ai brings. */
const CALLED: readonly Property[] = [
	{
		name: 'payload',
		type: 'object',
		text: 'the call: `action`, `threadId`, `query`, `values` (the first value of each parameter), `params`, and the `body` without its verify token',
	},
	{ name: 'topic', type: 'string', text: 'the name of the action' },
	THREAD,
	{ name: 'replyUrl', type: 'string', text: 'where a later reply goes' },
	{ name: 'flowaiCall', type: 'string', text: 'the open call, for the *reply* node' },
];

function outputsOf({ trigger }: TriggerNode): readonly Property[] {
	const route = addressOf(trigger)?.route;
	if (trigger.poll) {
		const text =
			'the event: `event`, `eventKey`, its most useful fields, and what came from the service untouched';
		return [{ name: 'payload', type: 'object', text }, KIND, CONVERSATION];
	}
	if (trigger.subscribes) {
		const text =
			'the event: `event`, `eventKey`, `eventName`, its most useful fields, and the untouched `body`; for the end of a subscription its `reason`';
		return [{ name: 'payload', type: 'object', text }, KIND, CONVERSATION, REDELIVERED];
	}
	if (route === CALL_ROUTE) {
		return [
			{ name: 'payload', type: 'object', text: CALL_OUTPUT },
			{ name: 'topic', type: 'string', text: 'the `event` of the body', isOptional: true },
			CONVERSATION,
		];
	}
	if (route === ACTION_ROUTE) return CALLED;
	const text = 'the event: `event`, `eventKey`, `threadId`, fields of its kind, and the untouched `body`';
	return [
		{ name: 'payload', type: 'object', text },
		KIND,
		THREAD,
		...(hasTestEvent(trigger) ? [REDELIVERED] : []),
	];
}

/** How the node comes by its events. */
function wayOf({ trigger }: TriggerNode, language: Language): string[] {
	if (trigger.poll) return [language.say(Object.hasOwn(trigger.fields, 'events') ? POLL : POLL_EVENTS)];
	if (trigger.subscribes) return SUBSCRIPTION.map((words) => language.say(words));
	const address = addressOf(trigger);
	if (!address) return [language.say(STREAM)];
	const where = language.say('The address is `<Node-RED>{route}/<path>`; the form shows it whole.', {
		route: address.route,
	});
	const calls = CALLS[address.route];
	return [
		calls === undefined ? where : `${where} ${language.say(calls)}`,
		...(hasTestEvent(trigger) ? DURABLE.map((words) => language.say(words)) : []),
	];
}

/** What can be sent into the node. */
function inputsOf({ trigger }: TriggerNode, language: Language): string[] {
	if (!trigger.poll) return [];
	const line = { name: 'payload', type: 'any', text: 'any message makes the node check at once' };
	return [`### ${language.say('Inputs')}`, list(language, [{ ...line, isOptional: true }])];
}

/** Help of a trigger. */
export function triggerHelp(node: TriggerNode, language: Language): string {
	const { type, trigger, credential, secrets } = node;
	const fields = {
		...leadingFields(node),
		...trigger.fields,
		...secrets?.fields,
		...hostFields(trigger),
		...trigger.optional,
	};
	const key = credential ?? secrets;
	return [
		sentence(language, language.say(trigger.description)),
		...inputsOf(node, language),
		`### ${language.say('Outputs')}`,
		list(language, outputsOf(node)),
		`### ${language.say('Details')}`,
		fieldList(language, fields),
		...wayOf(node, language),
		...examplesOf(language, type),
		`### ${language.say('References')}`,
		keyLink(language, key?.displayName ?? '', key?.documentationUrl ?? ''),
	].join('\n\n');
}
