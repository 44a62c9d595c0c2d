import { apiResource } from '../../api-request';

/** The Management API of Flow.ai, whole. */
export const managementApi = apiResource({
	service: 'flowai',
	credential: 'flowAiManagementApi',
	name: 'managementApi',
	displayName: 'Management API',
	nodeRedType: 'flowai-request',
	examplePath: '/v1/projects/pr-1/flows',
	examples: [
		{
			name: 'Two flows',
			input: { method: 'GET', path: '/v1/projects/pr-1/flows', query: { limit: 2, skip: 0 } },
		},
	],
});
