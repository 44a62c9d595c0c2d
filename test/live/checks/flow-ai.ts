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
	type Answer,
	type Check,
	type Env,
} from '../probe';

const KEY = 'CONVOFLOW_FLOWAI_KEY';
const REST = (env: Env): string => `${env['CONVOFLOW_FLOWAI_URL'] ?? 'https://api.flow.ai'}/rest/v1`;

/** Calls with the form of the key that works: bare first. */
async function get(env: Env, path: string): Promise<Answer> {
	const bare = await ask(`${REST(env)}/${path}`, { authorization: env[KEY] ?? '' });
	return bare.status === 401 || bare.status === 403
		? ask(`${REST(env)}/${path}`, { authorization: `Bearer ${env[KEY]}` })
		: bare;
}

/** A thread to read: the one that was named, or the first of the list. */
async function threadOf(env: Env): Promise<string | undefined> {
	const named = env['CONVOFLOW_FLOWAI_THREAD'];
	if (named !== undefined) return encodeURIComponent(named);
	const first = rows(at((await get(env, 'threads?page=1&sync=true')).json, 'result.threads'))[0];
	return typeof first === 'string' ? encodeURIComponent(first) : undefined;
}

const noThread = { verdict: 'skipped' as const, found: ['no thread to read; set CONVOFLOW_FLOWAI_THREAD'] };

export const flowAiChecks: Check[] = [
	{
		id: 'flowai-key-form',
		source: 'Flow.ai reference §1',
		says: 'Open: is the REST key sent bare or as Bearer?',
		needs: [KEY],
		run: async (env) => {
			const forms = { bare: env[KEY] ?? '', Bearer: `Bearer ${env[KEY]}` };
			const found = [];
			for (const [name, authorization] of Object.entries(forms)) {
				found.push(
					`${name}: status ${(await ask(`${REST(env)}/businesshours?sync=true`, { authorization })).status}`,
				);
			}
			return answered(...found);
		},
	},
	{
		id: 'flowai-error-body',
		source: 'Flow.ai reference §1, §2.6',
		says: 'A wrong key is refused, with JSON; its fields are not documented',
		needs: [KEY],
		run: async (env) => {
			const answer = await ask(`${REST(env)}/businesshours?sync=true`, { authorization: 'not-a-key' });
			const refused = answer.status === 401 || answer.status === 403;
			const finding = compare(answer, { '': 'object' }, refused ? answer.status : 401);
			return also(finding, `fields of the error: ${others(answer.json, []).join(', ')}`);
		},
	},
	{
		id: 'flowai-business-hours',
		source: 'Flow.ai reference §2.3',
		says: 'status and businessHours stand side by side, without result',
		needs: [KEY],
		run: async (env) =>
			compare(await get(env, 'businesshours?sync=true'), {
				status: 'string',
				businessHours: 'array',
				result: 'missing',
			}),
	},
	{
		id: 'flowai-threads',
		source: 'Flow.ai reference §2.4',
		says: 'threads are texts, 20 a page; page is a text, pages a number',
		needs: [KEY],
		run: async (env) => {
			const answer = await get(env, 'threads?page=1&sync=true');
			const threads = rows(at(answer.json, 'result.threads'));
			const bars = threads.filter((id) => typeof id === 'string' && /\|[ow]_/.test(id)).length;
			const finding = compare(answer, {
				status: 'string',
				'result.threads': 'array',
				'result.page': 'string',
				'result.pages': 'number',
			});
			return also(finding, `${threads.length} threads, ${bars} with a channel part`);
		},
	},
	{
		id: 'flowai-history',
		source: 'Flow.ai reference §2.3',
		says: 'history, threadId, page and pages under result; 20 entries a page; order and ids open',
		needs: [KEY],
		run: async (env) => {
			const thread = await threadOf(env);
			if (thread === undefined) return noThread;
			const answer = await get(env, `messages/${thread}?sync=true&page=1`);
			const history = rows(at(answer.json, 'result.history'));
			const first = 'result.history.0';
			const finding = compare(answer, {
				status: 'string',
				'result.history': 'array',
				'result.threadId': 'string',
				'result.page': 'number',
				'result.pages': 'number',
				[`${first}.originator.role`]: '?string',
				[`${first}.messages`]: '?array',
				[`${first}.messages.0.responses`]: '?array',
			});
			const known = ['originator', 'messages', 'interactionId'];
			return also(
				finding,
				`${history.length} entries, ${order(history.map((entry) => at(entry, 'messages.0.createdAt')))}`,
				`msgId: ${kind(at(answer.json, `${first}.messages.0.meta.msgId`))}`,
				`further fields of an entry: ${others(history[0], known).join(', ') || 'none'}`,
			);
		},
	},
	{
		id: 'flowai-bot-status',
		source: 'Flow.ai reference §2.3, §9',
		says: 'The field is spelt isPaued',
		needs: [KEY],
		run: async (env) => {
			const thread = await threadOf(env);
			if (thread === undefined) return noThread;
			return compare(await get(env, `pause/${thread}?sync=true`), {
				status: 'string',
				isPaued: 'boolean',
				isPaused: 'missing',
				threadId: 'string',
			});
		},
	},
	{
		id: 'flowai-unknown-thread',
		source: 'Flow.ai reference §10',
		says: 'Open: what is answered for a thread that never was?',
		needs: [KEY],
		run: async (env) => {
			const answer = await get(env, `messages/${crypto.randomUUID()}?sync=true&page=1`);
			return answered(
				`status ${answer.status}, fields: ${others(answer.json, []).join(', ')}`,
				`entries: ${rows(at(answer.json, 'result.history')).length}`,
			);
		},
	},
	{
		id: 'flowai-triggers',
		source: 'Flow.ai reference §2.4',
		says: 'names of events under result.items',
		needs: [KEY],
		run: async (env) =>
			compare(await get(env, 'trigger/event?sync=true'), { status: 'string', 'result.items': 'array' }),
	},
	{
		id: 'flowai-segments',
		source: 'Flow.ai reference §2.4',
		says: 'segments without result',
		needs: [KEY],
		run: async (env) =>
			compare(await get(env, 'broadcast/segments?sync=true'), {
				status: 'string',
				segments: 'array',
				result: 'missing',
			}),
	},
	{
		id: 'flowai-flows',
		source: 'Flow.ai reference §7',
		says: 'A bare array of flows, paged with limit and skip; the default limit is open',
		needs: ['CONVOFLOW_FLOWAI_MANAGEMENT_KEY', 'CONVOFLOW_FLOWAI_PROJECT'],
		run: async (env) => {
			const base = env['CONVOFLOW_FLOWAI_URL'] ?? 'https://api.flow.ai';
			const url = `${base}/v1/projects/${encodeURIComponent(env['CONVOFLOW_FLOWAI_PROJECT'] ?? '')}/flows`;
			const headers = { authorization: `Bearer ${env['CONVOFLOW_FLOWAI_MANAGEMENT_KEY']}` };
			const answer = await ask(`${url}?limit=2&skip=0`, headers);
			const finding = compare(answer, { '': 'array', '0.flowId': '?string', '0.steps': '?array' });
			const unlimited = rows((await ask(url, headers)).json).length;
			return also(finding, `${rows(answer.json).length} flows for limit=2, ${unlimited} without a limit`);
		},
	},
];
