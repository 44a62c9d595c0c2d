import { FlowXoClient, chunksOf, type JsonObject } from '@convoflow/client';
import { findOperation, readInput, runFileOperation, type FileResult } from '@convoflow/kit';
import { flowXo } from '@convoflow/nodes';
import { answer, fakePorts, rejection, type FakePorts } from '../support/fake-ports';

const ID = '5f3a/c/490150001122';
const CONVERSATION = {
	id: ID,
	bot_name: 'Bike Shop',
	platform: 'whatsapp',
	user_id: '490150001122',
	user_name: 'Mara *M*',
	created_at: '2026-02-03T08:15:00.250Z',
};

/** The newest first, as the service lists them. */
const MESSAGES: JsonObject[] = [
	{
		id: 'm6',
		role: 'bot',
		type: 'hologram',
		agent_mode: false,
		beam: true,
		timestamp: '2026-02-04T09:00:00.000Z',
	},
	{
		id: 'm5',
		role: 'bot',
		type: 'text',
		agent_mode: true,
		message: 'Hello, this is Ada.\nCall +49 151 2345678.',
		options: null,
		timestamp: '2026-02-03T08:18:00.000Z',
	},
	{ id: 'm4', role: 'bot', type: 'custom', custom: '{"text":"broken', timestamp: '2026-02-03T08:17:30.000Z' },
	{
		id: 'm3',
		role: 'bot',
		type: 'custom',
		custom: '{"text":"Pick a day"}',
		timestamp: '2026-02-03T08:17:20.000Z',
	},
	{
		id: 'm2',
		role: 'bot',
		type: 'text',
		message: 'Which "day", please?',
		options: [{ label: 'Monday' }, 'Tuesday'],
		timestamp: '2026-02-03T08:17:10.000Z',
	},
	{
		id: 'm1',
		role: 'channel',
		type: 'text',
		from: '490150001122',
		message: '=1+1 *bold*, mara@example.com',
		timestamp: '2026-02-03T08:17:00.000Z',
	},
].map((message) => ({ conversation: ID, ...message }));

/** A service with one conversation. */
function ports(messages: readonly JsonObject[] = MESSAGES): FakePorts {
	return fakePorts([
		async ({ url }) => {
			const { pathname, searchParams } = new URL(url);
			if (!pathname.endsWith('/messages')) return await Promise.resolve(answer(CONVERSATION));
			const [skip = 0, limit = 25] = ['skip', 'limit'].map((name) => Number(searchParams.get(name)));
			return answer(messages.slice(skip, skip + limit));
		},
	]);
}

async function run(
	input: JsonObject,
	service = ports(),
	{ name = 'exportTranscript', items }: { name?: string; items?: readonly JsonObject[] } = {},
): Promise<FileResult> {
	const operation = findOperation(flowXo, 'conversation', name);
	if (!operation) throw new Error('no such operation');
	const client = new FlowXoClient(service, { baseUrl: 'https://flowxo.com/api', retries: 0 });
	const context = {
		signal: new AbortController().signal,
		now: () => 0,
		log: () => undefined,
		notice: () => undefined,
		...(items ? { items } : {}),
	};
	const read = readInput(operation, { conversationId: ID, ...input }, { timeZone: 'UTC' });
	return await runFileOperation(operation, client, read, context);
}

async function textOf({ file }: FileResult): Promise<string> {
	const parts: Uint8Array[] = [];
	for await (const chunk of chunksOf(file)) parts.push(chunk);
	return Buffer.concat(parts).toString('utf8');
}

describe('export transcript', () => {
	it('writes Markdown to read, the oldest message first, a heading for each day', async () => {
		const result = await run({ format: 'markdown' });
		expect(result.file).toMatchObject({
			name: 'transcript-5f3a-c-490150001122.md',
			mimeType: 'text/markdown',
		});
		expect(await textOf(result)).toBe(`# Conversation with Mara \\*M\\*

- Conversation: 5f3a/c/490150001122
- Bot: Bike Shop
- Platform: whatsapp
- Started: 2026-02-03T08:15:00.250Z
- Times: UTC

## 2026-02-03

**Mara \\*M\\*** 08:17:00

> =1+1 \\*bold\\*, mara@example.com

**Bike Shop** 08:17:10

> Which "day", please? \\[Monday | Tuesday\\]

**Bike Shop** 08:17:20

> Pick a day

**Bike Shop** 08:17:30

> {"text":"broken

**Live chat** 08:18:00

> Hello, this is Ada.
> Call +49 151 2345678.

## 2026-02-04

**Bike Shop** 09:00:00

> \\[hologram\\] {"beam":true}

`);
	});

	it('writes CSV as RFC 4180 has it; a text that a spreadsheet would run is kept from it', async () => {
		const lines = (await textOf(await run({ format: 'csv' }))).split('\r\n');
		expect(lines[0]).toBe('\ufeffconversation,time,role,name,type,text,liveChat,messageId');
		expect(lines[1]).toBe(
			`${ID},2026-02-03T08:17:00.000Z,channel,Mara *M*,text,"'=1+1 *bold*, mara@example.com",,m1`,
		);
		expect(lines[2]).toBe(
			`${ID},2026-02-03T08:17:10.000Z,bot,Bike Shop,text,"Which ""day"", please? [Monday | Tuesday]",,m2`,
		);
		expect(lines).toHaveLength(MESSAGES.length + 2);
	});

	it('writes JSON Lines: every message as it came, with its parsed payload', async () => {
		const lines = (await textOf(await run({ format: 'jsonl' }))).trimEnd().split('\n');
		const rows = lines.map((line) => JSON.parse(line) as JsonObject);
		expect(rows.map(({ id }) => id)).toEqual(['m1', 'm2', 'm3', 'm4', 'm5', 'm6']);
		expect(rows[2]).toEqual({ ...MESSAGES[3], custom_parsed: { text: 'Pick a day' } });
		expect(rows[5]).toEqual(MESSAGES[0]);
	});

	it.each(['markdown', 'csv', 'jsonl'])(
		'masks personal data in %s, the number in the ID included',
		async (format) => {
			const result = await run({ format, maskPersonalData: true });
			const told = `${await textOf(result)} ${JSON.stringify([result.file.name, result.json])}`;
			for (const personal of ['490150001122', 'Mara', 'mara@example.com', '151 2345678'])
				expect(told).not.toContain(personal);
			expect(told).toContain('day');
		},
	);

	it('reads a conversation of 1,000 messages in order, a service that begins with the oldest too', async () => {
		const count = 1_000;
		const rows = Array.from({ length: count }, (_, n): JsonObject => ({
			id: `m${n}`,
			timestamp: new Date(Date.parse('2026-02-03T00:00:00Z') + n * 1_000).toISOString(),
		}));
		for (const listed of [[...rows].reverse(), rows]) {
			const text = await textOf(await run({ format: 'jsonl' }, ports(listed)));
			expect(
				text
					.trimEnd()
					.split('\n')
					.map((line) => (JSON.parse(line) as JsonObject)['id']),
			).toEqual(rows.map(({ id }) => id));
		}
	});

	it('says that a conversation is missing before a file is begun', async () => {
		const missing = run({ format: 'csv' }, fakePorts([answer({}, 404)]));
		expect(await rejection(missing)).toMatchObject({ code: 'FLOWXO_CONVERSATION_NOT_FOUND' });
	});
});

describe('export transcripts in one file', () => {
	const OTHER = '5f3a/c/room/7';

	/** Two conversations, each with messages that name it. */
	function two(): FakePorts {
		return fakePorts([
			async ({ url }) => {
				const { pathname, searchParams } = new URL(url);
				const [, , , part = '', messages] = pathname.split('/');
				const id = decodeURIComponent(part);
				if (messages === undefined) return await Promise.resolve(answer({ ...CONVERSATION, id }));
				const [skip = 0, limit = 25] = ['skip', 'limit'].map((name) => Number(searchParams.get(name)));
				return answer(MESSAGES.map((row) => ({ ...row, conversation: id })).slice(skip, skip + limit));
			},
		]);
	}
	const together = async (items: readonly JsonObject[], input: JsonObject = {}, service = two()) =>
		await run({ format: 'jsonl', ...input }, service, { name: 'exportTranscripts', items });
	const conversationsIn = (text: string): unknown[] =>
		text
			.trimEnd()
			.split('\n')
			.map((line) => (JSON.parse(line) as JsonObject)['conversation']);

	it('writes every conversation once, one after the other, whatever form its ID has', async () => {
		const items = [{ id: 'm1', conversationId: OTHER }, { id: ID }, { id: encodeURIComponent(OTHER) }];
		const result = await together(items);
		expect(result.json).toEqual({ format: 'jsonl', conversations: 2 });
		const half = MESSAGES.length;
		expect(conversationsIn(await textOf(result))).toEqual([
			...Array.from({ length: half }, () => OTHER),
			...Array.from({ length: half }, () => ID),
		]);
	});

	it('writes one table with one line of headings', async () => {
		const lines = (await textOf(await together([{ id: ID }, { id: OTHER }], { format: 'csv' }))).split(
			'\r\n',
		);
		expect(lines.filter((line) => line.includes('messageId'))).toHaveLength(1);
		expect(lines).toHaveLength(2 * MESSAGES.length + 2);
	});

	it('masks what the ID says of the user', async () => {
		const result = await together([{ id: ID }], { format: 'markdown', maskPersonalData: true });
		expect(`${result.file.name} ${await textOf(result)}`).not.toMatch(/490150001122|Mara/);
	});

	it.each([[{}], [{ id: '' }], [{ name: ID }]])(
		'refuses the item %j before anything is asked for',
		async (item) => {
			const service = two();
			const refused = await rejection(together([{ id: ID }, item], {}, service));
			expect(refused).toMatchObject({ code: 'CONVOFLOW_INVALID_INPUT', field: 'items' });
			expect(String(refused)).toContain('Item 1');
			expect(service.requests).toHaveLength(0);
		},
	);

	it('reads a conversation when it is its turn, and not before', async () => {
		const service = two();
		const { file } = await together([{ id: ID }, { id: OTHER }], {}, service);
		expect(service.requests).toHaveLength(0);
		for await (const _piece of chunksOf(file)) break;
		expect(service.requests.some(({ url }) => url.includes('room'))).toBe(false);
	});
});
