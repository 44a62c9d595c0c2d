import { INFERRED_SIGNATURE } from '@convoflow/client';
import type { Trigger } from '@convoflow/kit';
import { botId, version } from '../fields';

/** Starts when Chatlayer calls: the trigger subscribes to events of a bot by itself. Chatlayer reference §9. */
export const chatlayerTrigger = {
	name: 'subscription',
	displayName: 'Chatlayer Trigger',
	description: 'Starts when something happens to a bot: subscribes to its events and is called at once',
	nodeRedType: 'chatlayer-subscription',
	credential: 'chatlayerApi',
	subscribes: true,
	fields: {
		botId,
		version,
		events: {
			kind: 'multiOptions',
			label: 'Events',
			description: 'What to listen to',
			options: [
				{ value: 'flowEvent', label: 'Flow Event', description: 'Named in the API, not in the guide' },
				{ value: 'messageEvent', label: 'Message Event' },
				{
					value: 'revoked',
					label: 'Subscription Ended',
					description: 'Chatlayer has ended a subscription, so nothing more comes until this starts anew',
				},
				{ value: 'trackingEvent', label: 'Tracking Event' },
			],
			default: ['trackingEvent', 'revoked'],
			required: true,
		},
		eventNames: {
			kind: 'string',
			label: 'Event Names',
			description: 'Only tracking events with these names, separated by commas; all when empty',
			placeholder: 'e.g. order_placed',
			showWhen: { events: ['trackingEvent'] },
		},
		verification: {
			kind: 'options',
			label: 'Verification',
			description: 'How a call proves that it comes from the subscription',
			options: [
				{ value: 'none', label: 'None', description: 'Anyone who knows the URL can start it' },
				{
					value: 'signature',
					label: 'Signature',
					description: 'The token and a signature, whose form Chatlayer has not published: try it first',
				},
				{
					value: 'url',
					label: 'URL Token',
					description: 'A secret token in the URL that is registered; nothing to enter',
				},
			],
			default: 'url',
		},
		signatureHeader: {
			kind: 'string',
			label: 'Signature Header',
			description:
				'Header with the HMAC-SHA256 signature, in hex or base64; a prefix like sha256= may stand before it',
			default: INFERRED_SIGNATURE.signatureHeader,
			required: true,
			showWhen: { verification: ['signature'] },
		},
		signedText: {
			kind: 'string',
			label: 'Signed Text',
			description: 'What is signed: names of headers in braces, and {body} for the body as it came',
			default: INFERRED_SIGNATURE.signedText,
			required: true,
			showWhen: { verification: ['signature'] },
		},
	},
	optional: {
		challengeAnswer: {
			kind: 'options',
			label: 'Challenge Answer',
			description: 'How the check is answered that Chatlayer makes while it subscribes',
			options: [
				{ value: 'json', label: 'JSON', description: 'An object with the member challenge' },
				{ value: 'text', label: 'Text', description: 'The challenge and nothing else' },
			],
			default: 'text',
		},
	},
	sample: {
		event: 'trackingEvent',
		eventKey: 'event:ev-4711',
		eventName: 'order_placed',
		timestamp: '2026-03-02T10:00:05.000Z',
		conversationId: 'cv-501',
		userId: 'us-77',
		channelType: 'web',
		botId: 'k3v9x2ab',
		version: 'LIVE',
		attributes: { currency: 'EUR', total: '24' },
		body: { event: { id: 'ev-4711', event: 'order_placed' } },
		headers: { 'x-message-type': 'notification' },
	},
	moreSamples: [
		{
			event: 'revoked',
			eventKey: 'revoked:sub-4711',
			reason: 'notification_failures_exceeded',
			subscribedTo: 'trackingEvent',
			subscriptionId: 'sub-4711',
			botId: 'k3v9x2ab',
			body: { reason: 'notification_failures_exceeded', subscription: { id: 'sub-4711' } },
			headers: { 'x-message-type': 'revocation' },
		},
	],
} as const satisfies Trigger;
