import { EXAMPLE_RANGE } from '../bot-series';
import { range, teamId } from '../fields';
import { counted, operation, teamErrors } from '../operation';
import { asRange, readPeriod } from '../period';
import { eventFilters, eventRow } from './fields';

/** Lists tracked events of a team. Chatlayer reference §4.5, GetTeamEvents. */
export const getTeamEvents = operation({
	name: 'getTeamEvents',
	displayName: 'Get Team Events',
	action: 'Get events of team',
	description: 'List the events that all bots of a team tracked',
	keywords: ['list', 'stream', 'tracking'],
	effect: 'read',
	returns: 'many',
	fields: { teamId, ...range },
	optional: { userId: eventFilters.userId },
	run: (client, input, context) =>
		client.events.ofTeam({
			teamId: input.teamId,
			...asRange(readPeriod(input, context.now())),
			userId: input.userId,
			limit: context.limit,
			signal: context.signal,
		}),
	simplify: (rows) => rows.map(eventRow),
	errors: teamErrors,
	summary: counted('event', 'events'),
	examples: [{ name: 'The first ten of a week', input: { teamId: 'team-1', ...EXAMPLE_RANGE, limit: 10 } }],
});
