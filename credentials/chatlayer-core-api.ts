import { CHATLAYER, ChatlayerCoreClient, normalizeBaseUrl } from '@convoflow/client';
import { defineCredential } from '@convoflow/kit';

/** Addresses of the core API by region; none is known for South America. Chatlayer reference §10. */
export const CORE_HOSTS: Readonly<Record<string, string>> = {
	eu: 'https://api.chatlayer.ai',
	us: 'https://api.prod.us-east4.gcp.chatlayer.ai',
	apac: 'https://api.prod.asia-south1.gcp.chatlayer.ai',
};

/** The header that carries an access token of the core API, pasted with or without the word before it. */
export function bearer(token: string): { authorization: string } {
	return { authorization: `Bearer ${token.trim().replace(/^(bearer\s+)+/i, '')}` };
}

/**
 * Access token of the core API, sent as a Bearer token: seen in use, not in the source document (Chatlayer
 * reference §10).
 */
export const chatlayerCoreApi = defineCredential({
	name: 'chatlayerCoreApi',
	displayName: 'Chatlayer Core API',
	nodeRedType: 'chatlayer-core',
	documentationUrl: 'https://github.com/convoflow/convoflow/blob/main/docs/credentials.md#chatlayer-core-api',
	service: CHATLAYER,
	fields: {
		region: {
			kind: 'options',
			label: 'Region',
			description: 'Where the bots of the team live',
			options: [
				{ value: 'eu', label: 'Europe' },
				{ value: 'us', label: 'United States' },
				{ value: 'apac', label: 'Asia Pacific' },
				{ value: 'custom', label: 'Custom' },
			],
			default: 'eu',
		},
		baseUrl: {
			kind: 'string',
			label: 'Base URL',
			description: 'Address of the core API, with or without a slash at the end',
			placeholder: 'e.g. https://api.chatlayer.ai',
			required: true,
			showWhen: { region: ['custom'] },
		},
		accessToken: {
			kind: 'secret',
			label: 'Access Token',
			description: 'Access token of the core API; it is not the token pair of the Analytics API',
			required: true,
		},
	},
	sign: ({ accessToken }) => ({ headers: bearer(accessToken) }),
	baseUrl: ({ region, baseUrl }) =>
		normalizeBaseUrl(region === 'custom' ? (baseUrl ?? '') : (CORE_HOSTS[region] ?? ''), ['/v1']),
	test: { method: 'GET', path: '/v1/bots', answer: 'list', proof: 'id' },
	connect: (ports, _values, options) => new ChatlayerCoreClient(ports, options),
});
