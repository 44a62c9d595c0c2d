import { coreBotId, version } from '../fields';
import { coreOperation, thingErrors } from '../operation';

/** Sends a text as an agent. Chatlayer reference §10, send as agent: core API, later documents. */
export const sendText = coreOperation({
	name: 'sendText',
	displayName: 'Send Text',
	action: 'Send text as agent',
	description: 'Send a text to a user of a bot, as a human agent',
	keywords: ['message', 'reply', 'handover', 'live chat'],
	effect: 'send',
	returns: 'one',
	fields: {
		botId: coreBotId,
		version,
		userId: {
			kind: 'string',
			label: 'User ID',
			description: 'The user to write to: the user ID that Get Many lists, not the session ID',
			placeholder: 'e.g. us-77',
			required: true,
			from: 'userId',
		},
		text: {
			kind: 'text',
			label: 'Text',
			description: 'What to send',
			placeholder: 'e.g. Hello, how can I help?',
			required: true,
			from: 'payload',
		},
	},
	lane: ({ botId, userId }) => `${botId} ${userId}`,
	run: async (client, input, { signal }) => {
		await client.sendText({ ...input, signal });
		return { sent: true, userId: input.userId, text: input.text };
	},
	errors: {
		...thingErrors('user', 'User ID'),
		CONVOFLOW_OUTCOME_UNKNOWN: {
			message: 'It is not known whether this text was sent',
			advice:
				'It was not repeated, so that nobody gets it twice. Look at the conversation before sending again.',
		},
	},
	summary: (_rows, { userId }) => `Sent to ${userId}`,
	examples: [
		{ name: 'A greeting', input: { botId: 'k3v9x2ab', userId: 'us-77', text: 'Hello from a human' } },
	],
});
