import { isObject, numberOf, objectsIn, type JsonObject } from '@convoflow/client';
import { botId, listOutput, range, version } from '../fields';
import { counted, operation, row } from '../operation';
import { asRange, readPeriod } from '../period';

/** Reads the path of one conversation through the bot. 002, Analytics_GetConversationFlow. */
export const getConversationFlow = operation({
	name: 'getConversationFlow',
	displayName: 'Get Conversation Flow',
	action: 'Get flow of conversation',
	description: 'Get the steps that one conversation took through the bot',
	keywords: ['path', 'steps', 'transitions'],
	effect: 'read',
	returns: 'rows',
	fields: {
		botId,
		conversationId: {
			kind: 'string',
			label: 'Conversation ID',
			description: 'The conversation to follow',
			placeholder: 'e.g. cv-501',
			required: true,
			from: 'conversationId',
		},
		version,
		...range,
		period: { ...range.period, description: 'A time range that contains the conversation' },
		output: listOutput,
	},
	optional: {
		messageId: {
			kind: 'string',
			label: 'Message ID',
			description: 'Only the steps of this message',
			placeholder: 'e.g. ms-17',
		},
	},
	run: async (client, input, context) => {
		const answer = await client.flows.ofConversation({
			botId: input.botId,
			conversationId: input.conversationId,
			version: input.version,
			...asRange(readPeriod(input, context.now())),
			messageId: input.messageId,
			signal: context.signal,
		});
		return input.output === 'raw' ? [answer] : transitionRows(answer);
	},
	errors: {
		CHATLAYER_NOT_FOUND: {
			code: 'CHATLAYER_CONVERSATION_NOT_FOUND',
			message: 'Chatlayer does not know this conversation of this bot',
			advice:
				'Check the fields "Bot" and "Conversation ID", and that the time range contains the conversation.',
		},
	},
	summary: counted('step', 'steps'),
	examples: [
		{
			name: 'The steps of one conversation',
			input: {
				botId: 'k3v9x2ab',
				conversationId: 'cv-501',
				period: 'custom',
				startTime: '2026-03-01T00:00:00.000Z',
				endTime: '2026-03-04T00:00:00.000Z',
			},
		},
	],
});

/** One row a transition, in the order of the answer. */
function transitionRows(answer: JsonObject): JsonObject[] {
	return objectsIn(answer['transitions']).map((transition) => {
		const step = (name: string): JsonObject => {
			const value = transition[name];
			return isObject(value) ? value : {};
		};
		return row(transition, {
			id: 'id',
			fromStep: () => step('from_step')['id'],
			fromType: () => step('from_step')['type'],
			toStep: () => step('to_step')['id'],
			toType: () => step('to_step')['type'],
			// A 64-bit integer may come as text (Chatlayer reference §5).
			depth: ({ depth }) => numberOf(depth),
			timestamp: 'timestamp',
			conversationId: () => answer['conversation_id'],
			userId: () => answer['user_id'],
		});
	});
}
