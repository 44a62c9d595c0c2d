import type { Resource } from '@convoflow/kit';
import { getFunnel } from './get-funnel';
import { getStep } from './get-step';
import { getStepEdges } from './get-step-edges';
import { getSteps } from './get-steps';

/** Ways through a bot. */
export const flow: Resource = {
	name: 'flow',
	displayName: 'Flow',
	description: 'See which ways people take through a bot',
	nodeRedType: 'chatlayer-flows',
	main: 'getSteps',
	operations: [getSteps, getStep, getStepEdges, getFunnel],
};
