import type { Resource } from '@convoflow/kit';
import { create } from './create';
import { getMany } from './get-many';
import { getManyOfTeam } from './get-many-of-team';

/** What bots can track. */
export const eventDefinition: Resource = {
	name: 'eventDefinition',
	displayName: 'Event Definition',
	description: 'List and create the events that bots can track',
	nodeRedType: 'chatlayer-events',
	main: 'getMany',
	operations: [getMany, getManyOfTeam, create],
};
