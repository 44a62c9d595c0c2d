import type { Execution } from '../../packages/demo/src/n8n/execution';
import { partsOf, smtpServer, type SmtpServer } from '../support/smtp-server';
import { startModel, type Model } from './openai-model';
import { importTemplate, rowsOf, tableId, TeamChat, type FilledIn, type Imported } from './n8n-template';
import { LIMIT_MS, until, type Suite } from './n8n-suite';

/** A run has several steps, some of which start a process of their own on a busy machine. */
const RUN_MS = 3 * LIMIT_MS;

/** Every template, imported and filled in, does its job against the sandbox; what it did is read there and in the chat. */
export function templateTests(suite: () => Suite): void {
	let chat: TeamChat;
	let model: Model;
	let active: string[] = [];
	beforeAll(async () => {
		[chat, model] = await Promise.all([TeamChat.open(), startModel()]);
	});
	afterAll(async () => {
		await chat?.close();
		await model?.close();
	});
	afterEach(async () => {
		const { sandbox, server } = suite();
		sandbox.faults.clear();
		sandbox.setWebhook(null);
		for (const id of active.splice(0)) await server.api.deactivate(id);
	});

	const bring = (file: string, more: Partial<FilledIn> = {}): Promise<Imported> =>
		importTemplate(suite(), file, { chat: chat.url, ...more });
	/** Imports and publishes a template whose webhook is the sandbox's. */
	const publish = async (file: string, more: Partial<FilledIn> = {}): Promise<Imported> => {
		const imported = await bring(file, more);
		await suite().server.api.activate(imported.id);
		active = [...active, imported.id];
		suite().sandbox.setWebhook({ url: imported.webhook });
		return imported;
	};
	const ended = (id: string, condition: (one: Execution) => boolean): Promise<Execution> =>
		suite().server.api.executionWhere(id, condition, AbortSignal.timeout(RUN_MS));
	const said = (threadId: string): string[] =>
		suite()
			.sandbox.world.messages(threadId)
			.flatMap(({ messages }) => messages.map(({ fallback }) => fallback));
	const asked = (method: string, path: string): number =>
		suite()
			.sandbox.requests()
			.filter((one) => one.method === method && one.path.endsWith(path)).length;
	/** Makes everything of a service fail from now on. */
	const refuse = (surface: 'flowai-rest' | 'flowxo' | 'chatlayer'): void =>
		void suite().sandbox.faults.add({ match: { surface }, action: { type: 'status', status: 403 } });

	describe('human handover', () => {
		const THREAD = 'e2e-human';

		it('pauses the bot, tells the user and the team, and lets the bot back when it is resolved', async () => {
			const { sandbox, server } = suite();
			const { id } = await publish('human-handover');
			await sandbox.world.sendAsUser(THREAD, 'I want to talk to a human', 'rest');
			await until(suite(), () => chat.about(THREAD).length > 0);
			const [told = ''] = chat.about(THREAD);
			expect(told).toContain('I want to talk to a human');
			expect(told).toContain('Support: A colleague will be with you shortly.');
			expect(sandbox.world.thread(THREAD)?.paused).toBe(true);
			expect(said(THREAD).filter((text) => text === 'A colleague will be with you shortly.')).toHaveLength(1);

			const [form = ''] = /http\S+$/.exec(told) ?? [];
			await server.api.until(
				async () => (await server.api.executions(id)).find(({ status }) => status === 'waiting'),
				AbortSignal.timeout(RUN_MS),
			);
			// Chats look at links to show what is behind them: only the button counts.
			const page = await fetch(form);
			expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('Is it resolved?')]);
			expect(sandbox.world.thread(THREAD)?.paused).toBe(true);
			const note = new FormData();
			note.append('field-0', 'Table six is theirs');
			expect((await fetch(form, { method: 'POST', body: note })).status).toBe(200);
			await until(suite(), () => sandbox.world.thread(THREAD)?.paused === false);
			expect(asked('DELETE', `/pause/${THREAD}`)).toBe(1);
			expect(chat.about(THREAD)).toHaveLength(1);
		});

		it('tells the team what failed', async () => {
			await publish('human-handover');
			refuse('flowai-rest');
			suite().sandbox.world.ensureThread('e2e-human-refused');
			suite().sandbox.world.handover('e2e-human-refused');
			const words = 'Automation: human handover could not finish (Pause the bot)';
			await until(suite(), () => chat.about(words).length > 0);
			expect(chat.about(words)).toEqual([expect.stringMatching(/key|permission|refused/i)]);
		});
	});

	describe('assistant answers handed-over threads', () => {
		const FILE = 'assistant-answers-handed-over-threads';
		const THREAD = 'e2e-assistant';
		let credentials: Readonly<Record<string, string>> = {};
		beforeAll(async () => {
			const key = { apiKey: 'not-a-key', url: model.url };
			credentials = { openAiApi: await suite().server.api.createCredential('openAiApi', 'Assistant', key) };
			suite().sandbox.settings.vocabulary = 'later';
		});
		afterAll(() => (suite().sandbox.settings.vocabulary = '2019'));

		it('reads, answers what a user writes while the bot is paused, and stays silent before', async () => {
			const { sandbox } = suite();
			model.picks(
				{ description: /get many messages/i, arguments: {} },
				{ description: /send text message/i, arguments: { Text: 'We open at nine, 7401.' } },
			);
			const { id } = await publish(FILE, { credentials });
			await sandbox.world.sendAsUser(THREAD, 'When are you open?');
			await ended(id, ({ nodes }) => nodes.includes('Is the bot paused?'));
			expect(model.heard()).toBe('');
			await sandbox.world.sendAsUser(THREAD, 'I want to talk to a human');
			await sandbox.world.sendAsUser(THREAD, 'Is anybody there?');
			await until(suite(), () => said(THREAD).includes('We open at nine, 7401.'));
			expect(model.heard()).toContain('Is anybody there?');
			await ended(id, ({ nodes, status }) => nodes.includes('Assistant') && status === 'success');
			expect(said(THREAD).filter((text) => text.includes('7401'))).toHaveLength(1);
		});

		it('gives the thread back to the bot', async () => {
			const { sandbox } = suite();
			model.picks({ description: /resume bot/i, arguments: {} });
			await publish(FILE, { credentials });
			await sandbox.world.sendAsUser(THREAD, 'Give me the bot');
			await until(suite(), () => sandbox.world.thread(THREAD)?.paused === false);
		});

		it('tells the team what failed', async () => {
			refuse('flowai-rest');
			await publish(FILE, { credentials });
			await suite().sandbox.world.sendAsUser(THREAD, 'Hello?');
			await until(suite(), () => chat.about('(Is the bot paused?)').length > 0);
		});
	});

	describe('messages from a list', () => {
		const LIST = 'Messages to send';
		const FILE = 'messages-from-a-list';
		const numbers = Array.from({ length: 45 }, (_, number) => number);
		const threadOf = (number: number): string => `e2e-list-${number % 3}`;

		it('sends each once, in the order of each thread and not too fast, and notes what became of it', async () => {
			const { server, sandbox } = suite();
			const { id } = await bring(FILE);
			const run = (): Promise<Execution> =>
				server.api.runToEnd(id, 'Send now', AbortSignal.timeout(2 * RUN_MS));
			expect((await run()).error).toBeUndefined();
			const table = (await tableId(server.api, LIST)) ?? '';
			await server.api.addRows(table, [
				...numbers.map((number) => ({ threadId: threadOf(number), text: `list ${number}` })),
				{ threadId: '', text: 'list for nobody' },
			]);
			const started = Date.now();
			expect((await run()).error).toBeUndefined();
			const seconds = (Date.now() - started) / 1_000;
			for (const thread of [0, 1, 2]) {
				const expected = numbers.filter((number) => number % 3 === thread).map((number) => `list ${number}`);
				expect(said(`e2e-list-${thread}`).filter((text) => text.startsWith('list '))).toEqual(expected);
			}
			expect(seconds).toBeGreaterThan((numbers.length - 3 * 5) / 5);
			const rows = await rowsOf(server.api, LIST);
			expect(rows.filter(({ status }) => status === 'sent')).toHaveLength(numbers.length);
			expect(rows.at(-1)).toMatchObject({
				status: 'not sent',
				remark: expect.stringContaining('Thread') as string,
			});
			expect(chat.about('1 of the messages in the list were not sent')).toHaveLength(1);

			const before = sandbox.requests().length;
			expect((await run()).error).toBeUndefined();
			expect(sandbox.requests()).toHaveLength(before);
		});
	});

	describe('nightly export of conversations', () => {
		const FILE = 'nightly-export-of-conversations';
		const soon = { 'Every night': { rule: { interval: [{ field: 'seconds', secondsInterval: 5 }] } } };

		it('writes a row for each conversation of the last day, once', async () => {
			const { server, sandbox } = suite();
			const { flowXo } = sandbox.world;
			for (const user of ['Ada', 'Bo']) {
				const conversation = flowXo.begin(`e2e-export-${user}`, user);
				conversation.agentMode = true;
				flowXo.sendAsUser(conversation, `export of ${user}`);
			}
			const { id } = await bring(FILE);
			for (let night = 1; night <= 2; night += 1) {
				const execution = await server.api.runToEnd(id, 'Every night', AbortSignal.timeout(RUN_MS));
				expect(execution.error).toBeUndefined();
			}
			const rows = await rowsOf(server.api, 'Conversations');
			const ours = rows.filter(({ userName }) => userName === 'Ada' || userName === 'Bo');
			expect(ours.map(({ lastMessage }) => lastMessage).sort()).toEqual(['export of Ada', 'export of Bo']);
			const yesterday = Date.now() - 24 * 60 * 60_000;
			expect(rows.every(({ lastMessageAt }) => Date.parse(String(lastMessageAt)) > yesterday)).toBe(true);
			expect(new Set(rows.map(({ conversation }) => conversation)).size).toBe(rows.length);
		});

		it('tells the team what failed', async () => {
			refuse('flowxo');
			await publish(FILE, { parameters: soon });
			await until(suite(), () => chat.about('export of conversations could not finish').length > 0);
			expect(chat.about('export of conversations could not finish')[0]).toContain('(Conversations)');
		});
	});

	describe('weekly report with a chart', () => {
		const FILE = 'weekly-report-with-a-chart';
		const bot = { botId: { __rl: true, mode: 'id', value: 'k3v9x2ab' } };
		let mail: SmtpServer;
		let credentials: Readonly<Record<string, string>> = {};
		beforeAll(async () => {
			mail = await smtpServer();
			const data = { host: '127.0.0.1', port: mail.port, secure: false, disableStartTls: true };
			credentials = { smtp: await suite().server.api.createCredential('smtp', 'Mail of the tests', data) };
		});
		afterAll(async () => await mail?.close());

		it('mails the conversations of seven days, as a table that sums up and as a chart', async () => {
			const { server, sandbox } = suite();
			const week = { period: 'custom', startTime: '2026-03-01T00:00:00Z', endTime: '2026-03-08T00:00:00Z' };
			const { id } = await bring(FILE, { credentials, parameters: { 'By day': { ...bot, ...week } } });
			const before = sandbox.requests().length;
			const execution = await server.api.runToEnd(id, 'Every Monday', AbortSignal.timeout(RUN_MS));
			expect(execution.error).toBeUndefined();
			expect(sandbox.requests().slice(before)).toHaveLength(1);
			const parts = partsOf(mail.mails[0] ?? '');
			const page = parts.find(({ type }) => type === 'text/html')?.text ?? '';
			const values = [...page.matchAll(/align="right">(\d+)</g)].map(([, value]) => Number(value));
			const total = values.reduce((sum, value) => sum + value, 0);
			expect(values).toHaveLength(7);
			expect(total).toBeGreaterThan(0);
			expect(page).toContain(`<h1>${total} conversations in the last 7 days</h1>`);
			const chart = parts.find(({ type }) => type === 'image/svg+xml')?.text ?? '';
			expect(chart).toContain('Conversations of the last 7 days');
			expect(chart).toMatch(/^<svg[^]*<\/svg>\s*$/);
		});

		it('tells the team what failed', async () => {
			refuse('chatlayer');
			const often = { rule: { interval: [{ field: 'seconds', secondsInterval: 5 }] } };
			await publish(FILE, { credentials, parameters: { 'By day': bot, 'Every Monday': often } });
			await until(suite(), () => chat.about('report with a chart could not finish (By day)').length > 0);
		});
	});

	describe('alert when handovers spike', () => {
		const FILE = 'alert-when-handovers-spike';
		const handOver = (threadId: string): void => {
			suite().sandbox.world.ensureThread(threadId);
			suite().sandbox.world.handover(threadId);
		};

		it('tells the team once, from the fifth handover on', async () => {
			const { id } = await publish(FILE);
			const { api } = suite().server;
			const over = async (count: number): Promise<void> =>
				void (await api.until(async () => {
					const done = (await api.executions(id)).filter(({ status }) => status === 'success');
					return done.length >= count || undefined;
				}, AbortSignal.timeout(RUN_MS)));
			for (let number = 1; number <= 4; number += 1) handOver(`e2e-spike-${number}`);
			await over(4);
			expect(chat.about('users asked for a human')).toEqual([]);
			// The first of these is the fifth of all; they come at the same moment.
			for (let number = 5; number <= 8; number += 1) handOver(`e2e-spike-${number}`);
			await over(8);
			expect(chat.about('users asked for a human')).toEqual([
				expect.stringMatching(/^[5-8] users asked for a human in the last 10 minutes$/),
			]);
			const noted = (await rowsOf(api, 'Handovers')).filter(({ kind }) => kind === 'handover');
			expect(noted.map(({ threadId }) => threadId).sort()).toEqual(
				Array.from({ length: 8 }, (_, number) => `e2e-spike-${number + 1}`),
			);
		});

		it('tells the team what failed', async () => {
			await publish(FILE, {
				parameters: { 'Note it': { dataTableId: { __rl: true, mode: 'id', value: 'no-such-table' } } },
			});
			handOver('e2e-spike-failed');
			await until(suite(), () => chat.about('handovers spike could not finish (Note it)').length > 0);
		});
	});
}
