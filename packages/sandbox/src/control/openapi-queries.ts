const REST = '/flowai/rest/v1';
const BOT = '/chatlayer/v1/bots/:bot_id';
const TEAM = '/chatlayer/v1/teams/:team_id';
const STD = 'version* start_time* end_time* channel_type language';

/** Query parameters of the operations that have some; `*` marks required ones. */
export const QUERIES: Record<string, string> = {
	[`POST ${REST}/messages/:threadId`]: 'sync writeConcern',
	[`GET ${REST}/messages/:threadId`]: 'sync page event',
	[`GET ${REST}/businesshours`]: 'sync',
	[`GET ${REST}/pause/:threadId`]: 'sync',
	[`GET ${REST}/threads`]: 'page sync',
	[`GET ${REST}/trigger/event`]: 'sync',
	[`POST ${REST}/trigger/event/:threadId`]: 'eventName*',
	[`GET ${REST}/broadcast/segments`]: 'sync',
	'GET /flowai/v1/projects/:projectId/flows': 'limit skip',
	'GET /flowai/socket.info': 'clientId sessionId threadId',
	'GET /flowai/thread.history': 'clientId threadId',
	'GET /flowai/thread.unnoticed': 'clientId threadId',
	'GET /flowxo/api/conversations': 'skip limit start end',
	'GET /flowxo/api/conversations/:id/messages': 'skip limit',
	'GET /flowxo/api/insights': 'offset start end unit',
	'GET /flowxo/api/interactions': 'status workflow page start end limit',
	[`GET ${BOT}/conversations`]: `${STD} bucket group_by`,
	[`GET ${BOT}/conversations/insights`]: `${STD} stat*`,
	[`GET ${BOT}/conversations/:conversation_id/flow`]: 'version* start_time* end_time* message_id',
	[`GET ${TEAM}/conversations`]: 'start_time* end_time* bucket* group_by',
	[`GET ${BOT}/messages`]: `${STD} bucket`,
	[`GET ${BOT}/users`]: `${STD} bucket`,
	[`GET ${BOT}/users/activity`]: STD,
	[`GET ${BOT}/intents`]: `${STD} bucket after before first last`,
	[`GET ${BOT}/intents/insights`]: `${STD} bucket`,
	[`GET ${TEAM}/voice_minutes`]: 'start_time* end_time* language bucket',
	[`GET ${BOT}/knowledge_base`]: `${STD} bucket`,
	[`GET ${BOT}/knowledge_base/tags`]: STD,
	[`GET ${TEAM}/knowledge_base`]: 'start_time* end_time* bucket* channel_type language',
	[`GET ${BOT}/flows`]: `${STD} path`,
	[`GET ${BOT}/flows/:step_id`]: STD,
	[`GET ${BOT}/flows/:step_id/edges`]: `${STD} type*`,
	[`GET ${BOT}/events/stream`]:
		'version* start_time* end_time* page_size page_token event conversation_id user_id campaign_id',
	[`GET ${BOT}/events/definitions`]: 'page_token page_size team_id',
	[`GET ${TEAM}/events`]: 'start_time* end_time* user_id page_size page_token',
	[`GET ${TEAM}/events/definitions`]: 'bot_id page_token page_size',
	[`GET ${BOT}/subscriptions`]: 'page_token page_size',
	'GET /chatlayer/v1/apps/:app_id/logs/stream': 'start_time* end_time* query page_size page_token',
	'GET /chatlayer-core/v1/bots/:bot/conversations': 'version page limit',
	'GET /chatlayer-core/v1/bots/:bot/conversations/:session/messages': 'version limit',
};
