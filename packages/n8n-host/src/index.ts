export { signRequest, testSecrets } from './credential';
export { executeService } from './execute';
export { searchList } from './search-list';
export { pollForEvents } from './triggers/poll-trigger';
export { listenToStream } from './triggers/stream-trigger';
export { checkWebhookSettings, receiveCall } from './triggers/webhook-trigger';
