import type { Resource } from '@convoflow/kit';
import { getMany } from './get-many';
import { sendText } from './send-text';

/** Messages of a thread. */
export const message: Resource = {
	name: 'message',
	displayName: 'Message',
	description: 'Send messages to Flow.ai and read those of a thread',
	nodeRedType: 'flowai-message',
	operations: [getMany, sendText],
};
