import { FLOW_AI, FlowAiSocketClient, normalizeBaseUrl } from '@convoflow/client';
import { defineCredential } from '@convoflow/kit';
import { baseUrlField } from './base-url';

/** Client id of a web channel. Flow.ai reference §5.2; sent in both documented forms. */
export const flowAiSocketApi = defineCredential({
	name: 'flowAiSocketApi',
	displayName: 'Flow.ai Socket API',
	nodeRedType: 'flowai-socket',
	documentationUrl: 'https://github.com/convoflow/convoflow/blob/main/docs/credentials.md#flowai-socket-api',
	service: FLOW_AI,
	fields: {
		clientId: {
			kind: 'secret',
			label: 'Client ID',
			description: 'Client ID of the web channel: dashboard, Channels',
			required: true,
		},
		baseUrl: baseUrlField('https://sdk.flow.ai'),
	},
	sign: ({ clientId }) => ({
		headers: { 'x-flowai-clientid': clientId.trim() },
		query: { clientId: clientId.trim() },
	}),
	baseUrl: ({ baseUrl }) => normalizeBaseUrl(baseUrl, ['/socket.info']),
	test: { method: 'GET', path: '/socket.info', query: { sessionId: 'credential-test' }, proof: 'payload' },
	connect: (ports, _values, baseUrl) => new FlowAiSocketClient(ports, { baseUrl }),
});
