import { botId, teamId } from '../fields';
import { counted, operation, teamErrors } from '../operation';
import { definitionRow } from './rows';

/** Lists the definitions of a team's events. Chatlayer reference §4.5, ListTeamEventDefinitions. */
export const getManyOfTeam = operation({
	name: 'getManyOfTeam',
	displayName: 'Get Many of Team',
	action: 'Get many event definitions of team',
	description: 'List the events that the bots of a team can track',
	keywords: ['list', 'schema', 'tracking'],
	effect: 'read',
	returns: 'many',
	fields: { teamId },
	optional: { botId: { ...botId, description: 'Only definitions of this bot', required: false } },
	run: (client, input, { limit, signal }) => client.events.definitionsOfTeam({ ...input, limit, signal }),
	simplify: (rows) => rows.map(definitionRow),
	errors: teamErrors,
	summary: counted('definition', 'definitions'),
	examples: [{ name: 'All of a team', input: { teamId: 'team-1', returnAll: true } }],
});
