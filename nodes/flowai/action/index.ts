import type { Resource } from '@convoflow/kit';
import { reply } from './reply';
import { replyLater } from './reply-later';

/** A call of an action webhook. */
export const action: Resource = {
	name: 'action',
	displayName: 'Action',
	description: 'Reply to a flow of Flow.ai that called an action',
	nodeRedType: 'flowai-reply',
	main: 'reply',
	operations: [reply, replyLater],
};
