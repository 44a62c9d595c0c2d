import { defined, type JsonObject, type JsonValue } from '@convoflow/client';
import { sendInParts } from '../message/parts';
import { restOperation } from '../operation';
import { broadcastContent, broadcastOptions, checkedAudience, textAndEvent } from './content';

const BATCH = { one: 'batch', many: 'batches' };

/** The people in lists of a size; in one list without it. */
function inBatches(people: readonly JsonObject[], size = people.length): JsonObject[][] {
	return Array.from({ length: Math.ceil(people.length / size) }, (_, index) =>
		people.slice(index * size, (index + 1) * size),
	);
}

/** Sends a message at once to people named one by one. Flow.ai reference §2.2 row 14, later docs. */
export const sendToAudience = restOperation({
	name: 'sendToAudience',
	displayName: 'Send to Audience',
	action: 'Send broadcast to audience',
	description: 'Send a message at once to people that you name',
	keywords: ['campaign', 'bulk', 'mass', 'whatsapp', 'notification', 'proactive'],
	effect: 'send',
	returns: 'one',
	fields: {
		audience: {
			kind: 'json',
			shape: 'array',
			label: 'Audience',
			description: 'The people, as a JSON list: each with a name, and a phone number or an identifier',
			placeholder: 'e.g. [{"name": "Mara", "phoneNumber": "+46700000001"}]',
			required: true,
			from: 'payload',
		},
		channelName: {
			kind: 'options',
			label: 'Channel',
			description: 'Channel to send on',
			options: [
				{ value: 'khoros', label: 'Khoros' },
				{ value: 'messagemedia', label: 'MessageMedia' },
				{ value: 'messenger', label: 'Messenger' },
				{ value: 'rbm', label: 'RBM', description: 'RCS Business Messaging' },
				{ value: 'telekom', label: 'Telekom' },
				{ value: 'twilio', label: 'Twilio' },
				{ value: 'whatsapp', label: 'WhatsApp' },
			],
			default: 'whatsapp',
			open: true,
		},
		externalId: {
			kind: 'string',
			label: 'Channel External ID',
			description: 'What the channel itself is called by: phone number, page ID, bot ID or project ID',
			placeholder: 'e.g. +46800000002',
			required: true,
		},
		content: {
			kind: 'options',
			label: 'Content',
			description: 'What to send',
			options: [
				{ value: 'event', label: 'Event', description: 'The bot goes to the step that waits for it' },
				{ value: 'text', label: 'Text' },
			],
			default: 'text',
		},
		...textAndEvent,
	},
	optional: {
		...broadcastOptions,
		batchSize: {
			kind: 'number',
			label: 'Batch Size',
			description:
				'Most people in one request, one request after the other; set the pace with the option Requests per Second; all at once when empty',
			placeholder: 'e.g. 100',
			integer: true,
			min: 1,
		},
	},
	lane: ({ channelName, externalId }) => `${channelName} ${externalId}`,
	run: async (client, input, { signal, checkpoint }) => {
		const audience = checkedAudience(input.audience);
		const { channelName, externalId, batchSize } = input;
		const content = broadcastContent(input);
		let status: JsonValue | undefined;
		const send = async (people: JsonObject[]): Promise<JsonObject> => {
			({ status } = await client.broadcasts.toAudience({
				audience: people,
				channelName,
				externalId,
				...content,
				signal,
			}));
			return { recipients: people.length };
		};
		const batches = await sendInParts(inBatches(audience, batchSize), send, { checkpoint, noun: BATCH });
		return defined({
			status,
			recipients: audience.length,
			batches: batchSize === undefined ? undefined : batches.length,
		});
	},
	errors: {
		FLOWAI_BAD_REQUEST: {
			advice:
				'Check the channel, its external ID and the entries of "Audience"; phone numbers begin with + and the country.',
		},
		CONVOFLOW_OUTCOME_UNKNOWN: {
			message: 'It is not known whether this broadcast was sent',
			advice:
				'It was not repeated, so that nobody gets it twice. Look at the threads of some recipients before sending again.',
		},
	},
	summary: (_rows, input) => `Broadcast sent to ${input.audience.length}`,
	examples: [
		{
			name: 'A text to two people',
			input: {
				audience: [
					{ name: 'Mara', phoneNumber: '+46700000001', profile: { firstName: 'Mara' } },
					{ name: 'Jon', identifier: 'jon-7' },
				],
				channelName: 'whatsapp',
				externalId: '+46800000002',
				text: 'Doors open at nine',
			},
		},
		{
			name: 'An event with parameters',
			input: {
				audience: [{ name: 'Mara', phoneNumber: '+46700000001' }],
				channelName: 'messenger',
				externalId: '1234567890',
				content: 'event',
				eventName: 'CART_LEFT',
				language: 'sv',
				timezone: 2,
				params: { cart: [{ value: 'c-31' }] },
			},
		},
		{
			name: 'A text in batches',
			input: {
				audience: ['+46700000001', '+46700000002', '+46700000003'].map((phoneNumber) => ({
					name: 'Mara',
					phoneNumber,
				})),
				externalId: '+46800000002',
				text: 'Doors open at nine',
				batchSize: 2,
			},
		},
	],
});
