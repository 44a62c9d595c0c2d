import { defineSecretSet } from '@convoflow/kit';

/** What calls of the webhook are checked with. Nothing is documented, so the form is the user's choice (Flow.ai reference §4.3). */
export const flowAiWebhookApi = defineSecretSet({
	name: 'flowAiWebhookApi',
	displayName: 'Flow.ai Webhook API',
	documentationUrl: 'https://github.com/convoflow/convoflow/blob/main/docs/credentials.md#flowai-webhook-api',
	fields: {
		secret: {
			kind: 'secret',
			label: 'Secret',
			description: 'Token that calls carry, or the secret that signs their JWT',
			required: true,
		},
		secondSecret: {
			kind: 'secret',
			label: 'Second Secret',
			description: 'Accepted as well, while the first one is being replaced',
		},
	},
});
