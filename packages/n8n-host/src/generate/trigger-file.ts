import type { INodeCredentialDescription } from 'n8n-workflow';
import { additionalFields, properties } from './field-property';
import { literal } from './literal';
import { MAIN, nodeIcons } from './node-file';
import { nodeName, type TriggerPlan } from './packages';

function credentialDescriptions({ trigger, secretsWhen }: TriggerPlan): INodeCredentialDescription[] {
	const { credential, secrets } = trigger;
	const show = Object.fromEntries(
		Object.entries(secretsWhen ?? {}).map(([name, values]) => [name, [...values]]),
	);
	return [
		...(credential ? [{ name: credential, required: true }] : []),
		...(secrets ? [{ name: secrets, required: true, displayOptions: { show }, testedBy: secrets }] : []),
	];
}

/** Calls and probes come to one address; a probe asks with GET or HEAD. */
const WEBHOOKS = [
	{ name: 'default', httpMethod: 'POST', responseMode: 'onReceived', path: 'webhook' },
	{ name: 'setup', httpMethod: 'GET', responseMode: 'onReceived', path: 'webhook', ndvHideUrl: true },
	{ name: 'setup', httpMethod: 'HEAD', responseMode: 'onReceived', path: 'webhook', ndvHideUrl: true },
];

function descriptionOf(plan: TriggerPlan, icon: string): string {
	const { trigger, notice } = plan;
	return literal({
		displayName: trigger.displayName,
		name: nodeName(plan.className),
		icon: nodeIcons(icon),
		group: ['trigger'],
		version: 1,
		subtitle: '={{$parameter["events"].join(", ")}}',
		description: trigger.description,
		defaults: { name: trigger.displayName },
		inputs: [],
		outputs: MAIN,
		credentials: credentialDescriptions(plan),
		...(plan.adapter === 'webhook' ? { webhooks: WEBHOOKS } : {}),
		...(plan.adapter === 'poll' ? { polling: true } : {}),
		properties: [
			...(notice ? [{ displayName: notice, name: 'notice', type: 'notice', default: '' }] : []),
			...properties(trigger.fields),
			...additionalFields(trigger.optional),
		],
	});
}

function webhookFile(plan: TriggerPlan, icon: string): string {
	const { secrets } = plan.trigger;
	if (!secrets) throw new TypeError(`${plan.className}: a webhook trigger needs a set of secrets`);
	return `import type {
	ICredentialsDecrypted, ICredentialTestFunctions, IHookFunctions, INodeCredentialTestResult, INodeType,
	INodeTypeDescription, IWebhookFunctions, IWebhookResponseData,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { ${secrets} } from '@convoflow/credentials';
import { checkWebhookSettings, receiveCall, testSecrets } from '@convoflow/n8n-host';

export class ${plan.className} implements INodeType {
	description: INodeTypeDescription = ${descriptionOf(plan, icon)};

	methods = {
		credentialTest: {
			async ${secrets}(
				this: ICredentialTestFunctions,
				credential: ICredentialsDecrypted,
			): Promise<INodeCredentialTestResult> {
				return testSecrets(${secrets}, credential.data);
			},
		},
	};

	// The address is pasted into the dashboard of the service by hand, so n8n has nothing to register.
	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				return await checkWebhookSettings(this);
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
		return await receiveCall(this);
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
	return `import type { INodeExecutionData, INodeType, INodeTypeDescription, IPollFunctions } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { ${credential} } from '@convoflow/credentials';
import { pollForEvents } from '@convoflow/n8n-host';
import { ${plan.export} } from '@convoflow/nodes';

export class ${plan.className} implements INodeType {
	description: INodeTypeDescription = ${descriptionOf(plan, icon)};

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await pollForEvents(this, ${plan.export}, ${credential});
	}
}
`;
}

const FILES = { webhook: webhookFile, stream: streamFile, poll: pollFile } as const;

/** The source of a trigger node's class. */
export function triggerFile(plan: TriggerPlan, icon: string): string {
	return FILES[plan.adapter](plan, icon);
}
