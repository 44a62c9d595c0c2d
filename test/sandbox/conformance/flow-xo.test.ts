import {
	asker,
	flag,
	holding,
	leavesNothingOut,
	iso,
	list,
	listOf,
	number,
	text,
	useSandbox,
	walk,
} from './harness';

const sandbox = useSandbox();
const ask = asker(
	() => sandbox().baseUrls['flowXo'] ?? '',
	() => `Bearer ${sandbox().keys['flowXo']}`,
);

const BOT = '5f3a9c0e7d21b84a66e0c1d2';
const ID = `${BOT}/c/490150001000`;
const ENCODED = encodeURIComponent(ID);
const error = { error: text, message: text };
const conversation = holding({
	id: expect.stringMatching(/^[0-9a-f]{24}\/c\/.+$/) as string,
	id_url_encoded: expect.stringMatching(/^[0-9a-f]{24}%2Fc%2F.+$/) as string,
	bot_id: expect.stringMatching(/^[0-9a-f]{24}$/) as string,
	bot_name: text,
	platform: text,
	user_id: text,
	agent_mode: flag,
	created_at: iso,
});
const message = holding({
	id: expect.stringMatching(/^[0-9a-f]{24}$/) as string,
	role: expect.stringMatching(/^(bot|channel)$/) as string,
	type: text,
	agent_mode: flag,
	conversation: ID,
	from: text,
	timestamp: iso,
});
const counters = {
	active_users: number,
	total_users: number,
	new_users: number,
	triggers: number,
	received_messages: number,
	sent_messages: number,
};

walk(ask, [
	{
		source: 'Flow XO reference §2: list',
		call: 'GET /conversations?skip=0&limit=2',
		answer: { total: 134, skip: 0, limit: 2, conversations: listOf(2, conversation) },
	},
	{
		source: 'Flow XO reference §2: probable defaults',
		call: 'GET /conversations',
		answer: { total: 134, skip: 0, limit: 25, conversations: listOf(25, conversation) },
	},
	{
		source: 'Flow XO reference §2: a slash before the question mark',
		call: 'GET /conversations/?skip=130',
		answer: { total: 134, skip: 130, limit: 25, conversations: listOf(4, conversation) },
	},
	{
		source: 'Flow XO reference §4: past the end',
		call: 'GET /conversations?skip=134&limit=5',
		answer: { total: 134, skip: 134, limit: 5, conversations: [] },
	},
	{
		source: 'Flow XO reference §2: a range, dates and date-times',
		call: 'GET /conversations?start=2026-01-06&end=2026-01-06T23:59:59Z&limit=50',
		answer: { total: 4, skip: 0, limit: 50, conversations: listOf(4, conversation) },
	},
	{
		source: 'Flow XO reference §2: a wrong date',
		call: 'GET /conversations?start=soon',
		status: 400,
		answer: error,
	},
	{
		source: 'Flow XO reference §2: get, no wrapper',
		call: `GET /conversations/${ENCODED}`,
		answer: conversation,
	},
	{
		source: 'Flow XO reference §10: an unknown id',
		call: `GET /conversations/${BOT}%2Fc%2Fnobody`,
		status: 404,
		answer: error,
	},
	{
		source: 'Flow XO reference §5: the raw id changes the route',
		call: `GET /conversations/${ID}`,
		status: 404,
		answer: error,
	},
	{
		source: 'Flow XO reference §5: an id encoded twice',
		call: `GET /conversations/${ENCODED.replaceAll('%', '%25')}`,
		status: 404,
		answer: error,
	},
	{
		source: 'Flow XO reference §2: messages, a bare array',
		call: `GET /conversations/${ENCODED}/messages?skip=0&limit=100`,
		answer: listOf(100, message),
	},
	{
		source: 'Flow XO reference §11: more than 100 messages',
		call: `GET /conversations/${ENCODED}/messages?skip=100&limit=100`,
		answer: listOf(25, message),
	},
	{
		source: 'Flow XO reference §4: an empty page ends them',
		call: `GET /conversations/${ENCODED}/messages?skip=125&limit=100`,
		answer: [],
	},
	{
		source: 'Flow XO reference §6: send text',
		call: 'POST /end_users/messages',
		body: { response_path: ID, type: 'text', message: { body: 'Hello from here' } },
		answer: expect.anything(),
	},
	{
		source: 'Flow XO reference §11: a sent message is the newest, as a bot record',
		call: `GET /conversations/${ENCODED}/messages?limit=1`,
		answer: [holding({ role: 'bot', type: 'text', message: 'Hello from here', options: null, from: BOT })],
	},
	{
		source: 'Flow XO reference §11: its conversation moves to the top',
		call: 'GET /conversations?limit=1',
		answer: holding({ conversations: [holding({ id: ID })] }),
	},
	{
		source: 'Flow XO reference §6: send an image',
		call: 'POST /end_users/messages',
		body: {
			response_path: ID,
			type: 'media',
			message: { type: 'image', url: 'https://files.example.com/route.png' },
		},
		answer: expect.anything(),
	},
	{
		source: 'Flow XO reference §6: response_path is the raw form',
		call: 'POST /end_users/messages',
		body: { response_path: ENCODED, type: 'text', message: { body: 'x' } },
		status: 404,
		answer: error,
	},
	{
		source: 'Flow XO reference §6: a text has a body',
		call: 'POST /end_users/messages',
		body: { response_path: ID, type: 'text', message: { text: 'x' } },
		status: 400,
		answer: error,
	},
	{
		source: 'Flow XO reference §6: insights by day',
		call: 'GET /insights?offset=0&start=2026-01-05&end=2026-01-08&unit=day',
		answer: {
			stats: [counters],
			metrics: listOf(3, {
				_id: expect.stringMatching(/^2026-01-0[567]$/) as string,
				_timestamp: iso,
				...counters,
			}),
		},
	},
	{
		source: 'Flow XO reference §6: insights by month',
		call: 'GET /insights?offset=60&start=2026-01-01&end=2026-03-01&unit=month',
		answer: holding({ metrics: expect.arrayContaining([holding({ _id: '2026-01' })]) as unknown }),
	},
	{
		source: 'Flow XO reference §6: units',
		call: 'GET /insights?offset=0&start=2026-01-01&end=2026-02-01&unit=year',
		status: 400,
		answer: error,
	},
	{
		source: 'Flow XO reference §6: flows, a bare array',
		call: 'GET /workflows/simple',
		answer: listOf(5, { _id: text, name: text, active: flag }),
	},
	{
		source: 'Flow XO reference §6: switch a flow off',
		call: 'PUT /workflows/64c0ffee1234567890abcde1',
		body: { active: false },
		answer: holding({ active: false }),
	},
	{
		source: 'Flow XO reference §6: switch needs a boolean',
		call: 'PUT /workflows/64c0ffee1234567890abcde1',
		body: { active: 'no' },
		status: 400,
		answer: error,
	},
	{
		source: 'Flow XO reference §6: create a sub-account',
		call: 'POST /users/subaccounts',
		body: { email: 'sub@example.com', company_name: 'Sub', timezone: 'Europe/London' },
		answer: {
			account: holding({
				_id: text,
				api_key: text,
				parent_account: text,
				timezone: 'Europe/London',
				company_name: 'Sub',
				email: 'sub@example.com',
				created_at: iso,
				usage: expect.any(Object) as unknown,
			}),
		},
	},
	{
		source: 'Flow XO reference §6: list sub-accounts',
		call: 'GET /users/subaccounts',
		answer: { accounts: [expect.not.objectContaining({ api_key: text }) as unknown] },
	},
	{ source: 'Flow XO reference §6: team members', call: 'GET /team_members', answer: list },
	{
		source: 'Flow XO reference §6: interactions',
		call: 'GET /interactions/?status=completed&page=1&limit=2',
		answer: {
			interactions: listOf(
				2,
				holding({
					_id: text,
					workflow: text,
					request: text,
					result: 'completed',
					bot: text,
					created_at: iso,
				}),
			),
			hasMore: true,
			total: number,
			skip: 0,
		},
	},
]);

it('holds the odd shapes clients have to survive (Flow XO reference §11)', async () => {
	const { answer } = await ask('GET /conversations?limit=100&skip=34');
	const all = (answer as { conversations: Array<Record<string, unknown>> }).conversations;
	expect(all.some((item) => !('last_message' in item))).toBe(true);
	expect(all.some((item) => item['user_name'] === null)).toBe(true);
	expect(all.some((item) => !('user_name' in item))).toBe(true);
	for (const value of [true, false, undefined])
		expect(all.some((item) => item['unreachable'] === value)).toBe(true);
	expect(new Set(all.map((item) => item['bot_name'])).size).toBe(2);
	expect(new Set(all.map((item) => item['platform'])).size).toBe(2);
	const shapes = await ask(`GET /conversations/${BOT}%2Fc%2F490150001004/messages`);
	const types = (shapes.answer as Array<{ type: string }>).map((item) => item.type);
	expect(new Set(types)).toEqual(new Set(['text', 'card', 'card_set', 'media', 'custom', 'hologram']));
	const custom = (shapes.answer as Array<{ custom?: string }>)
		.filter((item) => item.custom !== undefined)
		.map((item) => item.custom ?? '');
	expect(
		custom
			.map((item) => {
				try {
					JSON.parse(item);
					return true;
				} catch {
					return false;
				}
			})
			.sort(),
	).toEqual([false, true]);
});

it('lists are newest first, with equal timestamps in one (Flow XO reference §4, §11)', async () => {
	const { answer } = await ask(`GET /conversations/${BOT}%2Fc%2F490150001006/messages`);
	const times = (answer as Array<{ timestamp: string }>).map((item) => item.timestamp);
	expect(times).toEqual([...times].sort().reverse());
	expect(new Set(times).size).toBeLessThan(times.length);
});

it('wants the key as Bearer (Flow XO reference §1)', async () => {
	for (const header of [sandbox().keys['flowXo'] ?? '', 'Bearer wrong', '']) {
		const wrong = asker(
			() => sandbox().baseUrls['flowXo'] ?? '',
			() => header,
		);
		expect(await wrong('GET /conversations')).toMatchObject({ status: 401, answer: error });
	}
});

it('tells the tasks of an interaction, with the response path (Flow XO reference §6)', async () => {
	const { interactions } = (await ask('GET /interactions?limit=1')).answer as {
		interactions: Array<{ request: string }>;
	};
	const { answer } = await ask(`GET /interactions/${interactions[0]?.request}`);
	expect(answer).toEqual({
		tasks: [holding({ _id: text, request: interactions[0]?.request, response_path: text })],
	});
});

it.each(['/hooks/', '/hooks/a/', '/hooks/b/'])(
	'takes webhooks under %s by GET, JSON and form, without a key (Flow XO reference §8)',
	async (form) => {
		const hook = `${sandbox().url}/flowxo${form}sandbox1`;
		expect((await fetch(`${hook}?name=Mara`)).status).toBe(200);
		expect(
			(
				await fetch(hook, {
					method: 'POST',
					headers: { 'content-type': 'application/json' },
					body: '{"name":"Mara"}',
				})
			).status,
		).toBe(200);
		expect((await fetch(hook, { method: 'POST', body: new URLSearchParams({ name: 'Mara' }) })).status).toBe(
			200,
		);
		expect((await fetch(`${sandbox().url}/flowxo${form}otherone`)).status).toBe(404);
	},
);

it('takes messages for a custom HTTP bot (Flow XO reference §8)', async () => {
	const response = await fetch(`${sandbox().url}/flowxo/integration_http/1`, {
		method: 'POST',
		headers: { authorization: `Bearer ${sandbox().keys['flowXo']}`, 'content-type': 'application/json' },
		body: JSON.stringify({
			channel: { id: 'room-7' },
			from: { id: 'guest-31', name: 'Mara' },
			message: { text: 'Hello' },
			metadata: {},
		}),
	});
	expect(await response.json()).toEqual({ message_id: text });
});

leavesNothingOut('Flow XO', 'Flow XO webhooks');
