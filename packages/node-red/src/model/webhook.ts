import type { FieldMap, Trigger } from '@convoflow/kit';

/** The part of the address that the webhook node itself asks for; the rest is the trigger's definition. */
export const pathField = {
	path: {
		kind: 'string',
		label: 'Path',
		description: 'Last part of the webhook URL; nodes with the same path get the same events',
		required: true,
	},
} as const satisfies FieldMap;

/** What only this host can promise: it answers for its own disk. */
const durableField = {
	durable: {
		kind: 'boolean',
		label: 'Durable',
		description:
			'Whether events are kept on disk before Flow.ai gets its answer, and sent again after a crash',
		hint: 'An event that is on its way when Node-RED ends may come twice, with msg.redelivered',
		default: false,
	},
} as const satisfies FieldMap;

const DURABLE_PUSH =
	'Whether events are kept on disk before their call gets an answer, and sent again after a crash';

/** Whether the form has a button that sends an event through the node. */
export function hasTestEvent({ name }: Trigger): boolean {
	return name === 'webhook';
}

/** The fields of a trigger that keeps its events. */
export function durableFields({ name, subscribes }: Trigger): FieldMap {
	if (name === 'webhook') return durableField;
	return subscribes ? { durable: { ...durableField.durable, description: DURABLE_PUSH } } : {};
}

/** The secrets are asked for only while calls are checked. */
export const SECRETS_SHOWN_WHEN: Readonly<Record<string, readonly string[]>> = {
	verification: ['jwt', 'token'],
};

/** Path of the one route, below Node-RED's root for nodes. */
export const WEBHOOK_ROUTE = '/flowai/webhook';

/** Path of the one route for action calls, below Node-RED's root for nodes. */
export const ACTION_ROUTE = '/flowai/action';

/** Path of the one route for HTTP actions of Flow XO, below Node-RED's root for nodes. */
export const CALL_ROUTE = '/flowxo/webhook';

/** Path of the one route for subscriptions of Chatlayer; the last part is the id of the node. */
export const PUSH_ROUTE = '/chatlayer/events';

/** What a node asks for that enters its address with the service by itself. */
export const publicUrlField = {
	publicUrl: {
		kind: 'string',
		label: 'Public URL',
		description: 'Where this Node-RED is reached from the internet, without the root of its HTTP nodes',
		hint: 'The service calls this address over HTTPS; the node adds its own path',
		placeholder: 'e.g. https://flows.example.com',
		required: true,
	},
} as const satisfies FieldMap;

/** The same for a node whose calls wait for an answer, which only one node can give. */
const actionPathField = {
	path: {
		kind: 'string',
		label: 'Path',
		description: 'Last part of the URL; each node needs one of its own',
		required: true,
	},
} as const satisfies FieldMap;

/** Where a trigger's address begins, and what the form asks for of it; undefined for one that is not called. */
export function addressOf(
	trigger: Trigger,
): { readonly route: string; readonly fields: FieldMap } | undefined {
	if (!trigger.address) return undefined;
	if (trigger.name === 'action') return { route: ACTION_ROUTE, fields: actionPathField };
	return { route: trigger.name === 'call' ? CALL_ROUTE : WEBHOOK_ROUTE, fields: pathField };
}
