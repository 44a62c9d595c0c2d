import type { Resource } from '@convoflow/kit';
import { getConversationFlow } from './get-conversation-flow';
import { getConversations } from './get-conversations';
import { getInsights } from './get-insights';
import { getMessages } from './get-messages';
import { getTeamUsage } from './get-team-usage';
import { getUserActivity } from './get-user-activity';
import { getUsers } from './get-users';
import { getVoiceMinutes } from './get-voice-minutes';

/** Reports on bots and teams. */
export const analytics: Resource = {
	name: 'analytics',
	displayName: 'Analytics',
	description: 'Get the analytics of Sinch Chatlayer bots',
	nodeRedType: 'chatlayer-analytics',
	main: 'getConversations',
	operations: [
		getConversations,
		getInsights,
		getConversationFlow,
		getMessages,
		getUsers,
		getUserActivity,
		getTeamUsage,
		getVoiceMinutes,
	],
};
