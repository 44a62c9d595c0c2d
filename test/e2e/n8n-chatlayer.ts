import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { findOperation } from '@convoflow/kit';
import { chatlayer } from '@convoflow/nodes';
import type { Execution } from '../../packages/demo/src/n8n/execution';
import { button, setFields, workflow, type NodeSketch } from '../../packages/demo/src/n8n/workflows';
import { inkIn, textBox } from '../support/picture';
import { trackInSandbox } from '../support/track-event';
import { drawInBrowser } from './draw-svg';
import { EditorPage, type Theme } from './n8n-editor-page';
import { LIMIT_MS, runNodes, SOON, until, type Suite } from './n8n-suite';

const TYPE = 'n8n-nodes-chatlayer.chatlayer';
const BOT = { __rl: true, mode: 'url', value: 'https://app.chatlayer.ai/bots/k3v9x2ab/dashboard' };
const TITLE = 'Conversations by channel';
const TRIGGER = 'Chatlayer events';
const ALBUM = join(__dirname, '../../build/pictures');
/** Beside the README of the package. */
const PICTURES = join(__dirname, '../../packages/n8n-nodes-chatlayer/pictures');
const REPORT: NodeSketch = {
	name: 'By channel',
	type: TYPE,
	credential: 'chatlayerApi',
	parameters: {
		resource: 'analytics',
		operation: 'getConversations',
		botId: BOT,
		period: 'custom',
		startTime: '2026-03-01',
		endTime: '2026-03-15',
		additionalFields: { groupBy: 'channel_type' },
	},
};

const chart = (theme: Theme): NodeSketch => ({
	name: 'Draw',
	type: TYPE,
	parameters: {
		resource: 'chart',
		operation: 'create',
		title: TITLE,
		additionalFields: { theme, fileName: 'conversations' },
	},
});

/** A week on two channels: the example of the operation. */
const WEEK = findOperation(chatlayer, 'chart', 'create')?.examples[0]?.items ?? [];

const SPLIT: NodeSketch = {
	name: 'Rows',
	type: 'n8n-nodes-base.splitOut',
	parameters: { fieldToSplitOut: 'rows', options: {} },
};

const READ: NodeSketch = {
	name: 'Read',
	type: 'n8n-nodes-base.extractFromFile',
	typeVersion: 1,
	parameters: { operation: 'text', binaryPropertyName: 'data', options: {} },
};

/** Charts and triggers of Chatlayer, as a person sees them. */
export function chatlayerTests(suite: () => Suite): void {
	it.each([
		['light', '#ffffff'],
		['dark', '#14181f'],
	] as const)('draws rows of any node as a %s chart with its title and legend', async (theme, paper) => {
		const execution = await runNodes(suite(), setFields('Week', { rows: WEEK }), SPLIT, chart(theme), READ);
		expect(execution.error).toBeUndefined();
		expect(execution.items('Draw')).toHaveLength(1);
		expect(execution.items('Draw')[0]?.json).toMatchObject({
			fileName: 'conversations.svg',
			mimeType: 'image/svg+xml',
		});
		const svg = String(execution.items('Read')[0]?.json['data']);
		const names = [...new Set(WEEK.map(({ series }) => series as string))];
		expect(names.length).toBeGreaterThan(1);
		await mkdir(ALBUM, { recursive: true });
		const file = join(ALBUM, `n8n-chart-${theme}.png`);
		const picture = await drawInBrowser(svg, file);
		if (process.env['PICTURES'] !== undefined) await copyFile(file, join(PICTURES, `chart.${theme}.png`));
		for (const text of [TITLE, ...names]) {
			const ink = inkIn(picture, textBox(svg, text), paper);
			expect({ text, hasInk: ink > 0.1 && ink < 0.8, ink }).toMatchObject({ text, hasInk: true });
		}
	});

	it('shows the form of the chart without a credential, and the picture in its output', async () => {
		for (const theme of ['light', 'dark'] as const) {
			const editor = await EditorPage.open(suite().server, theme);
			try {
				const made = workflow('Chart', suite().credentials, [button, REPORT, chart(theme)]);
				await editor.openWorkflow(await suite().server.api.createWorkflow(made));
				await editor.openNode('Draw');
				expect(await editor.labels()).toEqual(expect.arrayContaining(['Kind', 'Title', 'X Field']));
				await editor.execute();
				await editor.pictureTo(join(ALBUM, `n8n-chart-form-${theme}.png`));
				const [head, row] = await editor.tableBesideFile();
				expect(Object.fromEntries((head ?? []).map((name, at) => [name, row?.[at]]))).toMatchObject({
					fileName: 'conversations.svg',
					kind: 'line',
				});
			} finally {
				await editor.close();
			}
		}
	});

	it('picks the bot from a list, since the credential holds a token of the core API', async () => {
		const editor = await EditorPage.open(suite().server);
		try {
			const botId = { __rl: true, mode: 'list', value: '' };
			const open: NodeSketch = { ...REPORT, parameters: { ...REPORT.parameters, botId } };
			const made = workflow('Bots', suite().credentials, [button, open]);
			await editor.openWorkflow(await suite().server.api.createWorkflow(made));
			await editor.openNode(open.name);
			expect((await editor.pickFromList('')).length).toBeGreaterThan(0);
			expect(await editor.located()).not.toBe('');
			await editor.execute();
			expect((await editor.table()).length).toBeGreaterThan(1);
		} finally {
			await editor.close();
		}
	});

	/** Stores a workflow that begins with a trigger of Chatlayer. */
	async function createTrigger(
		type: string,
		parameters: NodeSketch['parameters'],
	): Promise<{ id: string; heard: (eventId: string) => Promise<Execution>; runs: () => Promise<string[]> }> {
		const { server, credentials } = suite();
		const sketch: NodeSketch = {
			name: TRIGGER,
			type: `n8n-nodes-chatlayer.${type}`,
			credential: 'chatlayerApi',
			parameters: { botId: { __rl: true, mode: 'id', value: 'k3v9x2ab' }, ...parameters },
			webhookId: randomUUID(),
		};
		const id = await server.api.createWorkflow(workflow(`${type} under test`, credentials, [sketch]));
		const keysOf = (execution: Execution): string[] =>
			execution.items(TRIGGER).map(({ json }) => String(json['eventKey']));
		return {
			id,
			heard: async (eventId) =>
				await server.api.executionWhere(
					id,
					(one) => keysOf(one).includes(`event:${eventId}`),
					AbortSignal.timeout(LIMIT_MS),
				),
			runs: async () => (await server.api.executions(id)).flatMap(keysOf).sort(),
		};
	}

	it('subscribes while it is active: one run an event, and nothing is left of it after that', async () => {
		const { sandbox, server } = suite();
		const list = (): typeof sandbox.world.chatlayer.subscriptions.list =>
			sandbox.world.chatlayer.subscriptions.list;
		sandbox.world.chatlayer.subscriptions.list = [];
		const { id, heard, runs } = await createTrigger('chatlayerTrigger', {
			events: ['trackingEvent', 'revoked'],
		});
		await server.api.activate(id);
		// The sandbox enables a subscription only when its challenge was answered.
		expect(list()).toMatchObject([
			{ status: 'enabled', eventType: 'TRACKING_EVENT', botVersion: 'LIVE', eventNames: [] },
		]);
		expect(list()[0]?.target).toContain(`${server.url}/webhook/`);
		await trackInSandbox(sandbox, 'e2e-push-1');
		expect(await heard('e2e-push-1')).toMatchObject({ mode: 'webhook', status: 'success' });
		sandbox.faults.add({
			match: { surface: 'webhook', event: 'chatlayer.notification' },
			times: 1,
			action: { type: 'duplicate', copies: 2, together: true },
		});
		await trackInSandbox(sandbox, 'e2e-push-2');
		await heard('e2e-push-2');
		await trackInSandbox(sandbox, 'e2e-push-3');
		await heard('e2e-push-3');
		expect(await runs()).toEqual(['event:e2e-push-1', 'event:e2e-push-2', 'event:e2e-push-3']);

		const target = String(list()[0]?.target);
		await server.api.deactivate(id);
		await until(suite(), () => list().length === 0);
		await trackInSandbox(sandbox, 'e2e-push-4');
		expect((await fetch(target, { method: 'POST', body: '{}' })).status).toBe(404);
		expect(await runs()).toHaveLength(3);
	});

	it('reports that its subscription was revoked', async () => {
		const { sandbox, server } = suite();
		sandbox.world.chatlayer.subscriptions.list = [];
		const { id } = await createTrigger('chatlayerTrigger', { events: ['trackingEvent', 'revoked'] });
		await server.api.activate(id);
		const [one] = sandbox.world.chatlayer.subscriptions.list;
		if (!one) throw new Error('there is no subscription');
		sandbox.world.chatlayer.subscriptions.revoke(one, 'notification_failures_exceeded');
		const execution = await server.api.executionWhere(
			id,
			(run) => run.items(TRIGGER).some(({ json }) => json['event'] === 'revoked'),
			AbortSignal.timeout(LIMIT_MS),
		);
		expect(execution.items(TRIGGER)[0]?.json).toMatchObject({
			event: 'revoked',
			reason: 'notification_failures_exceeded',
		});
		await server.api.deactivate(id);
	});

	it('finds new events by polling: each once, none of before', async () => {
		const { sandbox, server } = suite();
		await trackInSandbox(sandbox, 'e2e-poll-before');
		const { id, heard, runs } = await createTrigger('chatlayerPollingTrigger', {
			pollTimes: SOON,
			eventNames: 'order_placed',
		});
		await server.api.activate(id);
		await trackInSandbox(sandbox, 'e2e-poll-1');
		await heard('e2e-poll-1');
		await trackInSandbox(sandbox, 'e2e-poll-other', 'cart_opened');
		await trackInSandbox(sandbox, 'e2e-poll-2');
		await heard('e2e-poll-2');
		expect(await runs()).toEqual(['event:e2e-poll-1', 'event:e2e-poll-2']);
		await server.api.deactivate(id);
	});
}
