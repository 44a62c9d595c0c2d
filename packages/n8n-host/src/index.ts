export { signRequest, testSecrets } from './credential';
export { executeService } from './execute';
export { openCallOf } from './open-call';
export { searchList } from './search-list';
export { checkActionSettings, receiveAction } from './triggers/action-trigger';
export { checkCallSettings, receiveFlowXoCall } from './triggers/call-trigger';
export { pollForEvents } from './triggers/poll-trigger';
export { listenToStream } from './triggers/stream-trigger';
export { checkWebhookSettings, receiveCall } from './triggers/webhook-trigger';
