import { isObject, textOf, type JsonObject } from '@convoflow/client';
import { sessionErrors, sessionId } from '../core-fields';
import { coreBotId, version } from '../fields';
import { counted, coreOperation, row } from '../operation';

/** Reads a transcript. Chatlayer reference §10, transcript: core API, seen in use. */
export const getMessages = coreOperation({
	name: 'getMessages',
	displayName: 'Get Messages',
	action: 'Get messages of conversation',
	description: 'Get the transcript of a conversation',
	keywords: ['transcript', 'history', 'chat'],
	effect: 'read',
	returns: 'rows',
	fields: { botId: coreBotId, version, sessionId },
	optional: {
		most: {
			kind: 'number',
			label: 'Most Messages',
			description: 'How many messages to ask for; without it Chatlayer decides',
			placeholder: 'e.g. 100',
			integer: true,
			min: 1,
		},
	},
	run: async (client, input, { signal }) => await client.transcript({ ...input, signal }),
	simplify: (rows) =>
		rows.map((line) =>
			row(line, { actor: 'actor', timestamp: 'timestamp', text: spoken, message: 'message' }),
		),
	errors: sessionErrors,
	summary: counted('message', 'messages'),
	examples: [{ name: 'The whole transcript', input: { botId: 'k3v9x2ab', sessionId: 'cv-501' } }],
});

/** The words of a message, wherever it keeps them; its form is not documented. */
function spoken({ message }: JsonObject): string | undefined {
	if (!isObject(message)) return textOf(message);
	const inner = message['textMessage'];
	return textOf(message['text']) ?? (isObject(inner) ? textOf(inner['text']) : undefined);
}
