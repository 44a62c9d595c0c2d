import { chatlayer } from './chatlayer';
import { flowAi } from './flowai';
import { flowXo } from './flowxo';

/** Every service of the project. */
export const services = [flowAi, flowXo, chatlayer] as const;
export { chatlayer, flowAi, flowXo };
export { chatlayerPollTrigger } from './chatlayer/triggers/poll';
export { pushSettings, type PushSettings } from './chatlayer/triggers/push-settings';
export { chatlayerTrigger } from './chatlayer/triggers/subscription';
export { actionTrigger } from './flowai/triggers/action';
export { listedThreads, streamTrigger } from './flowai/triggers/stream';
export { webhookTrigger } from './flowai/triggers/webhook';
export { flowXoTrigger } from './flowxo/triggers/poll';
export { flowXoWebhookTrigger } from './flowxo/triggers/webhook';
