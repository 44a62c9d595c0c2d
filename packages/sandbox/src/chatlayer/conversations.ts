import type { FastifyInstance } from 'fastify';
import type { Context } from '../context';
import { badRequest } from '../http/errors';
import { list, text } from '../http/params';
import { asObject } from '../json';
import type { Activity, CountedConversation } from './activity';
import { botOf, bucketFrom, rangeOf, versionOf } from './scope';
import { axis, bucketOf, seriesAnswer, type Axis, type Row } from './series';

/** What a number is made of: one more for each conversation, or a property of it. */
export type Measure = (conversation: CountedConversation) => number;

/** Counts conversations into series, one for each combination of the grouping keys, in a fixed order. */
export function countSeries(
	activity: Activity,
	cut: Axis,
	keys: string[],
	matches: (conversation: CountedConversation) => boolean,
	measure: Measure = () => 1,
): Row[] {
	const rows = new Map<string, Row>();
	let [index, low, high] = [0, 0, 0];
	activity.forEach(cut.start, cut.end, (conversation) => {
		if (!matches(conversation)) return;
		const name = nameOf(conversation, keys);
		let row = rows.get(name);
		if (!row) {
			const labels = Object.fromEntries(keys.map((key) => [key, labelOf(conversation, key)]));
			rows.set(name, (row = { labels, values: new Array<number>(cut.starts.length).fill(0) }));
		}
		const at = conversation.start;
		// Most follow one another in time, so the bucket of the last one is tried first.
		if (!(at >= low && at < high)) {
			index = bucketOf(cut, at);
			[low, high] = [cut.starts[index] ?? 0, cut.starts[index + 1] ?? cut.end];
		}
		row.values[index] = (row.values[index] ?? 0) + measure(conversation);
	});
	if (rows.size === 0 && keys.length === 0) return [{ labels: {}, values: cut.starts.map(() => 0) }];
	return [...rows.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
}

/** One text for the labels of a conversation. */
function nameOf(conversation: CountedConversation, keys: string[]): string {
	const [only] = keys;
	if (only === undefined) return '';
	if (keys.length === 1) return labelOf(conversation, only);
	return keys.map((key) => labelOf(conversation, key)).join('\u0000');
}

function labelOf(conversation: CountedConversation, key: string): string {
	switch (key) {
		case 'channel_type':
			return conversation.channel;
		case 'language':
			return conversation.language;
		case 'bot_id':
			return conversation.botId;
		case 'bot_version':
			return conversation.version;
		case 'team_id':
			return 'team-1';
		case 'campaign_id':
			return conversation.campaignId ?? '';
		case 'campaign_source':
			return conversation.campaignId === undefined ? '' : 'newsletter';
		default:
			return '';
	}
}

/** The filters of a query: version, channels and languages. */
export function filterOf(query: unknown): (conversation: CountedConversation) => boolean {
	const version = versionOf(query);
	const [channels, languages] = [list(query, 'channel_type'), list(query, 'language')];
	return (conversation) =>
		conversation.version === version &&
		(channels.length === 0 || channels.includes(conversation.channel)) &&
		(languages.length === 0 || languages.includes(conversation.language));
}

/** GetConversations (Chatlayer reference §4.1). */
export function conversationRoutes(app: FastifyInstance, context: Context, activity: Activity): void {
	app.get('/bots/:bot_id/conversations', (request) => {
		botOf(request);
		const { start, end } = rangeOf(request.query);
		const matches = filterOf(request.query);
		const cut = axis(start, end, bucketFrom(request.query, ['1h', '1d', '1w']));
		const group = text(request.query, 'group_by');
		if (group !== undefined && group !== 'channel_type' && group !== 'language') {
			throw badRequest('group_by must be channel_type or language');
		}
		const keys = group === undefined ? [] : [group];
		return seriesAnswer(cut.labels, countSeries(activity, cut, keys, matches), keys, context.settings);
	});

	app.post('/echo', (request) => {
		const message = asObject(request.body)['message'];
		if (typeof message !== 'string') throw badRequest('message is required');
		return { message };
	});
}
