import type { Sandbox } from '@convoflow/sandbox';
import { VERIFY_TOKEN } from '../../support/action-calls';
import type { Settings } from './call-node';

/** Settings that lead to a sandbox, by the property that names them in a node. */
export function sandboxSettings({ keys, baseUrls }: Sandbox): Record<string, Settings> {
	return {
		flowAiApi: {
			type: 'flowai-api',
			config: { baseUrl: baseUrls.flowAi },
			credentials: { apiKey: keys.flowAiRest },
		},
		flowAiActionApi: {
			type: 'flowai-action-api',
			config: { baseUrl: baseUrls.flowAi },
			credentials: { verifyToken: VERIFY_TOKEN },
		},
		flowAiManagementApi: {
			type: 'flowai-management',
			config: { projectId: 'pr-1', baseUrl: baseUrls.flowAi },
			credentials: { apiKey: keys.flowAiManagement },
		},
		flowAiSocketApi: {
			type: 'flowai-socket',
			config: { baseUrl: baseUrls.flowAiSocket },
			credentials: { clientId: keys.flowAiClientId },
		},
		flowXoApi: {
			type: 'flowxo-api',
			config: { baseUrl: baseUrls.flowXo },
			credentials: { apiKey: keys.flowXo },
		},
		flowXoFlowApi: {
			type: 'flowxo-flow-webhook',
			credentials: { secretUrl: new URL('/flowxo/hooks/a/sandbox1', baseUrls.flowXo).href },
		},
		chatlayerApi: {
			type: 'chatlayer-api',
			config: { region: 'custom', baseUrl: baseUrls.chatlayer, coreBaseUrl: baseUrls.chatlayerCore },
			credentials: {
				tokenId: keys.chatlayerTokenId,
				tokenSecret: keys.chatlayerTokenSecret,
				coreToken: keys.chatlayerCore,
			},
		},
		chatlayerCoreApi: {
			type: 'chatlayer-core',
			config: { region: 'custom', baseUrl: baseUrls.chatlayerCore },
			credentials: { accessToken: keys.chatlayerCore },
		},
	};
}

/** One of them, as `callNode` wants it; none for a node that needs no credential. */
export function only(
	settings: Readonly<Record<string, Settings>>,
	property: string | undefined,
): Record<string, Settings> {
	if (property === undefined) return {};
	const one = settings[property];
	if (!one) throw new Error(`no settings for ${property}`);
	return { [property]: one };
}
