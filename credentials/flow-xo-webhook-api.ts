import { defineSecretSet } from '@convoflow/kit';

/** What calls of HTTP actions are checked with; the user writes it into the action (Flow XO reference §8). */
export const flowXoWebhookApi = defineSecretSet({
	name: 'flowXoWebhookApi',
	displayName: 'Flow XO Webhook API',
	documentationUrl:
		'https://github.com/convoflow/convoflow/blob/main/docs/credentials.md#flow-xo-webhook-api',
	fields: {
		secret: {
			kind: 'secret',
			label: 'Secret',
			description: 'A long text of your own, which the HTTP action sends along',
			required: true,
		},
		secondSecret: {
			kind: 'secret',
			label: 'Second Secret',
			description: 'Accepted as well, while the first one is being replaced',
		},
	},
});
