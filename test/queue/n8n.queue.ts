import { randomUUID } from 'node:crypto';
import { startSandbox, type Sandbox } from '@convoflow/sandbox';
import { importCredentials } from '../../packages/demo/src/n8n/demo';
import type { N8nApi } from '../../packages/demo/src/n8n/api';
import { workflow, type CredentialIds, type NodeSketch } from '../../packages/demo/src/n8n/workflows';
import { templateTests } from '../e2e/n8n-templates';
import { postgresRecords, statusesOf, type Recorded } from '../support/n8n-records';
import { rawServer, type RawServer } from '../support/raw-server';
import { deliverAll, Sender } from '../webhook/sender';
import { countingWorkflow, linesOf, runLoad, settled, type Host } from './load';
import { N8nQueue } from './n8n-queue';
import { checkPrograms } from './programs';

/** Events of the load; fewer for a short form of the suite. */
const EVENTS = Number(process.env['EVENTS'] ?? 2_000);
/** Events that are under way when a worker is killed. */
const CUT = 60;
const LIMIT_MS = 60_000;
const LONG_MS = 15 * 60_000;
const WEB_THREAD = 'queue-web';

/** n8n in queue mode, on PostgreSQL and Redis of this machine. What users read is the ledger. */
describe('n8n in queue mode: a main process, two workers and one that takes webhooks', () => {
	let queue: N8nQueue;
	let sandbox: Sandbox;
	let credentials: CredentialIds;
	let loginPage: RawServer;
	let api: N8nApi;
	let host: Host;

	beforeAll(async () => {
		checkPrograms();
		sandbox = await startSandbox({ vocabulary: '2019', botDelayMs: 0 });
		loginPage = await rawServer((_request, response) => response.end('<html></html>'));
		queue = await N8nQueue.start(2);
		({ api } = queue.main);
		credentials = await importCredentials(api, sandbox);
		const records = postgresRecords(queue.postgres);
		const { webhooks } = queue;
		host = { api, sandbox, credentials, webhooks, records, parts: queue.parts };
	}, LONG_MS);
	afterAll(async () => {
		await queue?.stop();
		await sandbox?.close();
		await loginPage?.close();
	}, LONG_MS);

	const say = (...lines: readonly string[]): void => void process.stderr.write(`${lines.join('\n')}\n`);
	const until = async (condition: () => boolean | Promise<boolean>, ms = LIMIT_MS): Promise<void> =>
		void (await api.until(async () => (await condition()) || undefined, AbortSignal.timeout(ms)));

	it(
		`keeps an execution on record for each of ${EVENTS} accepted events`,
		async () => {
			const figures = await runLoad({ ...host, parts: queue.parts }, EVENTS);
			say(...linesOf('Queue mode, PostgreSQL', figures));
			expect(figures).toMatchObject({ vanished: [], doubled: [], miscounted: [] });
			expect(figures.statuses).toEqual({ success: EVENTS });
		},
		LONG_MS,
	);

	it('hears one event in a test, at the main process', async () => {
		const { id, path } = await flowAiTrigger();
		expect(await api.runManually(id, TRIGGER)).toEqual({ waitingForWebhook: true });
		sandbox.setWebhook({ url: `${queue.main.url}/webhook-test/${path}` });
		await sandbox.world.sendAsUser('queue-test', 'My number is 5101', 'rest');
		const heard = await api.executionWhere(
			id,
			(one) => JSON.stringify(one.items(TRIGGER)).includes('5101'),
			AbortSignal.timeout(LIMIT_MS),
		);
		expect(heard).toMatchObject({ mode: 'manual', status: 'success' });
		sandbox.setWebhook(null);
	});

	it('shows the first event of the stream in a test and closes its socket', async () => {
		const id = await api.createWorkflow(
			workflow('Stream in a test', credentials, [streamTrigger('queue-manual')]),
		);
		await api.runManually(id, STREAM);
		await until(() => sandbox.sockets() === 1);
		await sandbox.world.sendAsUser('queue-manual', 'My number is 5201');
		const heard = await api.executionWhere(
			id,
			({ status }) => status === 'success',
			AbortSignal.timeout(LIMIT_MS),
		);
		expect(JSON.stringify(heard.items(STREAM))).toContain('5201');
		await until(() => sandbox.sockets() === 0);
	});

	it(
		'comes back once when the main process is started again: no second subscription, no gap in the stream',
		async () => {
			sandbox.world.chatlayer.subscriptions.list = [];
			const id = await api.createWorkflow(
				workflow('Triggers', credentials, [streamTrigger(WEB_THREAD)], [SUBSCRIBED]),
			);
			await api.activate(id);
			const targets = (): string[] => sandbox.world.chatlayer.subscriptions.list.map(({ target }) => target);
			const before = targets();
			expect(before).toEqual([expect.stringContaining(queue.webhooks)]);
			await until(() => sandbox.sockets() === 1);
			await writeOnWeb(5_301);
			await heardOf(id, 5_301);

			await queue.main.stop();
			await until(() => sandbox.sockets() === 0);
			for (const number of [5_302, 5_303, 5_304]) await writeOnWeb(number);
			await queue.main.start();
			await until(() => sandbox.sockets() === 1);
			await writeOnWeb(5_305);
			await track('after the restart');
			await heardOf(id, 5_305);
			const executions = await api.executionWhere(
				id,
				(one) => JSON.stringify(one.items(SUBSCRIBED.name)).includes('after the restart'),
				AbortSignal.timeout(LIMIT_MS),
			);
			expect(executions.status).toBe('success');
			expect(targets()).toEqual(before);
			expect(sandbox.sockets()).toBe(1);
			const runs = await api.executions(id);
			const counts = [5_301, 5_302, 5_303, 5_304, 5_305].map(
				(number) => runs.filter((one) => JSON.stringify(one.items(STREAM)).includes(String(number))).length,
			);
			const gaps = runs.filter((one) => one.items(STREAM).some(({ json }) => json['event'] === 'gap'));
			say(
				`Main started again: messages on the web heard ${counts.join(', ')} times, ${gaps.length} gaps announced`,
			);
			if (gaps.length === 0) expect(counts).toEqual([1, 1, 1, 1, 1]);
			expect([counts[0], counts[4]]).toEqual([1, 1]);
			await api.deactivate(id);
			await until(() => sandbox.sockets() === 0);
			expect(targets()).toEqual([]);
		},
		LONG_MS,
	);

	it(
		'ends only what a killed worker was running, and writes nothing twice when that is tried again',
		async () => {
			const counting = await countingWorkflow(host, 3);
			const earlier = new Set((await host.records()).map(({ id }) => id));
			const sender = new Sender(20, () => [counting.url], 2_000, 60_000);
			const delivering = deliverAll(sender, 0, CUT, 20);
			await until(() => counting.seen('come').size >= CUT / 3);
			const [worker] = queue.workers.splice(0, 1);
			await worker?.process.kill();
			const killedMs = Date.now();
			await delivering;
			const records = (await settled(host.records)).filter(({ id }) => !earlier.has(id));
			const noticedSeconds = (Date.now() - killedMs) / 1_000;
			sender.close();
			const cut = records.filter(({ status }) => status !== 'success');
			const [come, done] = [counting.seen('come'), counting.seen('done')];
			const begunOnly = [...come.keys()].filter((number) => !done.has(number));
			say(
				`A worker killed: ${JSON.stringify(statusesOf(records))}, all over after ${noticedSeconds.toFixed(0)} s; ${begunOnly.length} had begun and were not done`,
			);
			expect(records).toHaveLength(CUT);
			// Of a run that ends as error n8n keeps no data, the number of its event among it.
			const numbers = records.flatMap(({ number }) => number ?? []);
			expect(new Set(numbers).size).toBe(numbers.length);
			expect(cut.length).toBeGreaterThan(0);
			// Only what ran on that worker: whatever ended well is what users read the end of.
			expect(new Set(statusNumbers(records, 'success'))).toEqual(new Set(done.keys()));

			await queue.addWorker();
			const retried: string[] = [];
			for (const { id } of cut)
				await api.retry(id).then(
					(again) => retried.push(again),
					(error: unknown) => say(`  not tried again: ${String(error)}`),
				);
			await settled(host.records);
			const twice = (word: 'come' | 'done'): number =>
				[...counting.seen(word).values()].filter((count) => count > 1).length;
			const finished = counting.seen('done').size - done.size;
			say(
				`  ${retried.length} of ${cut.length} tried again: ${finished} done, ${twice('come')} came twice, ${twice('done')} done twice`,
			);
			expect([twice('come'), twice('done')]).toEqual([0, 0]);
			await counting.close();
		},
		LONG_MS,
	);

	describe('templates', () =>
		templateTests(() => ({
			server: queue.main,
			userFolder: queue.folder,
			sandbox,
			credentials,
			webhooks: queue.webhooks,
			binaryMode: 'database',
			loginPage,
			close: () => Promise.resolve(),
		})));

	/** Numbers of the events whose runs ended in a way. */
	const statusNumbers = (records: readonly Recorded[], status: string): number[] =>
		records.filter((one) => one.status === status).flatMap(({ number }) => number ?? []);

	const TRIGGER = 'Flow.ai calls';
	const STREAM = 'Web chat, live';
	const SUBSCRIBED: NodeSketch = {
		name: 'Chatlayer tracks',
		type: 'n8n-nodes-chatlayer.chatlayerTrigger',
		credential: 'chatlayerApi',
		webhookId: randomUUID(),
		parameters: {
			botId: { __rl: true, mode: 'id', value: 'k3v9x2ab' },
			events: ['trackingEvent', 'revoked'],
		},
	};

	async function flowAiTrigger(): Promise<{ id: string; path: string }> {
		const webhookId = randomUUID();
		const sketch: NodeSketch = {
			name: TRIGGER,
			type: 'n8n-nodes-flowai.flowAiTrigger',
			webhookId,
			parameters: { events: ['message'] },
		};
		const id = await api.createWorkflow(workflow('Flow.ai in a test', credentials, [sketch]));
		return { id, path: `${webhookId}/webhook` };
	}

	function streamTrigger(threadId: string): NodeSketch {
		return {
			name: STREAM,
			type: 'n8n-nodes-flowai.flowAiStreamTrigger',
			credential: 'flowAiSocketApi',
			parameters: { threadId, events: ['message', 'gap'] },
		};
	}

	/** An end user writes; the bot's answer, which repeats the number, is what the stream brings. */
	async function writeOnWeb(number: number): Promise<void> {
		await sandbox.world.sendAsUser(WEB_THREAD, `My number is ${number}`);
	}

	async function heardOf(id: string, number: number): Promise<void> {
		await api.executionWhere(
			id,
			(one) => JSON.stringify(one.items(STREAM)).includes(String(number)),
			AbortSignal.timeout(LIMIT_MS),
		);
	}

	/** Lets the bot track an event, of which Chatlayer tells its subscribers. */
	async function track(id: string): Promise<void> {
		const { chatlayerTokenId, chatlayerTokenSecret } = sandbox.keys;
		const pair = Buffer.from(`${chatlayerTokenId}:${chatlayerTokenSecret}`).toString('base64');
		const response = await fetch(`${sandbox.baseUrls.chatlayer}/v1/bots/k3v9x2ab/events/track`, {
			method: 'POST',
			headers: { authorization: `Basic ${pair}`, 'content-type': 'application/json' },
			body: JSON.stringify({ id, version: 'LIVE', event: 'order_placed' }),
		});
		expect(response.ok).toBe(true);
	}
});
