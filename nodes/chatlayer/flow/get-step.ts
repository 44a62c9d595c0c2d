import { numberOf } from '@convoflow/client';
import { botQuery, botRange, EXAMPLE_RANGE } from '../bot-series';
import { filters } from '../fields';
import { operation, row, thingErrors } from '../operation';
import { stepId } from './step-id';

/** Counts what happened at one step. Chatlayer reference §4.4, GetFlowStepDetails. */
export const getStep = operation({
	name: 'getStep',
	displayName: 'Get Step',
	action: 'Get flow step',
	description: 'Count the conversations and messages of one step, and how many people left there',
	keywords: ['dialog', 'drop-off', 'details'],
	effect: 'read',
	returns: 'one',
	fields: { ...botRange, stepId },
	optional: filters,
	run: async (client, input, context) => {
		const answer = await client.flows.step({
			...botQuery(input, context),
			stepId: input.stepId,
		});
		return { ...answer, stepId: input.stepId };
	},
	// 64-bit integers may come as text, and zeros not at all (Chatlayer reference §5).
	simplify: (rows) =>
		rows.map((step) =>
			row(step, {
				stepId: 'stepId',
				conversations: ({ conversation_count }) => numberOf(conversation_count),
				messages: ({ message_count }) => numberOf(message_count),
				dropOffs: ({ drop_off_count }) => numberOf(drop_off_count),
			}),
		),
	errors: thingErrors('step', 'Step ID'),
	summary: (_rows, { stepId: id }) => `Step ${id}`,
	examples: [{ name: 'The first step', input: { botId: 'k3v9x2ab', ...EXAMPLE_RANGE, stepId: 'start' } }],
});
