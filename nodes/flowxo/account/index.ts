import type { Resource } from '@convoflow/kit';
import { getInsights } from './get-insights';

/** The account as a whole. */
export const account: Resource = {
	name: 'account',
	displayName: 'Account',
	description: 'Read the analytics of a Flow XO account',
	nodeRedType: 'flowxo-account',
	main: 'getInsights',
	operations: [getInsights],
};
