import { sessionErrors, sessionId } from '../core-fields';
import { coreBotId, version } from '../fields';
import { coreOperation } from '../operation';

/** Reads session data. Chatlayer reference §10, session data: core API, seen in use. */
export const getSessionData = coreOperation({
	name: 'getSessionData',
	displayName: 'Get Session Data',
	action: 'Get session data of conversation',
	description: 'Get what the bot remembers of a conversation',
	keywords: ['variables', 'context', 'memory'],
	effect: 'read',
	returns: 'one',
	fields: { botId: coreBotId, version, sessionId },
	run: async (client, input, { signal }) => await client.sessionData({ ...input, signal }),
	errors: sessionErrors,
	summary: (_rows, input) => `Session data of ${input.sessionId}`,
	examples: [{ name: 'Of one conversation', input: { botId: 'k3v9x2ab', sessionId: 'cv-501' } }],
});
