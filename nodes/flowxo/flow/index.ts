import type { Resource } from '@convoflow/kit';
import { getMany } from './get-many';
import { setActive } from './set-active';
import { start } from './start';

/** Flows of the account. */
export const flow: Resource = {
	name: 'flow',
	displayName: 'Flow',
	description: 'List Flow XO flows, switch them on or off and start them',
	nodeRedType: 'flowxo-flow',
	main: 'start',
	operations: [getMany, setActive, start],
};
