import type { Resource } from '@convoflow/kit';
import { getTags } from './get-tags';
import { getTeamUsage } from './get-team-usage';
import { getUsage } from './get-usage';

/** What was looked up. */
export const knowledgeBase: Resource = {
	name: 'knowledgeBase',
	displayName: 'Knowledge Base',
	description: 'See how the knowledge base is used',
	nodeRedType: 'chatlayer-analytics',
	main: 'getUsage',
	operations: [getUsage, getTags, getTeamUsage],
};
