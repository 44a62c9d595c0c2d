import { ChatlayerClient, FlowAiClient, FlowXoClient, type JsonObject } from '@convoflow/client';
import { findOperation, readInput, runOperation, type Operation } from '@convoflow/kit';
import { chatlayer, flowAi, flowXo } from '@convoflow/nodes';
import {
	answer,
	fakePorts,
	pagesOf,
	rejection,
	text,
	type FakePorts,
	type Step,
} from '../support/fake-ports';

const CLIENTS = { flowai: FlowAiClient, flowxo: FlowXoClient, chatlayer: ChatlayerClient } as const;

/** Runs an operation of a service against scripted answers. */
async function run(
	path: readonly [service: 'flowai' | 'flowxo' | 'chatlayer', resource: string, name: string],
	raw: Record<string, unknown>,
	script: readonly Step[],
): Promise<{ rows: JsonObject[]; ports: FakePorts }> {
	const [service, resource, name] = path;
	const found = findOperation({ flowai: flowAi, flowxo: flowXo, chatlayer }[service], resource, name);
	if (!found) throw new Error(`no operation ${path.join(' ')}`);
	const operation: Operation = found;
	const ports = fakePorts(script);
	const client = new CLIENTS[service](ports, { baseUrl: 'https://api.example.test', retries: 0 });
	const context = {
		signal: new AbortController().signal,
		now: () => ports.clock.now(),
		log: () => undefined,
		notice: () => undefined,
	};
	const input = readInput(operation, raw, { timeZone: 'UTC' });
	return { rows: (await pagesOf(runOperation(operation, client, input, context))).flat(), ports };
}

const SEND = ['flowai', 'message', 'sendText'] as const;
const OK = answer({ status: 'ok' });

describe('Flow.ai, send text', () => {
	it('gives each message a trace ID of its own where none is set, and tells it', async () => {
		const sent = await Promise.all(
			Array.from({ length: 5 }, () => run(SEND, { threadId: 't', text: 'hej' }, [OK])),
		);
		const ids = sent.map(({ rows }) => rows[0]?.['traceId']);
		expect(new Set(ids).size).toBe(5);
		sent.forEach(({ ports }, index) => {
			const body = JSON.parse(ports.requests[0]?.body ?? '') as { payload: JsonObject };
			expect(body.payload['traceId']).toBe(ids[index]);
		});
	});

	it('keeps a trace ID of 0', async () => {
		const { rows } = await run(SEND, { threadId: 't', text: 'hej', traceId: 0 }, [OK]);
		expect(rows).toEqual([{ status: 'ok', threadId: 't', traceId: 0 }]);
	});

	it('refuses 256 characters and takes 255, before any request (001, at most 255)', async () => {
		expect(await rejection(run(SEND, { threadId: 't', text: 'x'.repeat(256) }, [OK]))).toMatchObject({
			code: 'CONVOFLOW_INVALID_INPUT',
			field: 'text',
		});
		const { ports } = await run(SEND, { threadId: 't', text: 'x'.repeat(255) }, [OK]);
		expect(ports.requests).toHaveLength(1);
	});
});

describe('Flow.ai, bot and history', () => {
	it('a thread that is not known is named as such', async () => {
		for (const name of ['getStatus', 'pause', 'resume']) {
			const work = run(['flowai', 'bot', name], { threadId: 't' }, [text('', 404)]);
			expect(await rejection(work)).toMatchObject({ code: 'FLOWAI_THREAD_NOT_FOUND', status: 404 });
		}
	});

	it('the status comes back here or goes to the webhook', async () => {
		const here = await run(['flowai', 'bot', 'getStatus'], { threadId: 't' }, [
			answer({ status: 'ok', isPaued: true, threadId: 't' }),
		]);
		expect(here.rows).toEqual([{ threadId: 't', isPaused: true }]);
		const there = await run(['flowai', 'bot', 'getStatus'], { threadId: 't', answer: 'webhook' }, [OK]);
		expect(there.rows).toEqual([{ status: 'ok', threadId: 't' }]);
		expect(there.ports.requests[0]?.url).not.toContain('sync');
	});

	it('history is one row a message when simplified, one a entry as it came', async () => {
		const entry = {
			originator: { name: 'guest_7', role: 'user' },
			messages: [
				{ fallback: 'hej', createdAt: '2019-07-02T08:15:30.120Z', responses: [] },
				{ fallback: 'x', responses: [{ type: 'card', payload: { title: 'A', subtitle: 'B' } }] },
			],
		};
		const page = answer({ status: 'ok', result: { threadId: 't', page: 1, pages: 1, history: [entry] } });
		const { rows } = await run(['flowai', 'message', 'getMany'], { threadId: 't' }, [page]);
		expect(rows.map((row) => [row['text'], row['role'], row['type']])).toEqual([
			['hej', 'user', null],
			['A\nB', 'user', 'card'],
		]);
		for (const row of rows) expect(Object.keys(row).length).toBeLessThanOrEqual(10);
		const raw = await run(['flowai', 'message', 'getMany'], { threadId: 't', simplify: false }, [page]);
		expect(raw.rows).toEqual([entry]);
	});
});

describe('Flow XO, get many conversations', () => {
	const LIST = ['flowxo', 'conversation', 'getMany'] as const;

	it('refuses a start after the end before any request', async () => {
		const range = { start: '2026-03-02', end: '2026-03-01T23:00:00Z' };
		expect(await rejection(run(LIST, range, [answer([])]))).toMatchObject({
			code: 'CONVOFLOW_INVALID_INPUT',
			field: 'start',
		});
	});

	it('shows what is missing as null, never as false', async () => {
		const { rows } = await run(LIST, {}, [answer({ total: 1, conversations: [{ id: 'b/c/u' }] })]);
		expect(rows).toHaveLength(1);
		const { id, ...rest } = rows[0] ?? {};
		expect(id).toBe('b/c/u');
		expect(Object.values(rest).every((value) => value === null)).toBe(true);
		expect(Object.keys(rest).length).toBeLessThan(10);
	});
});

describe('Chatlayer, get conversations', () => {
	const REPORT = ['chatlayer', 'analytics', 'getConversations'] as const;
	const RANGE = {
		botId: 'k3v9',
		period: 'custom',
		startTime: '2026-03-01T00:00:00Z',
		endTime: '2026-03-02T00:00:00Z',
		bucket: '1h',
	};

	it.each([
		[{ endTime: '2026-03-01T00:00:00Z' }, 'startTime'],
		[{ endTime: '2026-02-01' }, 'startTime'],
		[{ bucket: '1d' }, 'bucket'],
		[{ bucket: '1w' }, 'bucket'],
	])('refuses %j before any request', async (change, field) => {
		expect(await rejection(run(REPORT, { ...RANGE, ...change }, [answer({})]))).toMatchObject({
			code: 'CONVOFLOW_INVALID_INPUT',
			field,
		});
	});

	it('takes the bot from its web address, and lists from text with commas', async () => {
		const raw = {
			...RANGE,
			botId: 'https://app.chatlayer.ai/bots/k3v9/analytics',
			channelTypes: ' web, ,sms ',
		};
		const { ports } = await run(REPORT, raw, [answer({ data: {} })]);
		const url = new URL(ports.requests[0]?.url ?? '');
		expect(url.pathname).toBe('/v1/bots/k3v9/conversations');
		expect(url.searchParams.get('channel_type')).toBe('web,sms');
	});

	it('a bot that is not known is named as such', async () => {
		expect(await rejection(run(REPORT, RANGE, [text('', 404)]))).toMatchObject({
			code: 'CHATLAYER_BOT_NOT_FOUND',
		});
	});
});
