import type { Trigger } from '@convoflow/kit';

/** Members that answers have in common. */
const ANSWERED = { eventKey: 'call:7d1f', threadId: 't-100', body: { threadId: 't-100' } } as const;

/** Starts when Flow.ai calls the webhook of the REST integration. 001, Webhooks. */
export const webhookTrigger = {
	name: 'webhook',
	displayName: 'Flow.ai Trigger',
	description: 'Starts when Flow.ai calls: the bot replied, a human should take over, a bot was paused',
	nodeRedType: 'flowai-webhook',
	secrets: 'flowAiWebhookApi',
	address: { enterAt: 'project, REST API integration, Webhook URL' },
	fields: {
		events: {
			kind: 'multiOptions',
			label: 'Events',
			description: 'What to listen to; both vocabularies of Flow.ai are understood',
			options: [
				{ value: 'paused', label: 'Bot Paused' },
				{ value: 'message', label: 'Bot Replied' },
				{ value: 'resumed', label: 'Bot Resumed' },
				{ value: 'pauseStatus', label: 'Bot Status Answered' },
				{ value: 'businessHours', label: 'Business Hours Answered' },
				{ value: 'triggerEvents', label: 'Event List Answered' },
				{ value: 'handover', label: 'Handover' },
				{ value: 'history', label: 'History Answered' },
				{ value: 'inbound', label: 'Inbound Message', description: 'A user wrote on another channel' },
				{ value: 'delivered', label: 'Message Delivered' },
				{ value: 'other', label: 'Other', description: 'Anything that is not known yet' },
				{ value: 'outbound', label: 'Outbound Message', description: 'The bot answered on another channel' },
				{ value: 'threads', label: 'Thread List Answered' },
			],
			default: ['message', 'handover'],
			required: true,
		},
		verification: {
			kind: 'options',
			label: 'Verification',
			description: 'How a call proves that it comes from Flow.ai',
			options: [
				{ value: 'jwt', label: 'JWT', description: 'A token signed with the secret (HS256)' },
				{ value: 'none', label: 'None', description: 'Anyone who knows the URL can start it' },
				{ value: 'token', label: 'Token', description: 'A header or query value that equals the secret' },
			],
			default: 'none',
		},
		headerName: {
			kind: 'string',
			label: 'Header or Query Name',
			description: 'Name of the header or of the query value that carries the token',
			placeholder: 'e.g. x-access-token',
			default: 'x-access-token',
			required: true,
			showWhen: { verification: ['jwt', 'token'] },
		},
	},
	optional: {
		threadId: {
			kind: 'string',
			label: 'Thread',
			description: 'Only events of this thread',
			placeholder: 'e.g. 6ecfd199-853a-448f-9f91-ef397588ff87',
		},
		from: {
			kind: 'options',
			label: 'Messages From',
			description: 'Whose messages count; other events are not concerned',
			options: [
				{ value: 'any', label: 'Anyone' },
				{ value: 'bot', label: 'Bot' },
				{ value: 'moderator', label: 'Moderator', description: 'A human agent' },
				{ value: 'user', label: 'User' },
			],
			default: 'any',
		},
		silent: {
			kind: 'options',
			label: 'Silent Messages',
			description: 'What to do with messages that the user does not see',
			options: [
				{ value: 'with', label: 'Included' },
				{ value: 'without', label: 'Left Out' },
				{ value: 'only', label: 'Nothing Else' },
			],
			default: 'with',
		},
		whilePaused: {
			kind: 'boolean',
			label: 'Only While Paused',
			description:
				'Whether messages count only while the bot is paused in their thread, as earlier events have told',
			default: false,
		},
	},
	sample: {
		event: 'message',
		eventName: 'message',
		eventKey: 'activity:act-5502',
		threadId: 't-100|w_c51f0e2a',
		text: 'Yes, until eight.',
		role: 'bot',
		name: 'Hostess',
		silent: false,
		quickReplies: [],
		attachments: [],
		messages: [
			{
				fallback: 'Yes, until eight.',
				responses: [{ type: 'text', payload: { text: 'Yes, until eight.' } }],
			},
		],
		body: { type: 'message', threadId: 't-100|w_c51f0e2a', messages: [] },
	},
	moreSamples: [
		{ ...ANSWERED, event: 'delivered', eventName: 'message.delivered', traceId: 90210 },
		{ ...ANSWERED, event: 'delivered', eventName: 'message.delivered', traceId: 'order-17' },
		{
			...ANSWERED,
			event: 'history',
			eventName: 'history',
			history: [{ threadId: 't-100', messages: [] }],
			page: 1,
			pages: 3,
		},
		{ ...ANSWERED, event: 'threads', eventName: 'threads', threads: ['t-100'], page: 1, pages: 1 },
		{
			...ANSWERED,
			event: 'triggerEvents',
			eventName: 'trigger.events',
			items: ['WELCOME', 'CART_LEFT'],
		},
		{
			...ANSWERED,
			event: 'businessHours',
			eventName: 'businessHours',
			businessHours: [
				{
					label: 'Front desk',
					timezone: '(UTC+01:00) Stockholm',
					weekdays: [{ weekday: 'Monday', content: [{ from: '9:00', to: '17:00' }] }],
				},
			],
		},
		{ ...ANSWERED, event: 'pauseStatus', eventName: 'isPaused', isPaused: true },
		// Whatever comes as JSON is handed on.
		{ ...ANSWERED, event: 'other', eventName: null, threadId: null, body: ['anything'] },
	],
} as const satisfies Trigger;
