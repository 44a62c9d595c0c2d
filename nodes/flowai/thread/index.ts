import type { Resource } from '@convoflow/kit';
import { getMany } from './get-many';
import { handover } from './handover';
import { resolve } from './resolve';
import { takeover } from './takeover';

/** Threads: each is a conversation with one user. */
export const thread: Resource = {
	name: 'thread',
	displayName: 'Thread',
	description: 'List the threads of Flow.ai, hand them over to people and resolve them',
	nodeRedType: 'flowai-thread',
	main: 'handover',
	operations: [getMany, handover, takeover, resolve],
};
