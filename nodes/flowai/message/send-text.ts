import { defined } from '@convoflow/client';
import { restOperation, threadId } from '../operation';
import { checkParams } from './params';
import { freshTraceId } from './trace-id';

/** Sends a text into a thread. 001, REST API, Text message; several texts of one thread keep their order. */
export const sendText = restOperation({
	name: 'sendText',
	displayName: 'Send Text',
	action: 'Send text message',
	description: 'Send a text into a thread; the bot’s answer arrives at the trigger',
	keywords: ['reply', 'say', 'speech'],
	effect: 'send',
	returns: 'one',
	fields: {
		threadId,
		text: {
			kind: 'text',
			label: 'Text',
			description: 'The text to send, at most 255 characters',
			placeholder: 'e.g. Is table six free?',
			required: true,
			maxLength: 255,
			from: 'payload',
		},
		originatorName: {
			kind: 'string',
			label: 'Originator Name',
			description: 'Name of the one who writes',
			default: 'Workflow',
		},
		originatorRole: {
			kind: 'options',
			label: 'Originator Role',
			description: 'In whose name the text is sent',
			options: [
				{ value: 'external', label: 'External', description: 'The end user: the bot answers' },
				{
					value: 'moderator',
					label: 'Moderator',
					description: 'A human agent: pauses the bot in this thread',
				},
			],
			default: 'external',
		},
	},
	optional: {
		language: {
			kind: 'string',
			label: 'Language',
			description: 'Language of the text as a code of two letters',
			placeholder: 'e.g. en',
		},
		metadata: {
			kind: 'json',
			shape: 'object',
			label: 'Originator Metadata',
			description: 'Facts of your own about the one who writes, as a JSON object',
			placeholder: 'e.g. {"clientNumber": "12345"}',
		},
		params: {
			kind: 'json',
			shape: 'object',
			label: 'Params',
			description: 'Parameters for the bot: each name holds a list of values',
			placeholder: 'e.g. {"seats": [{"value": "4"}]}',
		},
		profile: {
			kind: 'json',
			shape: 'object',
			label: 'Originator Profile',
			description: 'Profile of the one who writes, as a JSON object',
			placeholder: 'e.g. {"fullName": "Mara Lind", "locale": "sv-SE"}',
		},
		timezone: {
			kind: 'number',
			label: 'Timezone',
			description: 'Where the text was written, in hours from UTC',
			min: -12,
			max: 14,
		},
		traceId: {
			kind: 'number',
			label: 'Trace ID',
			description: 'Number that comes back with the delivery event; made up when empty',
			integer: true,
		},
	},
	lane: ({ threadId: thread }) => thread,
	run: async (client, input, context) => {
		checkParams(input.params);
		const traceId = input.traceId ?? freshTraceId(context.now());
		const { status } = await client.sendText({
			threadId: input.threadId,
			speech: input.text,
			originator: {
				name: input.originatorName,
				role: input.originatorRole,
				profile: input.profile,
				metadata: input.metadata,
			},
			language: input.language,
			timezone: input.timezone,
			params: input.params,
			traceId,
			signal: context.signal,
		});
		return defined({ status, threadId: input.threadId, traceId });
	},
	summary: (_rows, input) => `Sent to ${input.threadId}`,
	examples: [
		{
			name: 'A question of an end user',
			input: { threadId: 't-100', text: 'Is table six free?', traceId: 90210 },
		},
		{
			name: 'With everything filled in',
			input: {
				threadId: 't-100|w_c51f0e2a',
				text: 'Åtta personer, tack! 🍽️',
				originatorName: 'Mara Lind',
				originatorRole: 'external',
				traceId: 90211,
				language: 'sv',
				timezone: 2,
				params: { seats: [{ value: '8' }] },
				profile: { fullName: 'Mara Lind', locale: 'sv-SE' },
				metadata: { loyalty: 'silver' },
			},
		},
	],
});
