import {
	also,
	answered,
	ask,
	at,
	compare,
	kind,
	order,
	others,
	rows,
	text,
	type Answer,
	type Check,
	type Env,
} from '../probe';

const KEY = 'CONVOFLOW_FLOWXO_KEY';

function get(env: Env, path: string, authorization = `Bearer ${env[KEY]}`): Promise<Answer> {
	return ask(`${env['CONVOFLOW_FLOWXO_URL'] ?? 'https://flowxo.com/api'}${path}`, { authorization });
}

const FIELDS = [
	'id',
	'id_url_encoded',
	'bot_id',
	'bot_name',
	'platform',
	'user_id',
	'user_name',
	'agent_mode',
	'created_at',
	'last_message',
	'unreachable',
];

export const flowXoChecks: Check[] = [
	{
		id: 'flowxo-list',
		source: 'Flow XO reference §2, §3',
		says: 'total, skip, limit and conversations; a conversation has the documented fields',
		needs: [KEY],
		run: async (env) => {
			const answer = await get(env, '/conversations?skip=0&limit=5');
			const first = 'conversations.0';
			const finding = compare(answer, {
				total: 'number',
				skip: 'number',
				limit: 'number',
				conversations: 'array',
				[`${first}.id`]: '?string',
				[`${first}.id_url_encoded`]: '?string',
				[`${first}.bot_id`]: '?string',
				[`${first}.user_id`]: '?string',
				[`${first}.agent_mode`]: '?boolean',
				[`${first}.created_at`]: '?string',
			});
			const list = rows(at(answer.json, 'conversations'));
			const encoded = list.every(
				(item) => encodeURIComponent(String(at(item, 'id'))) === at(item, 'id_url_encoded'),
			);
			return also(
				finding,
				`id_url_encoded is the encoded id: ${encoded}`,
				`order by activity: ${order(list.map((item) => at(item, 'last_message.timestamp') ?? at(item, 'created_at')))}`,
				`further fields: ${[...new Set(list.flatMap((item) => others(item, FIELDS)))].join(', ') || 'none'}`,
			);
		},
	},
	{
		id: 'flowxo-defaults',
		source: 'Flow XO reference §2',
		says: 'Open: default and largest limit',
		needs: [KEY],
		run: async (env) => {
			const [plain, large] = [
				await get(env, '/conversations'),
				await get(env, '/conversations?skip=0&limit=1000'),
			];
			const count = (answer: Answer): string =>
				`${rows(at(answer.json, 'conversations')).length} rows, total a ${kind(at(answer.json, 'total'))}`;
			return answered(`without a limit: ${count(plain)}`, `limit=1000: ${count(large)}`);
		},
	},
	{
		id: 'flowxo-messages',
		source: 'Flow XO reference §2, §5',
		says: 'get without a wrapper; messages as a bare array',
		needs: [KEY],
		run: async (env) => {
			const id = at((await get(env, '/conversations?skip=0&limit=1')).json, 'conversations.0.id_url_encoded');
			if (typeof id !== 'string') return { verdict: 'skipped', found: ['no conversation to read'] };
			const one = compare(await get(env, `/conversations/${id}`), { id: 'string', bot_id: 'string' });
			const answer = await get(env, `/conversations/${id}/messages?skip=0&limit=20`);
			const list = compare(answer, {
				'': 'array',
				'0.id': '?string',
				'0.role': '?string',
				'0.type': '?string',
				'0.timestamp': '?string',
			});
			const verdict = [one, list].some((finding) => finding.verdict === 'different')
				? 'different'
				: 'as documented';
			return {
				verdict,
				found: [
					...one.found,
					...list.found,
					`order: ${order(rows(answer.json).map((item) => at(item, 'timestamp')))}`,
				],
			};
		},
	},
	{
		id: 'flowxo-range',
		source: 'Flow XO reference §10',
		says: 'Open: do start and end compare the creation or the last activity?',
		needs: [KEY],
		run: async (env) => {
			const list = rows(at((await get(env, '/conversations?skip=0&limit=50')).json, 'conversations'));
			const moved = list.find(
				(item) =>
					text(at(item, 'last_message.timestamp')) > String(at(item, 'created_at')).slice(0, 10) + '~',
			);
			if (moved === undefined)
				return {
					verdict: 'skipped',
					found: ['no conversation that was active on a later day than it began'],
				};
			const start = String(at(moved, 'last_message.timestamp')).slice(0, 10);
			const after = rows(
				at((await get(env, `/conversations?skip=0&limit=100&start=${start}`)).json, 'conversations'),
			);
			const there = after.some((item) => at(item, 'id') === at(moved, 'id'));
			return answered(
				`a conversation begun before start and active after it is ${there ? 'listed: activity counts' : 'not listed: creation counts'}`,
			);
		},
	},
	{
		id: 'flowxo-errors',
		source: 'Flow XO reference §10',
		says: 'A wrong key is refused; error bodies are not documented',
		needs: [KEY],
		run: async (env) => {
			const wrong = await get(env, '/conversations?limit=1', 'Bearer not-a-key');
			const missing = await get(env, '/conversations/none%2Fc%2Fnone');
			const refused = wrong.status === 401 || wrong.status === 403;
			const found = [
				`wrong key: status ${wrong.status}, ${wrong.type}, fields: ${others(wrong.json, []).join(', ')}`,
				`unknown id: status ${missing.status}, ${missing.type}, fields: ${others(missing.json, []).join(', ')}`,
			];
			return { verdict: refused ? 'as documented' : 'different', found };
		},
	},
	{
		id: 'flowxo-insights',
		source: 'Flow XO reference §6',
		says: 'stats and metrics are arrays',
		needs: [KEY],
		run: async (env) => {
			const [end, start] = [new Date(), new Date(Date.now() - 7 * 24 * 3_600_000)].map((date) =>
				date.toISOString().slice(0, 10),
			);
			const answer = await get(env, `/insights?offset=0&start=${start}&end=${end}&unit=day`);
			return compare(answer, {
				stats: 'array',
				metrics: 'array',
				'metrics.0._id': '?string',
				'metrics.0.received_messages': '?number',
			});
		},
	},
	{
		id: 'flowxo-flows',
		source: 'Flow XO reference §6',
		says: 'A bare array of flows with _id, name and active',
		needs: [KEY],
		run: async (env) =>
			compare(await get(env, '/workflows/simple'), {
				'': 'array',
				'0._id': '?string',
				'0.name': '?string',
				'0.active': '?boolean',
			}),
	},
];
