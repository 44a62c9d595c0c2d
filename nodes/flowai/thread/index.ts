import type { Resource } from '@convoflow/kit';
import { generateId } from './generate-id';
import { getMany } from './get-many';
import { handover } from './handover';
import { resolve } from './resolve';
import { takeover } from './takeover';

/** Threads: each is a conversation with one user. */
export const thread: Resource = {
	name: 'thread',
	displayName: 'Thread',
	description: 'List and start the threads of Flow.ai, hand them over to people and resolve them',
	nodeRedType: 'flowai-thread',
	main: 'handover',
	operations: [generateId, getMany, handover, takeover, resolve],
};
