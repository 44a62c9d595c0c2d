import type { Resource } from '@convoflow/kit';
import { getBusinessHours } from './get-business-hours';

/** What belongs to the whole project. */
export const project: Resource = {
	name: 'project',
	displayName: 'Project',
	description: 'Read the business hours of a Flow.ai project',
	nodeRedType: 'flowai-project',
	main: 'getBusinessHours',
	operations: [getBusinessHours],
};
