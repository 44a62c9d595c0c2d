import { apiResource } from '../../api-request';

/** The HTTP API of Flow XO, whole. */
export const api = apiResource({
	service: 'flowxo',
	credential: 'flowXoApi',
	name: 'api',
	displayName: 'API',
	nodeRedType: 'flowxo-request',
	examplePath: '/conversations',
	examples: [
		{
			name: 'Two conversations',
			input: { method: 'GET', path: '/conversations', query: { limit: 2, skip: 0 } },
		},
	],
});
