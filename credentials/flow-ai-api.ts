import { FLOW_AI, FlowAiClient, normalizeBaseUrl } from '@convoflow/client';
import { defineCredential } from '@convoflow/kit';
import { baseUrlField } from './base-url';

/** Key of the REST API. Flow.ai reference §1; the scheme of the header is documented both ways, so it can be chosen. */
export const flowAiApi = defineCredential({
	name: 'flowAiApi',
	displayName: 'Flow.ai API',
	nodeRedType: 'flowai-api',
	documentationUrl: 'https://github.com/convoflow/convoflow/blob/main/docs/credentials.md#flowai-api',
	service: FLOW_AI,
	fields: {
		apiKey: {
			kind: 'secret',
			label: 'API Key',
			description:
				'REST API key: organisation settings, API Keys; then chosen under Outbound in the REST API integration',
			required: true,
		},
		scheme: {
			kind: 'options',
			label: 'Authorization Header',
			description: 'How the key is sent; if a right key is refused, try the other form',
			options: [
				{ value: 'bearer', label: 'Bearer Key' },
				{ value: 'bare', label: 'Key Only' },
			],
			default: 'bearer',
		},
		baseUrl: baseUrlField('https://api.flow.ai'),
	},
	sign: ({ apiKey, scheme }) => {
		const key = apiKey.trim().replace(/^(bearer\s+)+/i, '');
		return { headers: { authorization: scheme === 'bare' ? key : `Bearer ${key}` } };
	},
	baseUrl: ({ baseUrl }) => normalizeBaseUrl(baseUrl, ['/rest/v1']),
	test: { method: 'GET', path: '/rest/v1/businesshours', query: { sync: 'true' }, proof: 'status' },
	connect: (ports, _values, options) => new FlowAiClient(ports, options),
});
