import type { FieldMap } from '@convoflow/kit';

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
