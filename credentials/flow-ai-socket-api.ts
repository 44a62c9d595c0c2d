import { FLOW_AI, FlowAiSocketClient, normalizeBaseUrl } from '@convoflow/client';
import { defineCredential } from '@convoflow/kit';
import { baseUrlField } from './base-url';
import { hostList } from './host-list';

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
		origin: {
			kind: 'string',
			label: 'Origin',
			description: 'Domain to name when the channel has a list of allowed domains',
			placeholder: 'e.g. https://www.example.com',
		},
		oneTimeToken: {
			kind: 'secret',
			label: 'One-Time Token',
			description: 'Token that lets threads in, for a channel that asks for one; most do not',
		},
		streamHosts: {
			kind: 'string',
			label: 'Stream Hosts',
			description:
				'Hosts that streams may lead to, beside that of the base URL; *.host stands for its subdomains too',
			placeholder: 'e.g. *.flow.ai, streams.example.com',
			default: '*.flow.ai',
		},
		maxThreads: {
			kind: 'number',
			label: 'Threads at Once',
			description: 'Each thread has a connection of its own; this many at most',
			default: 20,
			integer: true,
			min: 1,
			max: 500,
		},
	},
	sign: ({ clientId, origin }) => ({
		headers: { 'x-flowai-clientid': clientId.trim(), ...(origin === undefined ? {} : { origin }) },
		query: { clientId: clientId.trim() },
	}),
	baseUrl: ({ baseUrl }) => normalizeBaseUrl(baseUrl, ['/socket.info']),
	test: { method: 'GET', path: '/socket.info', query: { sessionId: 'credential-test' }, proof: 'payload' },
	connect: (ports, { clientId, origin, oneTimeToken, streamHosts, maxThreads }, options) =>
		new FlowAiSocketClient(ports, {
			...options,
			clientId: clientId.trim(),
			origin,
			oneTimeToken: oneTimeToken?.trim() || undefined,
			streamHosts: hostList(streamHosts),
			maxThreads,
		}),
	disconnect: async (client) => await client.close(),
});
