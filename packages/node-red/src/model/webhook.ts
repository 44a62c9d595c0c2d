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

/** The secrets are asked for only while calls are checked. */
export const SECRETS_SHOWN_WHEN: Readonly<Record<string, readonly string[]>> = {
	verification: ['jwt', 'token'],
};

/** Path of the one route, below Node-RED's root for nodes. */
export const WEBHOOK_ROUTE = '/flowai/webhook';

/** Path of the one route for action calls, below Node-RED's root for nodes. */
export const ACTION_ROUTE = '/flowai/action';

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
	return { route: WEBHOOK_ROUTE, fields: pathField };
}
