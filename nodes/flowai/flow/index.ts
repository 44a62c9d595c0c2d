import type { Resource } from '@convoflow/kit';
import { get } from './get';
import { getMany } from './get-many';

/** The flows that a bot is designed with. */
export const flow: Resource = {
	name: 'flow',
	displayName: 'Flow',
	description: 'Read the flows of a Flow.ai project and their steps',
	nodeRedType: 'flowai-flow',
	main: 'getMany',
	operations: [get, getMany],
};
