import type { Trigger } from '@convoflow/kit';

/** Starts when an HTTP action in a flow of Flow XO calls. Flow XO reference §8, Out of Flow XO. */
export const flowXoWebhookTrigger = {
	name: 'call',
	displayName: 'Flow XO Webhook Trigger',
	description: 'Starts when an HTTP action in a flow of Flow XO calls',
	nodeRedType: 'flowxo-webhook',
	secrets: 'flowXoWebhookApi',
	address: {
		enterAt: 'a flow, HTTP action, URL',
		members: ['id', 'event', 'response_path', 'message', 'user_name', 'bot_id', 'bot_name', 'bot_platform'],
	},
	fields: {
		verification: {
			kind: 'options',
			label: 'Verification',
			description: 'How a call proves that it comes from your flow',
			options: [
				{ value: 'none', label: 'None', description: 'Anyone who knows the URL can start it' },
				{ value: 'token', label: 'Secret', description: 'A header or query value that equals the secret' },
			],
			default: 'token',
		},
		headerName: {
			kind: 'string',
			label: 'Header or Query Name',
			description: 'Name of the header or of the query value that carries the secret',
			placeholder: 'e.g. x-webhook-secret',
			default: 'x-webhook-secret',
			required: true,
			showWhen: { verification: ['token'] },
		},
	},
	optional: {},
	sample: {
		event: 'booking',
		eventKey: 'call:booking:4711',
		conversationId: '5f3a9c0e7d21b84a66e0c1d2/c/490150001122',
		text: 'Can I bring my bike?',
		userName: 'Mara',
		botId: '5f3a9c0e7d21b84a66e0c1d2',
		botName: 'Bike Shop',
		platform: 'whatsapp',
		body: { id: '4711', event: 'booking', message: 'Can I bring my bike?' },
	},
} as const satisfies Trigger;
