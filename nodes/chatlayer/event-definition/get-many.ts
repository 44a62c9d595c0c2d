import { botId, teamId } from '../fields';
import { botErrors, counted, operation } from '../operation';
import { definitionRow } from './rows';

/** Lists the definitions of a bot's events. Chatlayer reference §4.5, ListEventDefinitions. */
export const getMany = operation({
	name: 'getMany',
	displayName: 'Get Many',
	action: 'Get many event definitions',
	description: 'List the events that a bot can track',
	keywords: ['list', 'schema', 'tracking'],
	effect: 'read',
	returns: 'many',
	fields: { botId },
	optional: { teamId: { ...teamId, description: 'Only definitions of this team', required: false } },
	run: (client, input, { limit, signal }) => client.events.definitions({ ...input, limit, signal }),
	simplify: (rows) => rows.map(definitionRow),
	errors: botErrors,
	summary: counted('definition', 'definitions'),
	examples: [{ name: 'All of a bot', input: { botId: 'k3v9x2ab', returnAll: true } }],
});
