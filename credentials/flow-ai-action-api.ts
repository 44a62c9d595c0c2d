import { FLOW_AI, FlowAiActionClient, normalizeBaseUrl } from '@convoflow/client';
import { defineCredential } from '@convoflow/kit';
import { baseUrlField } from './base-url';
import { hostList } from './host-list';

/**
 * Verify token of action webhooks, which calls and replies carry. Flow.ai reference §8: which hosts later
 * replies go to is [inferred], so more can be named.
 */
export const flowAiActionApi = defineCredential({
	name: 'flowAiActionApi',
	displayName: 'Flow.ai Action API',
	nodeRedType: 'flowai-action-api',
	documentationUrl: 'https://github.com/convoflow/convoflow/blob/main/docs/credentials.md#flowai-action-api',
	service: FLOW_AI,
	fields: {
		verifyToken: {
			kind: 'secret',
			label: 'Verify Token',
			description: 'The verify token of the webhook action in the flow; calls and replies carry it',
			required: true,
		},
		secondVerifyToken: {
			kind: 'secret',
			label: 'Second Verify Token',
			description: 'Accepted as well, while the first one is being replaced',
		},
		baseUrl: baseUrlField('https://api.flow.ai'),
		replyHosts: {
			kind: 'string',
			label: 'Reply Hosts',
			description:
				'Hosts that later replies may go to, beside that of the base URL; *.host stands for its subdomains too',
			placeholder: 'e.g. *.flow.ai, replies.example.com',
			default: '*.flow.ai',
		},
	},
	// Nothing is signed: the token travels in the body.
	sign: () => ({}),
	baseUrl: ({ baseUrl }) => normalizeBaseUrl(baseUrl),
	connect: (ports, { verifyToken, secondVerifyToken, replyHosts }, options) =>
		new FlowAiActionClient(ports, {
			...options,
			hosts: hostList(replyHosts),
			tokens: [verifyToken, ...(secondVerifyToken === undefined ? [] : [secondVerifyToken])],
		}),
});
