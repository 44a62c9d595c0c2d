import { CHATLAYER, ChatlayerClient, ChatlayerCoreClient, normalizeBaseUrl } from '@convoflow/client';
import { defineCredential } from '@convoflow/kit';
import { bearer, CORE_HOSTS } from './chatlayer-core-api';

// Chatlayer reference §1.
const HOSTS: Readonly<Record<string, string>> = {
	eu: 'https://analytics.api.chatlayer.ai',
	us: 'https://analytics.api.prod.us-east4.gcp.chatlayer.ai',
	apac: 'https://analytics.api.prod.asia-south1.gcp.chatlayer.ai',
	sa: 'https://analytics.api.prod.sa-east1.gcp.chatlayer.ai',
};

/** What is needed for the list of bots, which is not in the Analytics API. */
interface CoreValues {
	readonly region: string;
	readonly coreToken?: string;
	readonly coreBaseUrl?: string;
}

/** Address of the core API, where there is a token for it. */
function coreAddress({ region, coreToken, coreBaseUrl }: CoreValues): string | undefined {
	if (!coreToken) return undefined;
	const field = { name: 'coreBaseUrl', label: 'Core API Base URL' };
	return normalizeBaseUrl(coreBaseUrl ?? CORE_HOSTS[region] ?? '', ['/v1'], field);
}

/** Access token of the Analytics API, sent as Basic authentication. Chatlayer reference §2. */
export const chatlayerApi = defineCredential({
	name: 'chatlayerApi',
	displayName: 'Chatlayer Analytics API',
	nodeRedType: 'chatlayer-api',
	documentationUrl:
		'https://github.com/convoflow/convoflow/blob/main/docs/credentials.md#chatlayer-analytics-api',
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
				{ value: 'sa', label: 'South America' },
				{ value: 'custom', label: 'Custom' },
			],
			default: 'eu',
		},
		baseUrl: {
			kind: 'string',
			label: 'Base URL',
			description: 'Address of the Analytics API, with or without a slash at the end',
			placeholder: 'e.g. https://analytics.api.chatlayer.ai',
			required: true,
			showWhen: { region: ['custom'] },
		},
		// A whole pair may be pasted here, so it is kept like a secret.
		tokenId: {
			kind: 'secret',
			label: 'Token ID',
			description: 'ID of the access token from Settings, API Access; a pasted ID:secret pair is taken apart',
			required: true,
		},
		tokenSecret: {
			kind: 'secret',
			label: 'Token Secret',
			description: 'Secret of the access token; may stay empty when the ID field holds the whole pair',
		},
		coreToken: {
			kind: 'secret',
			label: 'Core API Token',
			description: 'Access token of the core API, with which bots can be chosen from a list; may stay empty',
		},
		coreBaseUrl: {
			kind: 'string',
			label: 'Core API Base URL',
			description: 'Address of the core API, where there is a token for it',
			placeholder: 'e.g. https://api.chatlayer.ai',
			showWhen: { region: ['custom', 'sa'] },
		},
	},
	sign: ({ tokenId, tokenSecret }) => {
		const [id = '', ...rest] = tokenId.trim().split(':');
		// The secret that came with the ID counts where none stands in its own field.
		const secret = (tokenSecret ?? '').trim() || rest.join(':');
		const bytes = new TextEncoder().encode(`${id.trim()}:${secret.trim()}`);
		return {
			headers: {
				authorization: `Basic ${btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))}`,
			},
		};
	},
	baseUrl: ({ region, baseUrl }) =>
		normalizeBaseUrl(region === 'custom' ? (baseUrl ?? '') : (HOSTS[region] ?? ''), ['/v1']),
	test: { method: 'POST', path: '/v1/echo', body: { message: 'ping' }, proof: 'message' },
	secondApi: (values) => {
		const baseUrl = coreAddress(values);
		return baseUrl === undefined
			? undefined
			: { baseUrl, signature: { headers: bearer(values.coreToken ?? '') } };
	},
	connect: (ports, values, options) => {
		const baseUrl = coreAddress(values);
		const core = baseUrl === undefined ? undefined : new ChatlayerCoreClient(ports, { ...options, baseUrl });
		return new ChatlayerClient(ports, options, core);
	},
});
