import {
	actionTrigger,
	chatlayer,
	chatlayerPollTrigger,
	chatlayerTrigger,
	flowAi,
	flowXo,
	flowXoTrigger,
	flowXoWebhookTrigger,
	streamTrigger,
	webhookTrigger,
} from '@convoflow/nodes';
import type { Service, ShowWhen, Trigger } from '@convoflow/kit';

/** A trigger node of a package. */
export interface TriggerPlan {
	readonly trigger: Trigger;
	/** Class, file and folder; ends in `Trigger`. */
	readonly className: string;
	/** How n8n runs it; each way has an adapter. */
	readonly adapter: 'webhook' | 'stream' | 'poll' | 'action' | 'call' | 'subscription';
	/** Name under which `@convoflow/nodes` exports the trigger, where the class needs it. */
	readonly export?: string;
	/** Name under which `@convoflow/nodes` exports the service, where a field is picked from a list. */
	readonly service?: string;
	/** When its set of secrets is needed. */
	readonly secretsWhen?: ShowWhen;
	/** Shown on top of the form. */
	readonly notice?: string;
}

/** What is n8n's own about a package; the rest comes from the definitions. */
export interface PackagePlan {
	/** Name on npm and folder below `packages/` that holds manifest, README and icons. */
	readonly name: string;
	readonly service: Service;
	/** Name under which `@convoflow/nodes` exports the service. */
	readonly export: string;
	/** Class, file and folder of the action node. */
	readonly className: string;
	/** File name of the icon without `.svg` and `.dark.svg`. */
	readonly icon: string;
	readonly triggers: readonly TriggerPlan[];
	/** Function of the host that finds the call which an operation answers, where the service calls at all. */
	readonly openCall?: 'openCallOf';
}

const WEBHOOK_NOTICE =
	'Copy the production URL and paste it into the REST API integration of your Flow.ai project. ' +
	'A project has one URL: the test URL takes its place until you paste the production URL again. ' +
	'An event that comes twice starts one run; with several webhook processes, add a Remove Duplicates node by eventKey.';

const ACTION_NOTICE =
	'Copy the production URL and paste it into the webhook action of a step in your Flow.ai flow. ' +
	'Flow.ai waits a few seconds only: reply within 8 seconds with the operation Reply of the Flow.ai node, or let this node answer at once and use Reply Later.';

/** The body's `id` by its other name: n8n's linter would have it in capitals. */
const CALL_MEMBERS = flowXoWebhookTrigger.address.members.map((one) => (one === 'id' ? 'message_id' : one));

const CALL_NOTICE =
	'Copy the production URL into an HTTP action of your Flow XO flow: method POST, a JSON body, and the secret in a header. ' +
	`Suggested members of the body: ${CALL_MEMBERS.join(', ')}.`;

const SUBSCRIPTION_NOTICE =
	'Publishing the workflow subscribes its production URL with Chatlayer, and unpublishing ends that: there is nothing to paste. ' +
	'Chatlayer must reach the URL from the internet over HTTPS; where it cannot, use the Chatlayer Polling Trigger.';

/** Every package, one a service, as n8n asks for. */
export const PACKAGES: readonly PackagePlan[] = [
	{
		name: 'n8n-nodes-flowai',
		service: flowAi,
		export: 'flowAi',
		className: 'FlowAi',
		icon: 'flowai',
		openCall: 'openCallOf',
		triggers: [
			{
				trigger: webhookTrigger,
				className: 'FlowAiTrigger',
				adapter: 'webhook',
				secretsWhen: { verification: ['jwt', 'token'] },
				notice: WEBHOOK_NOTICE,
			},
			{ trigger: streamTrigger, className: 'FlowAiStreamTrigger', adapter: 'stream' },
			{
				trigger: actionTrigger,
				className: 'FlowAiActionTrigger',
				adapter: 'action',
				notice: ACTION_NOTICE,
			},
		],
	},
	{
		name: 'n8n-nodes-flowxo',
		service: flowXo,
		export: 'flowXo',
		className: 'FlowXo',
		icon: 'flowxo',
		triggers: [
			{
				trigger: flowXoTrigger,
				className: 'FlowXoTrigger',
				adapter: 'poll',
				export: 'flowXoTrigger',
			},
			{
				trigger: flowXoWebhookTrigger,
				className: 'FlowXoWebhookTrigger',
				adapter: 'call',
				secretsWhen: { verification: ['token'] },
				notice: CALL_NOTICE,
			},
		],
	},
	{
		name: 'n8n-nodes-chatlayer',
		service: chatlayer,
		export: 'chatlayer',
		className: 'Chatlayer',
		icon: 'chatlayer',
		triggers: [
			{
				trigger: chatlayerTrigger,
				className: 'ChatlayerTrigger',
				adapter: 'subscription',
				service: 'chatlayer',
				notice: SUBSCRIPTION_NOTICE,
			},
			{
				trigger: chatlayerPollTrigger,
				className: 'ChatlayerPollingTrigger',
				adapter: 'poll',
				export: 'chatlayerPollTrigger',
				service: 'chatlayer',
			},
		],
	},
];

/** Name of a node or credential class inside n8n: the class with a small first letter. */
export function nodeName(className: string): string {
	return className.charAt(0).toLowerCase() + className.slice(1);
}

/** Class of a credential: its name with a capital first letter. */
export function className(name: string): string {
	return name.charAt(0).toUpperCase() + name.slice(1);
}
