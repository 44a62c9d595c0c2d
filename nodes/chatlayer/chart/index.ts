import type { Resource } from '@convoflow/kit';
import { create } from './create';

/** Pictures of rows. */
export const chart: Resource = {
	name: 'chart',
	displayName: 'Chart',
	description: 'Draw rows as a chart',
	nodeRedType: 'chatlayer-chart',
	main: 'create',
	operations: [create],
};
