import type { Resource } from '@convoflow/kit';
import { create } from './create';
import { remove } from './delete';
import { getMany } from './get-many';

/** Who is called when something happens. */
export const subscription: Resource = {
	name: 'subscription',
	displayName: 'Subscription',
	description: 'List, create and delete event subscriptions',
	nodeRedType: 'chatlayer-events',
	main: 'getMany',
	operations: [getMany, create, remove],
};
