import type { Resource } from '@convoflow/kit';
import { getMany } from './get-many';

/** Bots, by the core API. */
export const bot: Resource = {
	name: 'bot',
	displayName: 'Bot',
	description: 'List bots',
	nodeRedType: 'chatlayer-conversation',
	main: 'getMany',
	operations: [getMany],
};
