import { FLOW_XO, FlowXoClient, normalizeBaseUrl } from '@convoflow/client';
import { defineCredential } from '@convoflow/kit';
import { baseUrlField } from './base-url';

/** Key of the HTTP API. Flow XO reference §1. */
export const flowXoApi = defineCredential({
	name: 'flowXoApi',
	displayName: 'Flow XO API',
	nodeRedType: 'flowxo-api',
	documentationUrl: 'https://github.com/convoflow/convoflow/blob/main/docs/credentials.md#flow-xo-api',
	service: FLOW_XO,
	fields: {
		apiKey: {
			kind: 'secret',
			label: 'API Key',
			description: 'API key from the profile page of the account owner',
			required: true,
		},
		baseUrl: baseUrlField('https://flowxo.com/api'),
	},
	sign: ({ apiKey }) => ({
		headers: { authorization: `Bearer ${apiKey.trim().replace(/^(bearer\s+)+/i, '')}` },
	}),
	baseUrl: ({ baseUrl }) => normalizeBaseUrl(baseUrl, ['/conversations']),
	test: { method: 'GET', path: '/conversations', query: { skip: '0', limit: '1' }, proof: 'conversations' },
	connect: (ports, _values, options) => new FlowXoClient(ports, options),
});
