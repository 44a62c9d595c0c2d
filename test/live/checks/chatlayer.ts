import {
	also,
	answered,
	ask,
	at,
	compare,
	kind,
	others,
	rows,
	text,
	type Answer,
	type Check,
	type Env,
} from '../probe';

const [ID, SECRET, BOT] = [
	'CONVOFLOW_CHATLAYER_TOKEN_ID',
	'CONVOFLOW_CHATLAYER_TOKEN_SECRET',
	'CONVOFLOW_CHATLAYER_BOT',
];
const base = (env: Env): string =>
	`${env['CONVOFLOW_CHATLAYER_URL'] ?? 'https://analytics.api.chatlayer.ai'}/v1`;
const basic = (env: Env): string => `Basic ${Buffer.from(`${env[ID]}:${env[SECRET]}`).toString('base64')}`;
const call = (env: Env, path: string): Promise<Answer> =>
	ask(`${base(env)}${path}`, { authorization: basic(env) });
const bot = (env: Env, path: string): Promise<Answer> =>
	call(env, `/bots/${encodeURIComponent(env[BOT] ?? '')}${path}`);

/** The last 30 days. */
function month(): string {
	const [end, start] = [new Date(), new Date(Date.now() - 30 * 24 * 3_600_000)].map((date) =>
		date.toISOString(),
	);
	return `version=LIVE&start_time=${start}&end_time=${end}`;
}

const SERIES = {
	data: 'object',
	'data.series': '?array',
	'data.series_labels': '?array',
	'data.x_values': '?array',
};

export const chatlayerChecks: Check[] = [
	{
		id: 'chatlayer-echo',
		source: 'Chatlayer reference §2',
		says: 'echo answers with the message; wrong tokens are refused (unconfirmed)',
		needs: [ID, SECRET],
		run: async (env) => {
			const body = { message: 'ping' };
			const right = await ask(`${base(env)}/echo`, { authorization: basic(env) }, { method: 'POST', body });
			const wrong = await ask(`${base(env)}/echo`, { authorization: 'Basic eDp5' }, { method: 'POST', body });
			const finding = compare(right, { message: 'string' });
			const lines = `wrong token: status ${wrong.status}, fields: ${others(wrong.json, []).join(', ')}`;
			return also(
				wrong.status === 401 || wrong.status === 403 ? finding : { ...finding, verdict: 'different' },
				lines,
			);
		},
	},
	{
		id: 'chatlayer-conversations',
		source: 'Chatlayer reference §4.1, §6',
		says: 'SeriesData under data; what series_labels and x_values hold is open',
		needs: [ID, SECRET, BOT],
		run: async (env) => {
			const answer = await bot(env, `/conversations?${month()}&bucket=1d&group_by=channel_type`);
			const [labels, x] = [
				rows(at(answer.json, 'data.series_labels')),
				rows(at(answer.json, 'data.x_values')),
			];
			const series = rows(at(answer.json, 'data.series'));
			const keys = new Set(series.flatMap((item) => others(at(item, 'labels'), [])));
			const areKeys = labels.length > 0 && labels.every((label) => keys.has(String(label)));
			const lengths = new Set(series.map((item) => rows(at(item, 'values')).length));
			return also(
				compare(answer, SERIES),
				`series_labels: ${labels.length === 0 ? 'empty' : areKeys ? 'names of grouping columns' : 'something else'}, ${labels.length} for ${series.length} series`,
				`x_values: ${x.length}, form ${text(x[0])
					.replace(/\d/g, '9')
					.slice(0, 30)}; lengths of values: ${[...lengths].join(', ')}`,
				`mean: ${kind(at(series[0], 'mean'))}, labels: ${kind(at(series[0], 'labels'))}`,
			);
		},
	},
	{
		id: 'chatlayer-filters',
		source: 'Chatlayer reference §11',
		says: 'Open: are several channels sent joined by commas or as repeated keys?',
		needs: [ID, SECRET, BOT],
		run: async (env) => {
			const found = [];
			for (const filter of ['channel_type=web,whatsapp', 'channel_type=web&channel_type=whatsapp']) {
				const answer = await bot(env, `/conversations?${month()}&${filter}`);
				found.push(
					`${filter.includes(',') ? 'commas' : 'repeated keys'}: status ${answer.status}, series ${rows(at(answer.json, 'data.series')).length}`,
				);
			}
			return answered(...found);
		},
	},
	{
		id: 'chatlayer-insights',
		source: 'Chatlayer reference §4.1, §6 rule 8',
		says: 'Open: does insights give values, or only a summary?',
		needs: [ID, SECRET, BOT],
		run: async (env) => {
			const answer = await bot(env, `/conversations/insights?${month()}&stat=num_messages`);
			const first = rows(at(answer.json, 'data.series'))[0];
			const finding = compare(answer, SERIES);
			return also(
				{ ...finding, verdict: finding.verdict === 'different' ? 'different' : 'answered' },
				`values: ${rows(at(first, 'values')).length}, sum: ${kind(at(first, 'sum'))}`,
			);
		},
	},
	{
		id: 'chatlayer-intents',
		source: 'Chatlayer reference §4.2, §7',
		says: 'data and pagination with start_cursor, end_cursor and has_more',
		needs: [ID, SECRET, BOT],
		run: async (env) => {
			const answer = await bot(env, `/intents?${month()}&first=2`);
			return compare(answer, {
				data: '?array',
				pagination: 'object',
				'pagination.has_more': '?boolean',
				'pagination.end_cursor': '?string',
				'data.0.intent_id': '?string',
			});
		},
	},
	{
		id: 'chatlayer-events',
		source: 'Chatlayer reference §4.5, §7',
		says: 'events and next_page_token; larger pages are lowered to 100',
		needs: [ID, SECRET, BOT],
		run: async (env) => {
			const answer = await bot(env, `/events/stream?${month()}&page_size=500`);
			const events = rows(at(answer.json, 'events'));
			const finding = compare(answer, {
				events: '?array',
				next_page_token: '?string',
				'events.0.id': '?string',
				'events.0.timestamp': '?string',
			});
			return also(
				events.length > 100 ? { ...finding, verdict: 'different' } : finding,
				`${events.length} events`,
			);
		},
	},
	{
		id: 'chatlayer-subscriptions',
		source: 'Chatlayer reference §4.6',
		says: 'subscriptions and next_page_token; no secret',
		needs: [ID, SECRET, BOT],
		run: async (env) => {
			const answer = await bot(env, '/subscriptions');
			const finding = compare(answer, {
				subscriptions: '?array',
				next_page_token: '?string',
				'subscriptions.0.secret': 'missing',
			});
			return also(
				finding,
				`fields: ${others(rows(at(answer.json, 'subscriptions'))[0], []).join(', ') || 'none to see'}`,
			);
		},
	},
	{
		id: 'chatlayer-errors',
		source: 'Chatlayer reference §8',
		says: 'Probably { code, message, details }',
		needs: [ID, SECRET, BOT],
		run: async (env) => {
			const answer = await bot(env, '/conversations');
			const refused = answer.status >= 400 && answer.status < 500;
			return also(
				compare(
					answer,
					{ code: 'number', message: 'string', details: '?array' },
					refused ? answer.status : 400,
				),
				'',
			);
		},
	},
	{
		id: 'chatlayer-team',
		source: 'Chatlayer reference §4.1',
		says: 'SeriesData for a team',
		needs: [ID, SECRET, 'CONVOFLOW_CHATLAYER_TEAM'],
		run: async (env) => {
			const range = month().replace('version=LIVE&', '');
			return compare(
				await call(
					env,
					`/teams/${encodeURIComponent(env['CONVOFLOW_CHATLAYER_TEAM'] ?? '')}/conversations?${range}&bucket=1d`,
				),
				SERIES,
			);
		},
	},
];
