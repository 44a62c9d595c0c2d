import { searchesOf } from '@convoflow/kit';
import type { INodeCredentialDescription } from 'n8n-workflow';
import { additionalFields, properties } from './field-property';
import { literal } from './literal';
import {
	credentialTest,
	listSearch,
	methodsMember,
	nodeIcons,
	sensitiveFields,
	testedByNodes,
} from './node-file';
import { MAIN } from './node-outputs';
import { nodeName, type TriggerPlan } from './packages';

function credentialDescriptions({ trigger, secretsWhen }: TriggerPlan): INodeCredentialDescription[] {
	const { credential, secrets } = trigger;
	const show = Object.fromEntries(
		Object.entries(secretsWhen ?? {}).map(([name, values]) => [name, [...values]]),
	);
	return [
		...(credential
			? [
					{
						name: credential,
						required: true,
						...(testedByNodes([credential]).length > 0 ? { testedBy: credential } : {}),
					},
				]
			: []),
		...(secrets ? [{ name: secrets, required: true, displayOptions: { show }, testedBy: secrets }] : []),
	];
}

/** Calls and probes come to one address; a probe asks with GET or HEAD. */
function webhooks(path: string, responseMode: string): object[] {
	return [
		// Without responseData n8n would answer with the word that is its default, not with the node's own answer.
		{ name: 'default', httpMethod: 'POST', responseMode, responseData: '', path },
		{ name: 'setup', httpMethod: 'GET', responseMode: 'onReceived', path, ndvHideUrl: true },
		{ name: 'setup', httpMethod: 'HEAD', responseMode: 'onReceived', path, ndvHideUrl: true },
	];
}

/** What is particular to a way of running: the addresses, and what stands below the node's name. */
const BY_ADAPTER: Readonly<Record<TriggerPlan['adapter'], object>> = {
	webhook: { subtitle: '={{$parameter["events"].join(", ")}}', webhooks: webhooks('webhook', 'onReceived') },
	poll: { polling: true },
	subscription: {
		subtitle: '={{$parameter["events"].join(", ")}}',
		webhooks: webhooks('events', 'onReceived'),
	},
	stream: { subtitle: '={{$parameter["events"].join(", ")}}' },
	call: { subtitle: '={{$parameter["verification"]}}', webhooks: webhooks('webhook', 'onReceived') },
	action: {
		subtitle: '={{$parameter["answer"] === "atOnce" ? "answers at once" : "with a reply"}}',
		webhooks: webhooks('action', '={{$parameter["answer"] === "atOnce" ? "onReceived" : "responseNode"}}'),
	},
};

/** What a poll looks for, or whose events it asks for. */
function pollSubtitle({ trigger }: TriggerPlan): string {
	return Object.hasOwn(trigger.fields, 'events')
		? '={{$parameter["events"].join(", ")}}'
		: '={{$parameter["eventNames"] || "every event"}}';
}

function descriptionOf(plan: TriggerPlan, icon: string): string {
	const { trigger, notice } = plan;
	return literal({
		displayName: trigger.displayName,
		name: nodeName(plan.className),
		icon: nodeIcons(icon),
		group: ['trigger'],
		version: 1,
		description: trigger.description,
		defaults: { name: trigger.displayName },
		inputs: [],
		outputs: MAIN,
		credentials: credentialDescriptions(plan),
		...BY_ADAPTER[plan.adapter],
		...(plan.adapter === 'poll' ? { subtitle: pollSubtitle(plan) } : {}),
		...sensitiveFields([trigger]),
		properties: [
			...(notice ? [{ displayName: notice, name: 'notice', type: 'notice', default: '' }] : []),
			...properties(trigger.fields),
			...additionalFields(trigger.optional),
		],
	});
}

/** The functions of the host that a webhook trigger calls. */
const HOST_CALLS = {
	webhook: { check: 'checkWebhookSettings', receive: 'receiveCall' },
	action: { check: 'checkActionSettings', receive: 'receiveAction' },
	call: { check: 'checkCallSettings', receive: 'receiveFlowXoCall' },
} as const;

function webhookFile(plan: TriggerPlan, icon: string): string {
	const secrets = plan.trigger.secrets ?? plan.trigger.credential;
	if (!secrets)
		throw new TypeError(`${plan.className}: a webhook trigger needs something to check calls with`);
	const { check, receive } = HOST_CALLS[plan.adapter as keyof typeof HOST_CALLS];
	return `import type {
	ICredentialsDecrypted, ICredentialTestFunctions, IHookFunctions, INodeCredentialTestResult, INodeType,
	INodeTypeDescription, IWebhookFunctions, IWebhookResponseData,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { ${secrets} } from '@convoflow/credentials';
import { ${check}, ${receive}, testSecrets } from '@convoflow/n8n-host';

export class ${plan.className} implements INodeType {
	description: INodeTypeDescription = ${descriptionOf(plan, icon)};

	methods = {
		credentialTest: {
			${credentialTest(secrets)},
		},
	};

	// The address is pasted into the dashboard of the service by hand, so n8n has nothing to register.
	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				return await ${check}(this);
			},
			async create(this: IHookFunctions): Promise<boolean> {
				this.logger.debug('The webhook is registered in the dashboard of the service');
				return true;
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				this.logger.debug('The webhook stays registered in the dashboard of the service');
				return true;
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await ${receive}(this);
	}
}
`;
}

/** The parts of a class that fill the lists of its resource locators; all empty where it has none. */
function searching({ trigger, service, className }: TriggerPlan): {
	types: string;
	call: string;
	methods: string;
} {
	const { credential, fields, optional } = trigger;
	const searches = searchesOf({ ...fields, ...optional });
	if (searches.length === 0) return { types: '', call: '', methods: '' };
	if (!credential || !service) throw new TypeError(`${className}: a list needs a credential and a service`);
	return {
		types: 'ILoadOptionsFunctions, INodeListSearchResult, ',
		call: 'searchList',
		methods: methodsMember({ listSearch: searches.map((one) => listSearch(one, service, [credential])) }),
	};
}

/** The trigger enters its address with the service and takes it out again. */
function subscriptionFile(plan: TriggerPlan, icon: string): string {
	const { types, call, methods } = searching(plan);
	const { credential = '', service = '' } = { ...plan.trigger, ...plan };
	return `import type {
	${types}IHookFunctions, INodeType, INodeTypeDescription, IWebhookFunctions, IWebhookResponseData,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
${call && `import { ${credential} } from '@convoflow/credentials';`}
import { createSubscriptions, deleteSubscriptions, findSubscriptions, receivePush${call && `, ${call}`} } from '@convoflow/n8n-host';
${call && `import { ${service} } from '@convoflow/nodes';`}

export class ${plan.className} implements INodeType {
	description: INodeTypeDescription = ${descriptionOf(plan, icon)};
${methods}
	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				return await findSubscriptions(this);
			},
			async create(this: IHookFunctions): Promise<boolean> {
				return await createSubscriptions(this);
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				return await deleteSubscriptions(this);
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receivePush(this);
	}
}
`;
}

function streamFile(plan: TriggerPlan, icon: string): string {
	return `import type { INodeType, INodeTypeDescription, ITriggerFunctions, ITriggerResponse } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { listenToStream } from '@convoflow/n8n-host';

export class ${plan.className} implements INodeType {
	description: INodeTypeDescription = ${descriptionOf(plan, icon)};

	async trigger(this: ITriggerFunctions): Promise<ITriggerResponse> {
		return await listenToStream(this);
	}
}
`;
}

function pollFile(plan: TriggerPlan, icon: string): string {
	const { credential } = plan.trigger;
	if (!credential || !plan.export)
		throw new TypeError(`${plan.className}: a poll needs credential and export`);
	const { types, call, methods } = searching(plan);
	const definitions = [...(call && plan.service ? [plan.service] : []), plan.export];
	return `import type { ${types}INodeExecutionData, INodeType, INodeTypeDescription, IPollFunctions } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { ${credential} } from '@convoflow/credentials';
import { pollForEvents${call && `, ${call}`} } from '@convoflow/n8n-host';
import { ${definitions.join(', ')} } from '@convoflow/nodes';

export class ${plan.className} implements INodeType {
	description: INodeTypeDescription = ${descriptionOf(plan, icon)};
${methods}
	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await pollForEvents(this, ${plan.export}, ${credential});
	}
}
`;
}

const FILES = {
	webhook: webhookFile,
	action: webhookFile,
	call: webhookFile,
	subscription: subscriptionFile,
	stream: streamFile,
	poll: pollFile,
} as const;

/** The source of a trigger node's class. */
export function triggerFile(plan: TriggerPlan, icon: string): string {
	return FILES[plan.adapter](plan, icon);
}
