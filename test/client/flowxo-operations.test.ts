import { FlowXoClient, FlowXoFlowClient, type JsonObject } from '@convoflow/client';
import { findOperation, readInput, runOperation } from '@convoflow/kit';
import { flowXo } from '@convoflow/nodes';
import {
	answer,
	fakePorts,
	pagesOf,
	rejection,
	text,
	type FakePorts,
	type Step,
} from '../support/fake-ports';

const API = 'https://flowxo.com/api';
const HOOK = 'https://flowxo.com/hooks/a/x7Kp29Qz';
const ID = '5f3a/c/490150001122';

interface Run {
	readonly rows: JsonObject[];
	readonly notices: string[];
	readonly ports: FakePorts;
}

/** Runs an operation as a host does, against scripted answers. */
async function run(path: string, raw: JsonObject, script: readonly Step[] | FakePorts): Promise<Run> {
	const [resource = '', name = ''] = path.split('.');
	const operation = findOperation(flowXo, resource, name);
	if (!operation) throw new Error(`no operation ${path}`);
	const ports = 'requests' in script ? script : fakePorts(script);
	const client =
		operation.credential === 'flowXoFlowApi'
			? new FlowXoFlowClient(ports, { baseUrl: HOOK, retries: 0 })
			: new FlowXoClient(ports, { baseUrl: API, retries: 0 });
	const notices: string[] = [];
	const context = {
		signal: new AbortController().signal,
		now: () => ports.clock.now(),
		log: () => undefined,
		notice: (message: string) => notices.push(message),
	};
	const input = readInput(operation, raw, { timeZone: 'UTC' });
	const rows = (await pagesOf(runOperation(operation, client, input, context))).flat();
	return { rows, notices, ports };
}

const idText = ({ id }: JsonObject): string => (typeof id === 'string' ? id : '');

const asked = ({ ports }: Run): string[] =>
	ports.requests.map(({ method, url, body }) =>
		[method, url, ...(body === undefined ? [] : [body])].join(' '),
	);

describe('message operations (Flow XO reference §6)', () => {
	it.each<[string, JsonObject, JsonObject]>([
		['sendText', { text: 'We open at nine.' }, { type: 'text', message: { body: 'We open at nine.' } }],
		[
			'sendMedia',
			{ url: ' https://files.example.com/a.png ' },
			{ type: 'media', message: { type: 'image', url: 'https://files.example.com/a.png' } },
		],
		[
			'sendMedia',
			{ url: 'https://files.example.com/a', mediaType: 'file', fileName: 'a.pdf', caption: 'Plan' },
			{
				type: 'media',
				message: { type: 'file', url: 'https://files.example.com/a', filename: 'a.pdf', caption: 'Plan' },
			},
		],
		[
			'sendCard',
			{ title: 'City bike', buttons: [{ label: 'Rent it' }] },
			{ type: 'card', message: { title: 'City bike', buttons: [{ label: 'Rent it' }] } },
		],
		['sendCard', { card: { anything: 1 } }, { type: 'card', message: { anything: 1 } }],
		['sendCustom', { message: { text: 'Hi' } }, { type: 'custom', message: { text: 'Hi' } }],
		['sendCustom', { message: { a: 1 }, typeName: 'poll' }, { type: 'poll', message: { a: 1 } }],
	])('%s sends %j as %j', async (name, input, sent) => {
		const done = await run(`message.${name}`, { conversationId: ID, ...input }, [text('')]);
		expect(asked(done)).toEqual([
			`POST ${API}/end_users/messages ${JSON.stringify({ response_path: ID, ...sent })}`,
		]);
		expect(done.rows).toEqual([{ status: 'ok', conversationId: ID, type: sent['type'], reply: null }]);
	});

	it('gives the raw ID back, whatever form came', async () => {
		const done = await run('message.sendText', { conversationId: '5f3a%252Fc%252F4', text: 'Hi' }, [
			answer({ success: true }),
		]);
		expect(done.rows).toEqual([
			{ status: 'ok', conversationId: '5f3a/c/4', type: 'text', reply: { success: true } },
		]);
	});

	it('tells what a missing conversation means', async () => {
		const sent = run('message.sendText', { conversationId: ID, text: 'Hi' }, [answer({}, 404)]);
		expect(await rejection(sent)).toMatchObject({ code: 'FLOWXO_CONVERSATION_NOT_FOUND' });
	});
});

describe('flows and insights', () => {
	it('getInsights asks for the range, and flattens whole and units', async () => {
		const figures = { active_users: 4, total_users: 31, new_users: 1, triggers: 9, received_messages: 22 };
		const done = await run('account.getInsights', { start: '2026-01-01', end: '2026-01-31', unit: 'month' }, [
			answer({
				stats: [{ ...figures, sent_messages: 26 }],
				metrics: [{ _id: '2026-01', _timestamp: '2026-01-01T00:00:00.000Z', ...figures }],
			}),
		]);
		expect(asked(done)).toEqual([`GET ${API}/insights?offset=0&start=2026-01-01&end=2026-01-31&unit=month`]);
		const flat = { activeUsers: 4, totalUsers: 31, newUsers: 1, triggers: 9, receivedMessages: 22 };
		expect(done.rows).toEqual([
			{ period: 'whole', name: 'Whole range', startsAt: null, ...flat, sentMessages: 26 },
			{ period: 'unit', name: '2026-01', startsAt: '2026-01-01T00:00:00.000Z', ...flat, sentMessages: null },
		]);
	});

	it('getMany lists flows, setActive switches one', async () => {
		const flows = [{ _id: 'f1', name: 'Opening hours', active: true }, { _id: 'f2' }];
		expect((await run('flow.getMany', {}, [answer(flows)])).rows).toEqual([
			{ id: 'f1', name: 'Opening hours', active: true },
			{ id: 'f2', name: null, active: null },
		]);
		const off = await run('flow.setActive', { flowId: ' f1 ', active: false }, [text('')]);
		expect(asked(off)).toEqual([`PUT ${API}/workflows/f1 {"active":false}`]);
		expect(off.rows).toEqual([{ status: 'ok', flowId: 'f1', active: false, reply: null }]);
	});

	it('start sends stable keys: null rather than absent', async () => {
		const started = await run('flow.start', { data: { order: 7 }, keys: 'order, note\nname,' }, [text('')]);
		expect(asked(started)).toEqual([`POST ${HOOK} {"order":7,"note":null,"name":null}`]);
		expect(started.rows).toEqual([{ status: 'ok', sent: { order: 7, note: null, name: null }, reply: null }]);
	});
});

/** Conversations, the newest first, one a minute. */
const START = Date.parse('2026-03-01T12:00:00Z');
const conversations = (count: number): JsonObject[] =>
	Array.from({ length: count }, (_, n) => ({
		id: `b/c/${n}`,
		bot_id: n % 2 === 0 ? 'b0' : 'b1',
		bot_name: n % 2 === 0 ? 'Bike Shop' : 'Workshop',
		platform: n % 3 === 0 ? 'telegram' : 'whatsapp',
		agent_mode: n % 5 === 0,
		...(n % 4 === 0 ? {} : { unreachable: n % 4 === 1 }),
		created_at: '2026-01-01T00:00:00.000Z',
		last_message: { timestamp: new Date(START - n * 60_000).toISOString() },
	}));

/** A service that keeps a list. */
function listPorts(rows: readonly JsonObject[], member?: string): FakePorts {
	return fakePorts([
		async ({ url }) => {
			const { searchParams } = new URL(url);
			const [skip, limit] = ['skip', 'limit'].map((name) => Number(searchParams.get(name)));
			const page = rows.slice(skip, (skip ?? 0) + (limit ?? 0));
			return await Promise.resolve(answer(member ? { total: rows.length, [member]: page } : page));
		},
	]);
}

const numbers = ({ rows }: Run): number[] => rows.map((row) => Number(idText(row).split('/')[2]));

describe('conversation getMany with filters of its own', () => {
	const many = async (input: JsonObject, count = 60): Promise<Run> =>
		await run(
			'conversation.getMany',
			{ pageSize: 20, ...input },
			listPorts(conversations(count), 'conversations'),
		);
	const where = (test: (n: number) => boolean): number[] =>
		Array.from({ length: 60 }, (_, n) => n).filter(test);

	it.each<[string, JsonObject, (n: number) => boolean]>([
		['the ID of a bot', { bot: 'b1' }, (n) => n % 2 === 1],
		['the name of a bot, in any case', { bot: ' bike SHOP ' }, (n) => n % 2 === 0],
		['several platforms', { platform: 'Telegram, messenger' }, (n) => n % 3 === 0],
		['live chat on', { agentMode: 'on' }, (n) => n % 5 === 0],
		['live chat off', { agentMode: 'off' }, (n) => n % 5 !== 0],
		['unreachable', { unreachable: 'yes' }, (n) => n % 4 === 1],
		['reachable', { unreachable: 'no' }, (n) => n % 4 > 1],
		['unknown, which is not the same', { unreachable: 'unknown' }, (n) => n % 4 === 0],
		['activity before a moment', { activeBefore: '2026-03-01T11:50:00Z' }, (n) => n > 10],
		['activity after a moment', { activeAfter: '2026-03-01T11:50:00Z' }, (n) => n <= 10],
		['two at once', { bot: 'b1', agentMode: 'on' }, (n) => n % 2 === 1 && n % 5 === 0],
	])('keeps %s', async (_name, input, test) => {
		const read = await many({ returnAll: true, ...input });
		expect(numbers(read)).toEqual(where(test));
		expect(read.notices).toEqual([]);
	});

	it('counts the limit after the filters, and stops there', async () => {
		const read = await many({ agentMode: 'on', limit: 5, pagesAtOnce: 1 });
		expect(numbers(read)).toEqual([0, 5, 10, 15, 20]);
		expect(read.ports.requests).toHaveLength(2);
	});

	it('stops at the page cap and tells how many rows it looked at', async () => {
		const read = await many({ unreachable: 'yes', returnAll: true, pageCap: 2, pagesAtOnce: 1 });
		expect(numbers(read)).toEqual(where((n) => n % 4 === 1 && n < 39));
		expect(read.notices).toEqual([
			'Looked at 39 conversations, as far as the page cap of 2 goes, and 10 of them fit. ' +
				'There are more: raise the page cap or narrow the time range to see them.',
		]);
	});

	it('says nothing when the list ends with the cap', async () => {
		expect((await many({ unreachable: 'yes', returnAll: true, pageCap: 4 })).notices).toEqual([]);
	});

	it('stops behind a page that is too old, as long as the list is in falling order', async () => {
		const input = { activeAfter: '2026-03-01T11:50:00Z', returnAll: true, pagesAtOnce: 1, pageSize: 20 };
		expect((await many(input)).ports.requests).toHaveLength(2);
		const shuffled = conversations(60).sort((one, other) => (idText(one) < idText(other) ? -1 : 1));
		const read = await run('conversation.getMany', input, listPorts(shuffled, 'conversations'));
		expect(numbers(read).sort((one, other) => one - other)).toEqual(where((n) => n <= 10));
	});

	it('passes skip, page size and range on', async () => {
		const input = { skip: 40, pageSize: 30, returnAll: true, start: '2026-02-01', end: '2026-03-02' };
		const read = await many(input);
		expect(numbers(read)).toEqual(where((n) => n >= 40));
		expect(asked(read)).toEqual([
			`GET ${API}/conversations?skip=40&limit=30&start=2026-02-01&end=2026-03-02`,
		]);
	});
});

describe('conversation getMessages', () => {
	const messages = Array.from({ length: 50 }, (_, n) => ({
		id: `m/c/${n}`,
		role: n % 2 === 0 ? 'channel' : 'bot',
		timestamp: new Date(START - n * 60_000).toISOString(),
	}));
	const read = async (input: JsonObject): Promise<Run> =>
		await run(
			'conversation.getMessages',
			{ conversationId: ID, pageSize: 10, ...input },
			listPorts(messages),
		);

	it('keeps one side, and counts the limit after that', async () => {
		expect(numbers(await read({ role: 'bot', limit: 3 }))).toEqual([1, 3, 5]);
	});

	it('keeps what is not older, and stops reading behind it', async () => {
		const done = await read({ since: '2026-03-01T11:55:00Z', returnAll: true });
		expect(numbers(done)).toEqual([0, 1, 2, 3, 4, 5]);
		expect(done.ports.requests).toHaveLength(2);
	});
});

describe('bad input is refused with its field before anything is sent', () => {
	it.each<[string, JsonObject, string]>([
		['conversation.getMany', { start: 'yesterday' }, 'start'],
		['conversation.getMany', { end: '01.02.2026' }, 'end'],
		['conversation.getMany', { start: '2026-03-02', end: '2026-03-01' }, 'start'],
		['conversation.getMany', { start: '2026-03-01T10:00:00Z', end: '2026-03-01T09:00:00Z' }, 'start'],
		['conversation.getMany', { activeAfter: '2026-03-02', activeBefore: '2026-03-01' }, 'activeAfter'],
		['conversation.getMany', { limit: 0 }, 'limit'],
		['conversation.getMany', { limit: -1 }, 'limit'],
		['conversation.getMany', { limit: 1.5 }, 'limit'],
		['conversation.getMany', { pageSize: 1 }, 'pageSize'],
		['conversation.getMany', { pageSize: 101 }, 'pageSize'],
		['conversation.getMany', { pagesAtOnce: 0 }, 'pagesAtOnce'],
		['conversation.getMany', { pagesAtOnce: 33 }, 'pagesAtOnce'],
		['conversation.getMany', { pageCap: 0 }, 'pageCap'],
		['conversation.getMany', { skip: -1 }, 'skip'],
		['conversation.getMany', { agentMode: 'maybe' }, 'agentMode'],
		['conversation.count', { start: '2026-13-01' }, 'start'],
		['conversation.get', { conversationId: '' }, 'conversationId'],
		['conversation.get', { conversationId: '..' }, 'conversationId'],
		['conversation.get', { conversationId: '%2e' }, 'conversationId'],
		['conversation.getMessages', { conversationId: ID, since: '25:00' }, 'since'],
		['conversation.getMessages', { conversationId: ID, role: 'nobody' }, 'role'],
		['message.sendText', { conversationId: ID, text: ' ' }, 'text'],
		['message.sendText', { conversationId: '.', text: 'Hi' }, 'conversationId'],
		['message.sendMedia', { conversationId: ID, url: 'files.example.com/a.png' }, 'url'],
		['message.sendMedia', { conversationId: ID, url: 'file:///etc/passwd' }, 'url'],
		['message.sendCard', { conversationId: ID }, 'title'],
		['message.sendCustom', { conversationId: ID, message: '[1]' }, 'message'],
		['account.getInsights', { start: '2026-01-01' }, 'end'],
		['account.getInsights', { start: '2026-01-02', end: '2026-01-01' }, 'start'],
		['account.getInsights', { start: '2026-01-01', end: '2026-01-02', unit: 'week' }, 'unit'],
		['account.getInsights', { start: '2026-01-01', end: '2026-01-02', offsetMinutes: 900 }, 'offsetMinutes'],
		['flow.setActive', { flowId: '..' }, 'flowId'],
		['flow.start', { data: '"words"' }, 'data'],
	])('%s %j', async (path, input, field) => {
		const ports = fakePorts([answer({})]);
		expect(await rejection(run(path, input, ports))).toMatchObject({
			code: 'CONVOFLOW_INVALID_INPUT',
			field,
		});
		expect(ports.requests).toHaveLength(0);
	});

	it('a plain date fits a moment of the same day, since what a date means here is not known', async () => {
		const ports = fakePorts([answer({ total: 0, conversations: [] })]);
		await run('conversation.getMany', { start: '2026-03-01T10:00:00Z', end: '2026-03-01' }, ports);
		expect(ports.requests).toHaveLength(1);
	});
});
