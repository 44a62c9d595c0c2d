import { apiResource } from '../../api-request';

/** The REST API of Flow.ai, whole. */
export const api = apiResource({
	service: 'flowai',
	credential: 'flowAiApi',
	name: 'api',
	displayName: 'API',
	nodeRedType: 'flowai-request',
	examplePath: '/rest/v1/threads',
	examples: [
		{
			name: 'A page of threads',
			input: { method: 'GET', path: '/rest/v1/threads', query: { sync: true, page: 1 } },
		},
		{
			name: 'The business hours with status and headers',
			input: { method: 'GET', path: '/rest/v1/businesshours', query: { sync: true }, output: 'raw' },
		},
	],
});
