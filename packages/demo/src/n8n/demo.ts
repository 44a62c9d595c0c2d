import type { Sandbox } from '@convoflow/sandbox';
import { randomUUID } from 'node:crypto';
import type { N8nApi } from './api';
import type { N8nServer } from './server';
import { CREDENTIAL_NAMES, demoWorkflows, type CredentialIds } from './workflows';

/** Stores a credential for each service, all leading to the sandbox; a wrong key of Flow.ai may be put in. */
export async function importCredentials(
	api: N8nApi,
	sandbox: Sandbox,
	flowAiKey?: string,
): Promise<CredentialIds> {
	const { baseUrls, keys } = sandbox;
	const data: Readonly<Record<keyof CredentialIds, Readonly<Record<string, string>>>> = {
		flowAiApi: { apiKey: flowAiKey ?? keys.flowAiRest, scheme: 'bearer', baseUrl: baseUrls.flowAi },
		flowAiSocketApi: { clientId: keys.flowAiClientId, baseUrl: baseUrls.flowAiSocket },
		flowXoApi: { apiKey: keys.flowXo, baseUrl: baseUrls.flowXo },
		chatlayerApi: {
			region: 'custom',
			baseUrl: baseUrls.chatlayer,
			tokenId: keys.chatlayerTokenId,
			tokenSecret: keys.chatlayerTokenSecret,
			coreToken: keys.chatlayerCore,
			coreBaseUrl: baseUrls.chatlayerCore,
		},
	};
	const ids = Object.entries(data).map(async ([type, values]) => [
		type,
		await api.createCredential(type, CREDENTIAL_NAMES[type as keyof CredentialIds], values),
	]);
	return Object.fromEntries(await Promise.all(ids)) as CredentialIds;
}

/** The demo's workflows by name, as n8n numbered them. */
export type WorkflowIds = Readonly<Record<keyof ReturnType<typeof demoWorkflows>, string>>;

/** Imports workflows, activates the one that reacts, and points the sandbox's webhook at it. */
export async function importDemo(
	server: N8nServer,
	sandbox: Sandbox,
	credentials: CredentialIds,
): Promise<WorkflowIds> {
	const { api } = server;
	const webhookId = randomUUID();
	const workflows = demoWorkflows(credentials, webhookId);
	const ids: Partial<Record<keyof WorkflowIds, string>> = {};
	for (const name of Object.keys(workflows) as Array<keyof WorkflowIds>) {
		ids[name] = await api.createWorkflow(workflows[name]);
	}
	const all = ids as WorkflowIds;
	await api.activate(all.react);
	sandbox.setWebhook({ url: `${server.url}/webhook/${webhookId}/webhook` });
	return all;
}
