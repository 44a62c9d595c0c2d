import type { Resource } from '@convoflow/kit';
import { getInsights } from './get-insights';
import { getMany } from './get-many';

/** What people wanted. */
export const intent: Resource = {
	name: 'intent',
	displayName: 'Intent',
	description: 'See what people wanted from a bot',
	nodeRedType: 'chatlayer-analytics',
	main: 'getMany',
	operations: [getMany, getInsights],
};
