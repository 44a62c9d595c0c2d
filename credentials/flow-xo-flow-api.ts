import { FLOW_XO, FlowXoFlowClient, invalidInput, normalizeBaseUrl } from '@convoflow/client';
import { defineCredential } from '@convoflow/kit';

/**
 * The address of a flow's Webhook trigger. Nothing else protects it, so it is kept like a key. Flow XO
 * reference §8. There is no call that would test it without starting the flow.
 */
export const flowXoFlowApi = defineCredential({
	name: 'flowXoFlowApi',
	displayName: 'Flow XO Flow API',
	nodeRedType: 'flowxo-flow-webhook',
	documentationUrl: 'https://github.com/convoflow/convoflow/blob/main/docs/credentials.md#flow-xo-flow-api',
	service: FLOW_XO,
	fields: {
		secretUrl: {
			kind: 'secret',
			label: 'Webhook URL',
			description: 'Address that the Webhook trigger of the flow shows; whoever knows it can start the flow',
			placeholder: 'e.g. https://flowxo.com/hooks/a/…',
			required: true,
		},
	},
	sign: () => ({}),
	baseUrl: ({ secretUrl }) => {
		try {
			return normalizeBaseUrl(secretUrl);
		} catch {
			throw invalidInput('secretUrl', 'Webhook URL', 'is not a web address that begins with https://');
		}
	},
	connect: (ports, _values, options) => new FlowXoFlowClient(ports, options),
});
