import type { Resource } from '@convoflow/kit';
import { getConversationFlow } from './get-conversation-flow';
import { getConversations } from './get-conversations';
import { getInsights } from './get-insights';
import { getTeamUsage } from './get-team-usage';

/** Reports on bots. */
export const analytics: Resource = {
	name: 'analytics',
	displayName: 'Analytics',
	description: 'Get the analytics of Sinch Chatlayer bots',
	nodeRedType: 'chatlayer-analytics',
	main: 'getConversations',
	operations: [getConversationFlow, getInsights, getConversations, getTeamUsage],
};
