import type { Resource } from '@convoflow/kit';
import { deleteSessionData } from './delete-session-data';
import { getMany } from './get-many';
import { getMessages } from './get-messages';
import { getSessionData } from './get-session-data';
import { sendText } from './send-text';

/** Conversations, by the core API. */
export const conversation: Resource = {
	name: 'conversation',
	displayName: 'Conversation',
	description: 'Read conversations, write as an agent',
	nodeRedType: 'chatlayer-conversation',
	main: 'getMany',
	operations: [getMany, getMessages, sendText, getSessionData, deleteSessionData],
};
