import type { JsonObject } from '@convoflow/client';
import type { Wire } from '../contract/recorder';

const TIMES = 'start_time=2026-03-01T00%3A00%3A00.000Z&end_time=2026-03-08T00%3A00%3A00.000Z';

/** A week, as the form has it. */
export const WEEK = { period: 'custom', startTime: '2026-03-01', endTime: '2026-03-08' };
/** The bot by its address in the app, and filters as they are typed. Chatlayer reference §3. */
export const OF_BOT = { botId: 'https://app.chatlayer.ai/bots/k3v9x2ab/dashboard', ...WEEK };
export const FILTERED = { ...OF_BOT, channelTypes: 'web, sms', languages: 'en' };
/** What these are on the wire: several values joined by a comma. Chatlayer reference §3, sending several values. */
export const BOT = '/v1/bots/k3v9x2ab';
export const RANGE = TIMES;
export const VERSIONED = `version=LIVE&${TIMES}`;
export const STD = `${VERSIONED}&channel_type=web%2Csms&language=en`;

/** Basic, of ID and secret joined by a colon. Chatlayer reference §2. */
const READ = {
	accept: 'application/json',
	authorization: `Basic ${Buffer.from('MY_TOKEN_ID:MY_TOKEN_SECRET').toString('base64')}`,
};
/** The core API has a token of its own. Chatlayer reference §10. */
const CORE = { accept: 'application/json', authorization: 'Bearer MY_CORE_TOKEN' };
const JSON_BODY = { 'content-type': 'application/json' };

/** A call of the Analytics API without a body. */
export function bare(request: string): Wire {
	return { request, headers: READ };
}

/** A call of the Analytics API with a JSON body. */
export function json(request: string, body: JsonObject): Wire {
	return { request, headers: { ...READ, ...JSON_BODY }, body };
}

/** A call of the core API. */
export function core(request: string, body?: JsonObject): Wire {
	return body === undefined
		? { request, headers: CORE }
		: { request, headers: { ...CORE, ...JSON_BODY }, body };
}
