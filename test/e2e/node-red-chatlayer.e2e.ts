import { startSandbox, type Sandbox } from '@convoflow/sandbox';
import type { Browser } from 'playwright-core';
import { startNodeRed, type NodeRed, type Settings } from '../node-red/harness';
import { credentialNode, debugNode, TAB } from '../node-red/harness/flow';
import { sandboxSettings } from '../node-red/harness/sandbox-settings';
import { inkIn, readPng } from '../support/picture';
import { trackInSandbox } from '../support/track-event';
import { launchBrowser, NodeRedEditor } from './node-red-editor';
import { unnamedControls } from './node-red-form-page';
import { setTheme, takeForAlbum } from './node-red-themes';

const BOT_URL = 'https://app.chatlayer.ai/bots/k3v9x2ab/dashboard';

type Shown = { payload: Record<string, unknown> };

describe('Chatlayer in the editor of Node-RED', () => {
	let sandbox: Sandbox;
	let red: NodeRed;
	let browser: Browser;
	let editor: NodeRedEditor;
	beforeAll(async () => {
		sandbox = await startSandbox({ botDelayMs: 0 });
		sandbox.world.chatlayer.subscriptions.list = [];
		[red, browser] = await Promise.all([startNodeRed(), launchBrowser()]);
	});
	beforeEach(async () => {
		const settings = sandboxSettings(sandbox)['chatlayerApi'] as Settings;
		await red.deploy([
			TAB,
			{ ...debugNode('out'), x: 860, y: 120 },
			{ ...credentialNode('account', settings), name: 'Sandbox' },
		]);
		editor = await NodeRedEditor.open(browser, red.adminUrl);
	});
	afterEach(async () => {
		const { problems } = editor;
		await editor.close();
		expect(problems).toEqual([]);
	});
	afterAll(async () => {
		await browser?.close();
		await red?.stop();
		await sandbox?.close();
	});

	const keys = (): string[] =>
		red.debug
			.filter(({ id }) => id === 'out')
			.map(({ value }) => String((value as Shown).payload['eventKey']));
	const chooseAccount = async (): Promise<void> => {
		await editor.dialog.locator('#node-input-chatlayerApi').selectOption({ label: 'Sandbox' });
	};

	it('draws a report as a PNG, with the bot from the list', async () => {
		const report = await editor.dragNode('chatlayer-analytics', 380, 120);
		await editor.openDialog(report);
		await chooseAccount();
		await editor.fillTyped('botId', 'str', '');
		const row = editor.dialog.locator('.form-row', { has: editor.page.locator('#node-input-botId') });
		const options = row.getByRole('option');
		await options.first().waitFor();
		await takeForAlbum(editor, 'chatlayer-bots');
		await options.first().click();
		expect(await editor.value('botId')).toBe('k3v9x2ab');
		await editor.choose('period', 'custom');
		await editor.fillTyped('startTime', 'str', '2026-03-01');
		await editor.fillTyped('endTime', 'str', '2026-03-15');
		await editor.done();
		expect(await editor.complaints(report)).toEqual([]);

		const chart = await editor.dragNode('chatlayer-chart', 620, 120);
		await editor.openDialog(chart);
		await editor.fillTyped('title', 'str', 'Conversations');
		await editor.select('pictureAs', 'png');
		for (const theme of ['dark', 'light'] as const) {
			await setTheme(editor, theme);
			await takeForAlbum(editor, `chatlayer-chart-filled-${theme}`);
		}
		await editor.done();
		expect(await editor.complaints(chart)).toEqual([]);
		const start = await editor.dragNode('inject', 140, 120);
		await editor.wire(start, report);
		await editor.wire(report, chart);
		await editor.wire(chart, 'out');
		await editor.deploy();
		await red.inject(start);
		const [shown] = await red.awaitDebug('out');
		const { payload, filename } = shown as { payload: unknown; filename: string };
		expect(filename).toBe('chart.png');
		const png = Buffer.from((payload as { data: number[] }).data);
		const picture = await readPng(png);
		expect(picture).toMatchObject({ width: 1_920, height: 960 });
		expect(inkIn(picture, { left: 40, top: 40, width: 300, height: 40 }, '#ffffff')).toBeGreaterThan(0.1);
	});

	it.each(['chatlayer-subscription', 'chatlayer-new-events'])(
		'%s takes the bot from the list too, which needs an account with a token of the core API',
		async (type) => {
			const id = await editor.dragNode(type, 520, 120);
			await editor.openDialog(id);
			const row = editor.dialog.locator('.form-row', { has: editor.page.locator('#node-input-botId') });
			const open = row.getByRole('button', { name: 'Choose from a list: Bot' });
			await open.click();
			await row.getByRole('status').filter({ hasText: 'Choose a credential first' }).waitFor();
			await open.click();
			await chooseAccount();
			await open.click();
			await row.getByRole('option').first().waitFor();
			await takeForAlbum(editor, `${type}-bots`);
			await row.getByRole('option').first().click();
			expect(await editor.value('botId')).toBe('k3v9x2ab');
			expect(await unnamedControls(editor.page)).toEqual([]);
			const input = row.getByRole('combobox');
			await input.fill('no such bot');
			await row.getByRole('status').filter({ hasText: 'Nothing fits' }).waitFor();
			// An address needs no list.
			await input.fill(BOT_URL);
			await row.getByRole('listbox').waitFor({ state: 'hidden' });
			await editor.done();
			await editor.openDialog(id);
			expect(await editor.value('botId')).toBe(BOT_URL);
		},
	);

	it('subscribes when it is deployed, sends one message an event, and takes the subscription away', async () => {
		const { subscriptions } = sandbox.world.chatlayer;
		const id = await editor.dragNode('chatlayer-subscription', 520, 120);
		await editor.openDialog(id);
		await editor.fill('publicUrl', red.url);
		await chooseAccount();
		await editor.fill('botId', BOT_URL);
		await takeForAlbum(editor, 'chatlayer-subscription-filled');
		await editor.done();
		expect(await editor.complaints(id)).toEqual([]);
		await editor.wire(id, 'out');
		await editor.deploy();
		await red.awaitStatus(id, 'chatlayer-subscription.status.listening');
		await editor.node(id).getByText('listening').waitFor();
		expect(subscriptions.list).toMatchObject([{ status: 'enabled', eventType: 'TRACKING_EVENT' }]);
		const before = keys().length;
		sandbox.faults.add({
			match: { surface: 'webhook', event: 'chatlayer.notification' },
			times: 1,
			action: { type: 'duplicate', copies: 2, together: true },
		});
		await trackInSandbox(sandbox, 'editor-1');
		await trackInSandbox(sandbox, 'editor-2');
		await red.awaitDebug('out', before + 2);
		expect(keys().slice(before).sort()).toEqual(['event:editor-1', 'event:editor-2']);
		await editor.picture('chatlayer-subscription', { width: 1440, height: 700 });
		await editor.node(id).locator('.red-ui-flow-node').click();
		await editor.page.keyboard.press('Delete');
		await editor.deploy();
		expect(subscriptions.list).toEqual([]);
	});

	it('finds new events by asking, each once', async () => {
		await trackInSandbox(sandbox, 'asked-before');
		const id = await editor.dragNode('chatlayer-new-events', 520, 120);
		await editor.openDialog(id);
		await chooseAccount();
		await editor.fill('interval', '1');
		await editor.fill('botId', 'k3v9x2ab');
		await takeForAlbum(editor, 'chatlayer-new-events-filled');
		await editor.done();
		await editor.wire(id, 'out');
		const before = keys().length;
		await editor.deploy();
		await red.awaitStatusLike(id, /, 0 new$/);
		await trackInSandbox(sandbox, 'asked-1');
		await red.awaitDebug('out', before + 1);
		await trackInSandbox(sandbox, 'asked-2');
		await red.awaitDebug('out', before + 2);
		expect(keys().slice(before)).toEqual(['event:asked-1', 'event:asked-2']);
	});
});
