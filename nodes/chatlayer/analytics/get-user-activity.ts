import { botFilter, botRange, EXAMPLE_RANGE } from '../bot-series';
import { filters, output } from '../fields';
import { botErrors, counted, operation } from '../operation';
import { report } from '../report';

/** Counts activity by day of week and time of day. Chatlayer reference §4.2, GetUserActivity. */
export const getUserActivity = operation({
	name: 'getUserActivity',
	displayName: 'Get User Activity',
	action: 'Get user activity',
	description: 'See on which days of the week and at which hours people write to a bot',
	keywords: ['heat map', 'busy hours', 'staffing', 'statistics'],
	effect: 'read',
	returns: 'rows',
	fields: { ...botRange, output },
	optional: filters,
	run: async (client, input, context) =>
		await report(input, context, (asked) => client.analytics.userActivity({ ...botFilter(input), ...asked })),
	errors: botErrors,
	summary: counted('row', 'rows'),
	examples: [{ name: 'A week', input: { botId: 'k3v9x2ab', ...EXAMPLE_RANGE } }],
});
