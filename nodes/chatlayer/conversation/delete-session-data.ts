import { sessionErrors, sessionId } from '../core-fields';
import { coreBotId, version } from '../fields';
import { coreOperation } from '../operation';

/** Deletes session data. Chatlayer reference §10, session data: core API, seen in use. */
export const deleteSessionData = coreOperation({
	name: 'deleteSessionData',
	displayName: 'Delete Session Data',
	action: 'Delete session data of conversation',
	description: 'Let the bot forget what it remembers of a conversation',
	keywords: ['reset', 'privacy', 'forget', 'variables'],
	effect: 'destructive',
	findOut: 'Look at the data of the conversation',
	returns: 'one',
	fields: { botId: coreBotId, version, sessionId },
	run: async (client, input, { signal }) => {
		await client.deleteSessionData({ ...input, signal });
		return { deleted: true, sessionId: input.sessionId };
	},
	errors: sessionErrors,
	summary: (_rows, input) => `Forgot ${input.sessionId}`,
	examples: [{ name: 'Of one conversation', input: { botId: 'k3v9x2ab', sessionId: 'cv-501' } }],
});
