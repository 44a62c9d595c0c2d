import type { Resource } from '@convoflow/kit';
import { getMany } from './get-many';

/** What app integrations logged. */
export const appLog: Resource = {
	name: 'appLog',
	displayName: 'App Log',
	description: 'Read the log of app integrations',
	nodeRedType: 'chatlayer-events',
	main: 'getMany',
	operations: [getMany],
};
