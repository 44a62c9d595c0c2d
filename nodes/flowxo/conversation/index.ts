import type { Resource } from '@convoflow/kit';
import { getMany } from './get-many';

/** Conversations with end users. */
export const conversation: Resource = {
	name: 'conversation',
	displayName: 'Conversation',
	description: 'Read the conversations of a Flow XO account',
	nodeRedType: 'flowxo-conversation',
	operations: [getMany],
};
