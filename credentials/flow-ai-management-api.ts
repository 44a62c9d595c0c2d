import { FLOW_AI, FlowAiManagementClient, normalizeBaseUrl } from '@convoflow/client';
import { defineCredential } from '@convoflow/kit';
import { baseUrlField } from './base-url';

/** Key of the Management API. Flow.ai reference §1 and §7: another key than that of the REST API, always with Bearer. */
export const flowAiManagementApi = defineCredential({
	name: 'flowAiManagementApi',
	displayName: 'Flow.ai Management API',
	nodeRedType: 'flowai-management',
	documentationUrl:
		'https://github.com/convoflow/convoflow/blob/main/docs/credentials.md#flowai-management-api',
	service: FLOW_AI,
	fields: {
		apiKey: {
			kind: 'secret',
			label: 'Management Key',
			description:
				'Management API key: organisation settings, API Keys; not the key of a REST API integration',
			required: true,
		},
		projectId: {
			kind: 'string',
			label: 'Project ID',
			description:
				'The project to read unless a node names another one; it stands in the address of the dashboard',
			placeholder: 'e.g. 5aa1b2c3d4e5f60718293a4b',
			required: true,
		},
		baseUrl: baseUrlField('https://api.flow.ai'),
	},
	sign: ({ apiKey }) => ({
		headers: { authorization: `Bearer ${apiKey.trim().replace(/^(bearer\s+)+/i, '')}` },
	}),
	baseUrl: ({ baseUrl }) => normalizeBaseUrl(baseUrl, ['/rest/v1', '/v1']),
	test: {
		method: 'GET',
		path: '/v1/projects/{projectId}/flows',
		query: { limit: '1', skip: '0' },
		answer: 'list',
		proof: 'flowId',
	},
	connect: (ports, { projectId }, options) =>
		new FlowAiManagementClient(ports, { ...options, projectId: projectId.trim() }),
});
