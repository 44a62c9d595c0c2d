/* eslint-disable @typescript-eslint/no-explicit-any, @typescript-eslint/no-unsafe-argument, @typescript-eslint/no-unsafe-assignment, @typescript-eslint/no-unsafe-call, @typescript-eslint/no-unsafe-member-access, @typescript-eslint/no-unsafe-return -- answers are foreign JSON, and what they hold is asserted */
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startSandbox, type Sandbox } from '@convoflow/sandbox';
import { call, closeAll, Receiver, rest, start, textMessage } from './helpers';

let folder: string;

beforeAll(() => {
	folder = mkdtempSync(path.join(tmpdir(), 'sandbox-'));
});
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(closeAll);

it('NODE-09 keeps the world in a file over restarts', async () => {
	const data = path.join(folder, 'world.json');
	const receiver = await Receiver.open();
	const first = await startSandbox({ data, botDelayMs: 0, webhook: { url: receiver.url } });
	const api = rest(first);
	await api('POST', 'messages/d-1?writeConcern=true', textMessage('echo 1'));
	await api('POST', 'pause/d-1');
	first.world.sendInLiveChat('5f3a9c0e7d21b84a66e0c1d3/c/490150001001', 'Hello from Ada');
	const before = [first.world.messages('d-1'), first.world.conversations(0, 200)];
	await first.close();
	const second = await start({ data });
	expect([second.world.messages('d-1'), second.world.conversations(0, 200)]).toEqual(before);
	expect((await rest(second)('GET', 'pause/d-1?sync=true')).body.isPaued).toBe(true);
	second.world.fire('paused', 'd-1');
	await receiver.until((calls) =>
		calls.some((seen) => seen.body.type === 'paused' && seen.body.threadId === 'd-1'),
	);
	// The file holds the secrets of webhooks.
	expect(statSync(data).mode & 0o077).toBe(0);
});

it('leaves a file alone that is not its own', async () => {
	const data = path.join(folder, 'other.json');
	writeFileSync(data, '{"my":"notes"}');
	await expect(startSandbox({ data })).rejects.toThrow('is not a data file');
	expect(readFileSync(data, 'utf8')).toBe('{"my":"notes"}');
});

it('makes the same conversations from the same number', async () => {
	const read = async (): Promise<unknown[]> => {
		const sandbox = await start({ seed: 500 });
		const key = `Bearer ${sandbox.keys.flowXo}`;
		const list = await call(`${sandbox.baseUrls.flowXo}/conversations?limit=100&skip=100`, { key });
		const thread = await rest(sandbox)('GET', 'messages/g-0000123?sync=true');
		return [list.body, thread.body];
	};
	expect(await read()).toEqual(await read());
});

it('pages through generated and other conversations without a repeat or a gap, also after some were active', async () => {
	const sandbox = await start({ seed: 500 });
	const key = `Bearer ${sandbox.keys.flowXo}`;
	const walk = async (query = ''): Promise<string[]> => {
		const ids: string[] = [];
		for (let total = Infinity; ids.length < total;) {
			const { body } = await call(
				`${sandbox.baseUrls.flowXo}/conversations?skip=${ids.length}&limit=100${query}`,
				{ key },
			);
			total = body.total;
			ids.push(...body.conversations.map((conversation: { id: string }) => conversation.id));
		}
		return ids;
	};
	const before = await walk();
	expect(new Set(before).size).toBe(634);
	const woken = [before[0], before[300], before[499], before[620]].map(String);
	for (const id of woken) sandbox.world.sendInLiveChat(id, 'Back');
	const after = await walk();
	expect(after.slice(0, 4)).toEqual([...woken].reverse());
	expect([...after].sort()).toEqual([...before].sort());
	const range = '&start=2026-04-01&end=2026-06-30';
	expect(new Set(await walk(range)).size).toBe((await walk(range)).length);
	const threads: string[] = [];
	for (let page = 1, pages = 1; page <= pages; page += 1) {
		const { body } = await rest(sandbox)('GET', `threads?sync=true&page=${page}`);
		pages = body.result.pages;
		threads.push(...body.result.threads);
	}
	expect(new Set(threads).size).toBe(502);
});

it('lists newest activity first, generated conversations included', async () => {
	const sandbox = await start({ seed: 300 });
	const { conversations } = sandbox.world.conversations(0, 434) as { conversations: any[] };
	const times = conversations.map((item) => item.last_message?.timestamp ?? item.created_at);
	// A conversation without messages stands where its last message would.
	const spoken = conversations.filter((item) => item.last_message).map((item) => item.last_message.timestamp);
	expect(times).toHaveLength(434);
	expect(spoken).toEqual([...spoken].sort().reverse());
});

it('describes everything it serves', async () => {
	const sandbox = await start();
	const { body } = await call(`${sandbox.url}/openapi.json`);
	expect(body.openapi).toBe('3.0.3');
	const operations = Object.entries(body.paths as Record<string, object>).flatMap(([path, methods]) =>
		Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
	);
	expect(operations).toEqual(
		expect.arrayContaining([
			'POST /flowai/rest/v1/messages/{threadId}',
			'GET /flowai/socket.info',
			'GET /flowxo/api/conversations/{id}/messages',
			'POST /chatlayer/v1/bots/{bot_id}/events/stream',
			'POST /sandbox/api/faults',
		]),
	);
	expect(operations.filter((operation) => operation.includes('/chatlayer/v1/'))).toHaveLength(31);
	expect(operations.filter((operation) => operation.includes('/flowai/rest/v1/'))).toHaveLength(16);
});

it('calls an action webhook and takes its answers, at once and later', async () => {
	const receiver = await Receiver.open();
	const sandbox = await start();
	sandbox.world.setActionWebhook({ url: receiver.url, verifyToken: 'vt-made-up', action: 'reserve' });
	await sandbox.world.sendAsUser('a-1', 'Please reserve table six');
	await receiver.until((calls) => calls.length === 1);
	const body = receiver.received[0]?.body;
	expect(body).toMatchObject({
		type: 'action',
		verifyToken: 'vt-made-up',
		threadId: 'a-1',
		action: 'reserve',
		query: 'Please reserve table six',
	});
	const messages = [{ fallback: 'Booked', responses: [{ type: 'text', payload: { text: 'Booked' } }] }];
	const wrong = await call(body.replyUrl, { method: 'POST', body: { verifyToken: 'no', messages } });
	expect(wrong.status).toBe(401);
	const right = await call(body.replyUrl, {
		method: 'POST',
		body: { verifyToken: 'vt-made-up', messages, events: [{ name: 'RESERVED' }] },
	});
	expect(right.body).toEqual({ status: 'ok' });
	expect(
		sandbox.world
			.messages('a-1')
			.slice(-2)
			.map((entry) => entry.messages[0]?.fallback),
	).toEqual(['Booked', 'Event RESERVED received.']);
});

it('refuses calls from pages of other sites', async () => {
	const sandbox = await start();
	const foreign = await call(`${sandbox.url}/sandbox/api/faults`, {
		method: 'POST',
		headers: { origin: 'https://evil.example.com' },
		body: { action: { type: 'hang' } },
	});
	expect(foreign.status).toBe(403);
	expect(sandbox.faults.all()).toEqual([]);
});

it('says which option is wrong, and leaves nothing behind', async () => {
	await expect(startSandbox({ speed: 0 })).rejects.toThrow('speed');
	await expect(startSandbox({ seed: -1 })).rejects.toThrow('seed');
	await expect(startSandbox({ vocabulary: '2030' as never })).rejects.toThrow(
		'vocabulary must be one of 2019, later, both',
	);
	const sandbox = await start();
	await expect(startSandbox({ port: Number(new URL(sandbox.url).port) })).rejects.toThrow('EADDRINUSE');
});

it('NODE-18 NODE-19 can put a message in late, at the very instant of another', async () => {
	const sandbox = await start();
	const id = '5f3a9c0e7d21b84a66e0c1d2/c/490150001000';
	const before = sandbox.world.conversationMessages(id);
	const at = new Date(String(before[10]?.['timestamp']));
	sandbox.world.insertMessage(id, 'late', at);
	const after = sandbox.world.conversationMessages(id);
	expect(after).toHaveLength(before.length + 1);
	expect(after[11]).toMatchObject({ message: 'late', timestamp: at.toISOString(), role: 'channel' });
});

it('keeps what was changed beside the messages', async () => {
	const data = path.join(folder, 'rest.json');
	const first = await startSandbox({ data, botDelayMs: 0 });
	const api = `${first.url}/sandbox/api`;
	const xo = { key: `Bearer ${first.keys.flowXo}` };
	await call(`${api}/settings`, { method: 'PATCH', body: { vocabulary: '2019', historyOrder: 'oldest' } });
	const { body: flows } = await call(`${first.baseUrls.flowXo}/workflows/simple`, xo);
	await call(`${first.baseUrls.flowXo}/workflows/${flows[0]._id}`, {
		...xo,
		method: 'PUT',
		body: { active: false },
	});
	await call(`${first.baseUrls.flowXo}/users/subaccounts`, {
		...xo,
		method: 'POST',
		body: { email: 'a@example.com' },
	});
	const id = '5f3a9c0e7d21b84a66e0c1d2/c/490150001000';
	first.world.insertMessage(id, 'late', new Date('2026-01-05T08:30:00Z'));
	const form = new FormData();
	form.set(
		'query',
		JSON.stringify({
			payload: { type: 'media', mediaType: 'file', originator: { name: 'a', role: 'external' } },
		}),
	);
	form.set('file', new Blob(['hello']), 'a.txt');
	const headers = { authorization: first.keys.flowAiRest };
	await fetch(`${first.baseUrls.flowAi}/rest/v1/messages/up-1`, { method: 'POST', headers, body: form });
	const read = async ({ url, baseUrls, world }: Sandbox): Promise<unknown[]> => [
		(await call(`${baseUrls.flowXo}/workflows/simple`, xo)).body,
		(await call(`${baseUrls.flowXo}/users/subaccounts`, xo)).body,
		(await call(`${url}/sandbox/api/uploads`)).body.uploads.map(({ kept: _, ...file }: any) => file),
		world.conversationMessages(id),
		world.conversations(130, 10),
	];
	const before = await read(first);
	expect(before[0]).toContainEqual(expect.objectContaining({ active: false, name: 'Opening hours' }));
	expect(before[1]).toMatchObject({ accounts: [{ email: 'a@example.com' }] });
	expect(before[2]).toMatchObject([{ fileName: 'a.txt', size: 5 }]);
	await first.close();
	const second = await start({ data, vocabulary: 'both' });
	expect(await read(second)).toEqual(before);
	// What is asked for at the start goes before what was kept.
	expect(second.settings).toMatchObject({ vocabulary: 'both', historyOrder: 'oldest' });
});
