import { defined, invalidInput, isObject } from '@convoflow/client';
import { botId, version } from '../fields';
import { botErrors, listed, operation } from '../operation';

/** Subscribes an address to events. Chatlayer reference §4.6 and §9, CreateSubscription. */
export const create = operation({
	name: 'create',
	displayName: 'Create',
	action: 'Create subscription',
	description: 'Let Chatlayer call an address when something happens to a bot',
	keywords: ['new', 'webhook', 'notify'],
	effect: 'send',
	findOut: 'Look for it in the list of subscriptions',
	returns: 'one',
	fields: {
		botId,
		version,
		target: {
			kind: 'string',
			label: 'Target URL',
			description: 'Public https address on port 443 that answers the challenge, at once',
			placeholder: 'e.g. https://hooks.example.com/chatlayer',
			required: true,
			from: 'payload',
		},
		subscribeTo: {
			kind: 'options',
			label: 'Subscribe To',
			description: 'What it is called for',
			options: [
				{ value: 'FLOW_EVENT', label: 'Flow Events', description: 'Named in the API, not in the guide' },
				{ value: 'MESSAGE_EVENT', label: 'Message Events' },
				{ value: 'TRACKING_EVENT', label: 'Tracking Events' },
			],
			default: 'TRACKING_EVENT',
			open: true,
		},
	},
	optional: {
		eventNames: {
			kind: 'string',
			label: 'Event Names',
			description: 'Only these tracking events, separated by commas',
			placeholder: 'e.g. order_placed',
		},
	},
	lane: ({ botId: bot }) => bot,
	run: async (client, input, { signal }) => {
		const target = checkedTarget(input.target);
		const eventNames = listed(input.eventNames);
		if (eventNames && eventNames.length > 0 && input.subscribeTo !== 'TRACKING_EVENT')
			throw invalidInput('eventNames', 'Event Names', 'are for tracking events only');
		const { subscription } = await client.subscriptions.create({
			botId: input.botId,
			botVersion: input.version,
			target,
			// Asked for by the service and never returned by it; a secret has no place in a form or an output.
			secret: crypto.randomUUID(),
			eventType: input.subscribeTo,
			eventNames,
			signal,
		});
		const created = isObject(subscription) ? subscription : {};
		return defined({
			id: created['id'],
			status: created['status'],
			target,
			eventType: input.subscribeTo,
			eventNames,
		});
	},
	errors: botErrors,
	summary: (_rows, { target }) => `Subscribed ${target}`,
	examples: [
		{
			name: 'Orders, to this machine',
			input: { botId: 'k3v9x2ab', target: 'https://localhost/chatlayer', eventNames: 'order_placed' },
		},
	],
});

/**
 * Checks the address that is to be called (Chatlayer reference §9, target). One of this machine may be plain: it is for
 * trying.
 * @throws CONVOFLOW_INVALID_INPUT (target)
 */
function checkedTarget(text: string): string {
	const target = text.trim();
	const { protocol, hostname, port } = URL.canParse(target)
		? new URL(target)
		: { protocol: '', hostname: '', port: '' };
	const isHere = hostname === 'localhost' || hostname === '127.0.0.1' || hostname === '[::1]';
	if (protocol === 'https:' ? port === '' || isHere : protocol === 'http:' && isHere) return target;
	throw invalidInput(
		'target',
		'Target URL',
		'must be a web address that begins with https:// and names no port, since Chatlayer calls port 443 only',
	);
}
