import type { FastifyInstance } from 'fastify';
import type { Context } from '../context';
import { badRequest } from '../http/errors';
import { list, text } from '../http/params';
import type { JsonObject } from '../json';
import type { Activity, CountedConversation } from './activity';
import { countSeries, filterOf } from './conversations';
import { intentsOf, tagOf } from './dialogs';
import { pageByCursor } from './paging';
import { botOf, bucketFrom, need, rangeOf, teamOf } from './scope';
import { axis, seriesAnswer, type Axis, type Bucket } from './series';

const SHORT: readonly Bucket[] = ['1h', '1d', '1w'];
const LONG: readonly Bucket[] = ['1d', '1w', '1m'];
const TEAM_GROUPS = [
	'bot_id',
	'bot_version',
	'team_id',
	'channel_type',
	'language',
	'campaign_id',
	'campaign_source',
];
const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

/** Everything that answers with numbers counted from conversations (Chatlayer reference §4.1 to §4.3). */
export function statisticsRoutes(app: FastifyInstance, context: Context, activity: Activity): void {
	const cutOf = (query: unknown, allowed: readonly Bucket[]): Axis => {
		const { start, end } = rangeOf(query);
		return axis(start, end, bucketFrom(query, allowed));
	};
	const one = (
		cut: Axis,
		matches: (c: CountedConversation) => boolean,
		measure?: (c: CountedConversation) => number,
	): JsonObject =>
		seriesAnswer(cut.labels, countSeries(activity, cut, [], matches, measure), [], context.settings);

	app.get('/bots/:bot_id/conversations/insights', (request) => {
		botOf(request);
		const { start, end } = rangeOf(request.query);
		const matches = filterOf(request.query);
		const stat = need(request.query, 'stat');
		// Only a summary: `values` is empty (Chatlayer reference §6 rule 8).
		const numbers: number[] = [];
		if (stat === 'num_conversations') {
			const day: Bucket | undefined = end - start > 24 * 3_600_000 ? '1d' : undefined;
			numbers.push(...countSeries(activity, axis(start, end, day), [], matches).flatMap((row) => row.values));
		} else if (stat === 'duration_seconds' || stat === 'num_messages') {
			activity.forEach(start, end, (c) => {
				if (matches(c))
					numbers.push(stat === 'num_messages' ? c.messages : Math.round((c.end - c.start) / 1_000));
			});
		} else {
			throw badRequest('stat must be num_conversations, duration_seconds or num_messages');
		}
		const sum = numbers.reduce((a, b) => a + b, 0);
		const [max, min] = [
			numbers.reduce((a, b) => Math.max(a, b), 0),
			numbers.reduce((a, b) => Math.min(a, b), Infinity),
		];
		const mean = numbers.length > 0 ? Math.round(sum / numbers.length) : 0;
		const series = [{ values: [], mean, max, min: Number.isFinite(min) ? min : 0, sum, labels: {} }];
		return { data: { series, series_labels: [], x_values: [] } };
	});

	app.get('/teams/:team_id/conversations', (request) => {
		teamOf(request);
		need(request.query, 'bucket');
		const cut = cutOf(request.query, LONG);
		const keys = list(request.query, 'group_by');
		const unknown = keys.find((key) => !TEAM_GROUPS.includes(key));
		if (unknown !== undefined) throw badRequest(`group_by must be any of ${TEAM_GROUPS.join(', ')}`);
		return seriesAnswer(
			cut.labels,
			countSeries(activity, cut, keys, () => true),
			keys,
			context.settings,
		);
	});

	app.get('/bots/:bot_id/messages', (request) => {
		botOf(request);
		return one(cutOf(request.query, SHORT), filterOf(request.query), (c) => c.messages);
	});

	app.get('/bots/:bot_id/users', (request) => {
		botOf(request);
		const matches = filterOf(request.query);
		const cut = cutOf(request.query, SHORT);
		const seen = new Set<string>();
		const length = (cut.starts[1] ?? cut.end) - cut.start;
		return one(cut, (c) => {
			// A user counts once in each bucket.
			const name = `${Math.floor((c.start - cut.start) / length)}:${c.userId}`;
			if (!matches(c) || seen.has(name)) return false;
			return seen.add(name) !== undefined;
		});
	});

	app.get('/bots/:bot_id/users/activity', (request) => {
		botOf(request);
		const { start, end } = rangeOf(request.query);
		const matches = filterOf(request.query);
		const rows = DAYS.map((day) => ({ labels: { day_of_week: day }, values: new Array<number>(24).fill(0) }));
		activity.forEach(start, end, (c) => {
			if (!matches(c)) return;
			const date = new Date(c.start);
			const values = rows[date.getUTCDay()]?.values;
			if (values) values[date.getUTCHours()] = (values[date.getUTCHours()] ?? 0) + 1;
		});
		const hours = Array.from({ length: 24 }, (_, hour) => String(hour));
		return seriesAnswer(hours, rows, ['day_of_week'], context.settings);
	});

	app.get('/bots/:bot_id/intents', (request) => {
		botOf(request);
		const { start, end } = rangeOf(request.query);
		bucketFrom(request.query, SHORT);
		const matches = filterOf(request.query);
		const ranked = rank(activity, start, end, (c) => (matches(c) ? intentsOf(c) : []));
		const rows = ranked.map(([intent_id, count], n) => ({ intent_id, count, rank: n + 1 }));
		const { page, pagination } = pageByCursor(rows, request, (row) => row.intent_id);
		return { data: page, pagination };
	});

	app.get('/bots/:bot_id/intents/insights', (request) => {
		botOf(request);
		const cut = cutOf(request.query, SHORT);
		return one(cut, filterOf(request.query), (c) => intentsOf(c).length);
	});

	app.get('/teams/:team_id/voice_minutes', (request) => {
		teamOf(request);
		const cut = cutOf(request.query, SHORT);
		const language = text(request.query, 'language');
		return one(
			cut,
			(c) => c.channel === 'voice' && (language === undefined || language.split(',').includes(c.language)),
			(c) => Math.ceil((c.end - c.start) / 60_000),
		);
	});

	app.get('/bots/:bot_id/knowledge_base', (request) => {
		botOf(request);
		const matches = filterOf(request.query);
		return one(cutOf(request.query, SHORT), (c) => matches(c) && tagOf(c) !== undefined);
	});

	app.get('/bots/:bot_id/knowledge_base/tags', (request) => {
		botOf(request);
		const { start, end } = rangeOf(request.query);
		const matches = filterOf(request.query);
		const ranked = rank(activity, start, end, (c) =>
			matches(c) ? [tagOf(c)].filter((tag) => tag !== undefined) : [],
		);
		return { data: ranked.map(([tag, count], n) => ({ tag, count, rank: n + 1 })) };
	});

	app.get('/teams/:team_id/knowledge_base', (request) => {
		teamOf(request);
		need(request.query, 'bucket');
		const [channels, languages] = [list(request.query, 'channel_type'), list(request.query, 'language')];
		return one(
			cutOf(request.query, LONG),
			(c) =>
				tagOf(c) !== undefined &&
				(channels.length === 0 || channels.includes(c.channel)) &&
				(languages.length === 0 || languages.includes(c.language)),
		);
	});
}

/** Names with their counts, most frequent first. */
function rank(
	activity: Activity,
	start: number,
	end: number,
	namesOf: (conversation: CountedConversation) => string[],
): Array<[string, number]> {
	const counts = new Map<string, number>();
	activity.forEach(start, end, (conversation) => {
		for (const name of namesOf(conversation)) counts.set(name, (counts.get(name) ?? 0) + 1);
	});
	return [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
}
