import type { Resource } from '@convoflow/kit';
import { getAttributeValues } from './get-attribute-values';
import { getFunnel } from './get-funnel';
import { getMany } from './get-many';
import { getTeamEvents } from './get-team-events';
import { search } from './search';
import { track } from './track';

/** What bots tracked. */
export const event: Resource = {
	name: 'event',
	displayName: 'Event',
	description: 'List, track and count events',
	nodeRedType: 'chatlayer-events',
	main: 'getMany',
	operations: [getMany, search, track, getAttributeValues, getFunnel, getTeamEvents],
};
