import { actionOperation, replyFields, replyOf, replyOptions, replyRow } from './operation';

const replyUrl = {
	kind: 'string',
	label: 'Reply URL',
	description: 'The reply URL that came with the call',
	placeholder: 'e.g. https://api.flow.ai/reply/abc',
	required: true,
	from: 'replyUrl',
} as const;

/** Sends an answer to the address that came with a call, at any time. Flow.ai reference §8. */
export const replyLater = actionOperation({
	name: 'replyLater',
	displayName: 'Reply Later',
	action: 'Reply to action later',
	description: 'Send an answer to the reply URL of a call, when the work took longer than Flow.ai waits',
	keywords: ['respond', 'answer', 'webhook', 'response', 'delayed'],
	effect: 'send',
	findOut: 'Look in the thread whether the flow went on',
	returns: 'one',
	fields: { replyUrl, ...replyFields },
	optional: replyOptions,
	lane: (input) => input.replyUrl,
	run: async (client, input, { signal }) => {
		const said = replyOf(input);
		await client.replyLater(input.replyUrl, said, signal);
		return replyRow(said);
	},
	errors: {
		FLOWAI_NOT_FOUND: {
			code: 'FLOWAI_REPLY_URL_EXPIRED',
			message: 'Flow.ai does not know this reply URL',
			advice: 'Use the reply URL of a recent call; how long it lasts is not documented.',
		},
		FLOWAI_UNAUTHORIZED: {
			advice:
				'Check the verify token in the credential: it must be the one of the webhook action in the flow.',
		},
	},
	summary: () => 'Replied to the action',
	examples: [
		{
			name: 'A text',
			input: { replyUrl: 'https://api.flow.ai/reply/abc', text: 'Your table is booked' },
		},
		{
			name: 'With everything filled in',
			input: {
				replyUrl: 'https://api.flow.ai/reply/abc',
				text: 'Bokat! 🎉',
				events: 'RESERVED',
				messages: [{ fallback: 'See you', responses: [{ type: 'text', payload: { text: 'See you' } }] }],
				params: { reservation: 'r-77' },
			},
		},
	],
});
