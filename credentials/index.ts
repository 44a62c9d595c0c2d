import { chatlayerApi } from './chatlayer-api';
import { chatlayerCoreApi } from './chatlayer-core-api';
import { flowAiActionApi } from './flow-ai-action-api';
import { flowAiApi } from './flow-ai-api';
import { flowAiManagementApi } from './flow-ai-management-api';
import { flowAiSocketApi } from './flow-ai-socket-api';
import { flowAiWebhookApi } from './flow-ai-webhook-api';
import { flowXoApi } from './flow-xo-api';
import { flowXoFlowApi } from './flow-xo-flow-api';
import { flowXoWebhookApi } from './flow-xo-webhook-api';

/** Every credential that reaches a service. */
export const credentials = [
	flowAiApi,
	flowAiActionApi,
	flowAiManagementApi,
	flowAiSocketApi,
	flowXoApi,
	flowXoFlowApi,
	chatlayerApi,
	chatlayerCoreApi,
] as const;
/** Every set of secrets that calls are checked with. */
export const secretSets = [flowAiWebhookApi, flowXoWebhookApi] as const;
export {
	chatlayerApi,
	chatlayerCoreApi,
	flowAiActionApi,
	flowAiApi,
	flowAiManagementApi,
	flowAiSocketApi,
	flowAiWebhookApi,
	flowXoApi,
	flowXoFlowApi,
	flowXoWebhookApi,
};
