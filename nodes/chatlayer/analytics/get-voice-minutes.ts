import { EXAMPLE_RANGE } from '../bot-series';
import { bucket, filters, output, summedRange, teamId } from '../fields';
import { counted, listed, operation, teamErrors } from '../operation';
import { report } from '../report';

/** Counts the voice minutes of a team. Chatlayer reference §4.2, GetVoiceAnalytics. */
export const getVoiceMinutes = operation({
	name: 'getVoiceMinutes',
	displayName: 'Get Voice Minutes',
	action: 'Get voice minutes of team',
	description: 'Count the voice minutes of a team over time',
	keywords: ['calls', 'telephone', 'billing', 'statistics'],
	effect: 'read',
	returns: 'rows',
	fields: { teamId, ...summedRange, bucket, output },
	optional: { languages: filters.languages },
	run: async (client, input, context) =>
		await report(
			input,
			context,
			(asked) =>
				client.analytics.voiceMinutes({
					teamId: input.teamId,
					...asked,
					languages: listed(input.languages),
				}),
			{ sums: true },
		),
	errors: teamErrors,
	summary: counted('row', 'rows'),
	examples: [{ name: 'A week by day', input: { teamId: 'team-1', ...EXAMPLE_RANGE } }],
});
