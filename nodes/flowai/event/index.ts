import type { Resource } from '@convoflow/kit';
import { getMany } from './get-many';
import { trigger } from './trigger';

/** Events with a manual trigger. */
export const event: Resource = {
	name: 'event',
	displayName: 'Event',
	description: 'List the events of a Flow.ai project and trigger them in a thread',
	nodeRedType: 'flowai-event',
	main: 'trigger',
	operations: [getMany, trigger],
};
