import type { Resource } from '@convoflow/kit';
import { getConversations } from './get-conversations';

/** Reports on bots. */
export const analytics: Resource = {
	name: 'analytics',
	displayName: 'Analytics',
	description: 'Get the analytics of Sinch Chatlayer bots',
	nodeRedType: 'chatlayer-analytics',
	operations: [getConversations],
};
