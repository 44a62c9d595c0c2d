import { startSandbox, type Sandbox } from '@convoflow/sandbox';
import fs from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { exampleFlows } from '../../packages/node-red/src/build/examples';
import { startNodeRed, type FlowNode, type NodeRed } from './harness';
import { filledInExamples, pathOf } from './harness/filled-in';

type Msg = Record<string, unknown> & { payload: unknown };

/** A language model that answers what a test tells it to. */
class Model {
	answer = '';
	readonly asked: { messages: { content: string }[] }[] = [];
	readonly #server: Server;
	private constructor(server: Server) {
		this.#server = server;
		server.on('request', (request, response) => {
			let body = '';
			request.on('data', (chunk: Buffer) => (body += chunk.toString()));
			request.on('end', () => {
				this.asked.push(JSON.parse(body) as Model['asked'][number]);
				response.setHeader('content-type', 'application/json');
				response.end(JSON.stringify({ choices: [{ message: { content: this.answer } }] }));
			});
		});
	}
	static async start(): Promise<Model> {
		const server = createServer().listen(0, '127.0.0.1');
		await once(server, 'listening');
		return new Model(server);
	}
	get url(): string {
		return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/v1/chat/completions`;
	}
	close(): void {
		this.#server.closeAllConnections();
		this.#server.close();
	}
}

describe('the examples', () => {
	let sandbox: Sandbox;
	let red: NodeRed;
	let model: Model;
	let folder: string;

	beforeAll(async () => {
		[sandbox, model] = await Promise.all([startSandbox(), Model.start()]);
		red = await startNodeRed({
			env: { LLM_URL: model.url, LLM_MODEL: 'test', LLM_KEY: 'not-a-key', HANDOVERS: '3' },
		});
		folder = path.join(red.userDir, 'exports');
		await red.deploy(filledInExamples(sandbox).map(intoFolder));
	});
	afterAll(async () => {
		await red?.stop();
		await sandbox?.close();
		model?.close();
	});

	/** Files go where the test looks for them. */
	function intoFolder(node: FlowNode): FlowNode {
		if (node.type !== 'inject' || !Array.isArray(node['props'])) return node;
		const props = (node['props'] as { v?: string }[]).map((one) =>
			one.v?.includes('$env("EXPORT_FOLDER")')
				? { ...one, v: one.v.replace(/\(\$env.*?: ""\)/, JSON.stringify(`${folder}/`)) }
				: one,
		);
		return { ...node, props };
	}

	/** Presses the button of an example as it is. */
	async function press(id: string): Promise<void> {
		const response = await red.admin(`/inject/${id}`, { method: 'POST' });
		expect(response.status).toBe(200);
	}

	/** Calls a webhook as Flow.ai does. */
	async function call(id: string, body: object): Promise<void> {
		const response = await fetch(`${red.nodeUrl}/flowai/webhook/${pathOf(id)}`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify(body),
		});
		expect(response.status).toBe(200);
	}

	const sentTo = (threadId: string): string[] =>
		sandbox
			.requests()
			.filter(({ method, path: one }) => method === 'POST' && one.endsWith(`/messages/${threadId}`))
			.map(({ body }) => (body as { payload: { speech: string } }).payload.speech);

	const handover = (threadId: string): object => ({ type: 'takeover', threadId, at: Date.now() });

	it('start without a complaint', () => {
		// Only the address of this machine cannot be filled in here: there is none.
		const complaints = red
			.log()
			.split('\n')
			.filter((line) => /\[error\]|Unknown|missing types/i.test(line))
			.filter((line) => !/chatlayer-subscription.*Public URL is empty/.test(line));
		expect(complaints).toEqual([]);
	});

	it.each(
		exampleFlows()
			.filter(
				({ name, flow }) => !name.startsWith('Automation') && flow.some(({ type }) => type === 'inject'),
			)
			.map(({ name, flow }) => [name, String(flow.find(({ type }) => type === 'inject')?.['id'])]),
	)('%s: the button brings a result', async (_name, inject) => {
		await press(inject);
		const debug = inject.replace('.inject', '.debug');
		const status = inject.replace('.inject', '.node');
		await red.awaitStatusLike(status, /status\.(done|failed)$/);
		const errors = red.debug.filter(({ id, value }) => id === status && value !== undefined);
		expect(errors).toEqual([]);
		expect(await red.awaitDebug(debug)).toHaveLength(1);
	});

	it('human handover: the bot is paused, the user is told, the team reads, and the bot comes back', async () => {
		await call('human-handover.webhook', handover('t-100'));
		const [forTeam] = (await red.awaitDebug('human-handover.team')) as Msg[];
		expect(forTeam?.payload).toHaveLength(10);
		expect(sentTo('t-100')).toContain('A colleague will be with you shortly.');
		await press('human-handover.resolved');
		const [back] = (await red.awaitDebug('human-handover.active')) as Msg[];
		expect(back?.payload).toMatchObject({ threadId: 't-100' });
	});

	it('assistant: answers what a user writes while the bot is paused, and lets the bot back', async () => {
		const inbound = (text: string): object => ({
			type: 'inbound',
			threadId: 't-101',
			messages: [{ fallback: text, metadata: { originator: { role: 'external' } } }],
			originator: { role: 'external', name: 'Mara' },
		});
		model.answer = 'We open at nine.';
		await call('assistant.webhook', inbound('Before the pause'));
		await call('assistant.webhook', { type: 'paused', threadId: 't-101' });
		await call('assistant.webhook', inbound('When do you open?'));
		await red.awaitDebug('assistant.sent');
		expect(sentTo('t-101')).toEqual(['We open at nine.']);
		expect(model.asked).toHaveLength(1);
		expect(model.asked[0]?.messages.at(-1)?.content).toContain(': ');
		model.answer = 'RESUME';
		await call('assistant.webhook', inbound('Give me the bot'));
		await red.awaitDebug('assistant.resumed');
		expect(sentTo('t-101')).toHaveLength(1);
	});

	it('messages from a list: in the order of each thread, and all are told', async () => {
		const before = sentTo('t-100').length;
		await press('proactive.start');
		const [all] = (await red.awaitDebug('proactive.sent')) as Msg[];
		expect(all?.payload).toHaveLength(3);
		expect(sentTo('t-100').slice(before)).toEqual(['Your table is ready.', 'See you soon!']);
	});

	it('alert: one for a spike of handovers', async () => {
		for (const threadId of ['t-1', 't-2', 't-3', 't-4'])
			await call('handover-alert.webhook', handover(threadId));
		const [alert] = (await red.awaitDebug('handover-alert.alert')) as Msg[];
		expect(alert?.payload).toEqual({ text: '3 users asked for a human in the last 10 minutes' });
	});

	it('nightly export: a table with one header and a row for each conversation', async () => {
		await press('nightly-export.start');
		await red.awaitStatus('nightly-export.list', 'flowxo-conversation.status.done');
		await red.awaitDebug('nightly-export.written');
		const [file = ''] = (await fs.readdir(folder)).filter((name) => name.endsWith('.csv'));
		expect(file).toMatch(/^conversations-\d{4}-\d\d-\d\d\.csv$/);
		const lines = (await fs.readFile(path.join(folder, file), 'utf8')).trim().split('\r\n');
		expect(lines[0]).toMatch(/^id,|,id,/);
		expect(lines.length).toBeGreaterThan(1);
		expect(lines.slice(1)).not.toContain(lines[0]);
	});

	it('weekly report: a page with seven bars that sum up', async () => {
		await press('weekly-report.start');
		await red.awaitDebug('weekly-report.written');
		const [file = ''] = (await fs.readdir(folder)).filter((name) => name.endsWith('.html'));
		const page = await fs.readFile(path.join(folder, file), 'utf8');
		const values = [...page.matchAll(/font-size="12">(\d+)</g)].map(([, value]) => Number(value));
		expect(page.match(/<rect /g)).toHaveLength(7);
		const total = Number(/<h1>(\d+) conversations/.exec(page)?.[1]);
		expect(values.reduce((sum, value) => sum + value, 0)).toBe(total);
		expect(page).not.toContain('{{');
	});
});
