export * from './errors';
export * from './ports';
export * from './json';
export { baseName, chunksOf, sizeInWords, sizeOf, type FileContent } from './file';
export { type OpenCall } from './open-call';
export { FifoQueue } from './fifo-queue';
export { fingerprint } from './fingerprint';
export { RecentKeys, type RecentKeysOptions } from './recent-keys';
export { ApiCalls, checkedPath, type ApiAnswer, type ApiRequest } from './http/api-calls';
export { classifyFailure, type Failure, type FailureKind } from './http/classify';
export { DEFAULT_TIMEOUT_MS, HttpClient, type Call, type HttpClientOptions } from './http/http-client';
export { Pace } from './http/pace';
export { DEFAULT_RETRY, decideRetry, readRetryAfter, type Effect, type RetryPolicy } from './http/retry';
export { encodeMultipart, type Part } from './http/multipart';
export { MAX_ANSWER, readAnswer, type AnswerBody } from './http/read-answer';
export { distrust, isPrivateHost, type TrustRules } from './http/trusted-url';
export { Traffic } from './http/traffic';
export { buildUrl, normalizeBaseUrl, pathPart, percentEncode, type Query } from './http/url';
export { backwardPages } from './paging/backward-pages';
export { numberedPages } from './paging/numbered-pages';
export { offsetPages } from './paging/offset-pages';
export type { PageIterator } from './paging/page-iterator';
export { tokenPages } from './paging/token-pages';
export { CHATLAYER, ChatlayerClient } from './chatlayer/client';
export { bucketMs, cutRange } from './chatlayer/buckets';
export { ChatlayerCoreClient } from './chatlayer/core-client';
export { joinSeries } from './chatlayer/join-series';
export { readSeries, regroupSeries, timeOfX } from './chatlayer/series';
export { summaryRows, tableRows, tidyRows } from './chatlayer/series-rows';
export { eventKeyOf, exampleEvents, pollEvents, type EventPoll } from './chatlayer/poll-events';
export type { ChallengeForm, PushCall } from './chatlayer/push/push-call';
export { pushSecrets } from './chatlayer/push/push-secrets';
export { PUSH_EVENTS, trackedFields, type PushEvent } from './chatlayer/push/read-push';
export {
	isSubscribed,
	readKept,
	subscribe,
	unsubscribe,
	type KeptSubscriptions,
	type WantedSubscriptions,
} from './chatlayer/push/subscriber';
export { takePush, type TakenPush } from './chatlayer/push/take-push';
export {
	INFERRED_SIGNATURE,
	verifyPush,
	type PushSecrets,
	type PushVerification,
} from './chatlayer/push/verify-push';
export type * from './chatlayer/types';
export { FLOW_AI, FlowAiClient } from './flowai/client';
export { FlowAiManagementClient } from './flowai/management-client';
export { attachments, messageRow, messageRows, messageText, quickReplies } from './flowai/responses';
export type * from './flowai/types';
export { parseActionCall, verifyActionCall, type ActionVerdict } from './flowai/action/call';
export { FlowAiActionClient, type ActionOptions } from './flowai/action/client';
export {
	callAnswered,
	callAnsweredAtOnce,
	callClosed,
	noCall,
	noReply,
	REPLY_WITHIN_MS,
	slowReply,
	TOO_SLOW,
} from './flowai/action/call-errors';
export { type ActionReply } from './flowai/action/reply';
export { EVENT_KINDS, identifyEvent, type EventKind } from './flowai/webhook/events';
export { filterEvent, PausedThreads, type EventFilter, type ThreadPause } from './flowai/webhook/filter';
export { parseEvent, type ParsedEvent } from './flowai/webhook/parse';
export {
	verifierOf,
	verifyCall,
	type CallToVerify,
	type Verdict,
	type Verification,
	type Verifier,
} from './webhook/verify';
export { DEFAULT_LIMITS, type ConnectionLimits } from './flowai/stream/connection';
export { backOffMs, describeEnding, nextStep, type Ending } from './flowai/stream/endings';
export { STREAM_KINDS, readFrame, type StreamFrame, type StreamKind } from './flowai/stream/frames';
export { readPosition, type StreamPosition } from './flowai/stream/position';
export { FlowAiStream, type StreamOptions, type StreamStatus } from './flowai/stream/session';
export type { AskOptions, Reply } from './flowai/stream/ask';
export type { TraceId } from './flowai/stream/deliveries';
export type { SendMessageOptions, ThreadListener, WaitOptions } from './flowai/stream/shared-thread';
export { socketPayload, type SocketAttachment, type SocketMessage } from './flowai/stream/socket-message';
export { FlowAiSocketClient, type SocketClientOptions } from './flowai/stream/socket-client';
export { uploadedUrl, type SocketUpload } from './flowai/stream/upload';
export {
	ThreadConnections,
	type ThreadConnectionsOptions,
	type ThreadLease,
} from './flowai/stream/thread-connections';
export { FlowXoClient } from './flowxo/client';
export { rawConversationId } from './flowxo/conversation-id';
export { FlowXoFlowClient } from './flowxo/flow-client';
export { activityMs } from './flowxo/messages';
export { FLOW_XO } from './flowxo/rest-calls';
export type {
	FlowXoConversation,
	InsightsQuery,
	ListConversations,
	ListOptions,
	OutgoingMessage,
} from './flowxo/types';
export { readCursor as readFlowXoCursor, type FlowXoCursor } from './flowxo/poll/cursor';
export { exampleFlowXoEvents } from './flowxo/poll/examples';
export {
	FLOW_XO_EVENTS,
	type FlowXoEvent,
	type FlowXoEventKind,
	type FlowXoPollOptions,
} from './flowxo/poll/options';
export { parseFlowXoCall } from './flowxo/webhook';
export { pollFlowXo, type FlowXoPoll } from './flowxo/poll/poll';
export { pollRange, readWindow, type PollRange, type PollRangeOptions } from './poll/poll-range';
export { SeenWindow, type WindowState } from './poll/seen-window';
export { walkList, type ListWalk, type WalkOptions } from './poll/walk-list';
