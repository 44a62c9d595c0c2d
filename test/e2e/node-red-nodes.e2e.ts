import type { Browser } from 'playwright-core';
import { actionNodes, configNodes, triggerNodes } from '../../packages/node-red/src';
import { startNodeRed, type FlowNode, type NodeRed } from '../node-red/harness';
import { TAB } from '../node-red/harness/flow';
import { launchBrowser, NodeRedEditor } from './node-red-editor';
import { faintWords, fillEverything, storedValues, unnamedControls } from './node-red-form-page';
import { setTheme, takeForAlbum } from './node-red-themes';

const types = [...actionNodes, ...triggerNodes].map(({ type }) => type);

describe('every node in the editor', () => {
	let red: NodeRed;
	let browser: Browser;
	let editor: NodeRedEditor;
	/** What each dialog held when it was closed. */
	const entered = new Map<string, { id: string; values: Record<string, string> }>();

	beforeAll(async () => {
		red = await startNodeRed();
		browser = await launchBrowser();
		await red.deploy([TAB]);
		editor = await NodeRedEditor.open(browser, red.adminUrl);
	});
	afterEach(async () => {
		// A test that fails leaves its dialog open, which would stand in the way of every other.
		const cancel = editor.page.locator('#node-dialog-cancel, #node-config-dialog-cancel');
		if (await cancel.first().isVisible()) await cancel.first().click();
		await editor.settle();
		expect(editor.problems).toEqual([]);
	});
	afterAll(async () => {
		await editor?.close();
		await browser?.close();
		await red?.stop();
	});

	/** Node-RED asks once more when nodes are not filled in, as here no credential is chosen. */
	async function deployAnyway(): Promise<void> {
		const { page } = editor;
		const taken = page.waitForResponse(
			(response) => response.url().endsWith('/flows') && response.request().method() === 'POST',
		);
		await page.locator('#red-ui-header-button-deploy').click();
		const confirm = page.getByRole('button', { name: 'Confirm deploy' });
		await Promise.race([taken, confirm.waitFor().then(() => confirm.click())]);
		await taken;
		await page.locator('#red-ui-header-button-deploy.disabled').waitFor();
	}

	it.each(types.map((type, index) => [type, index]))(
		'%s is dragged, filled in and closed, in light colours',
		async (type, index) => {
			const id = await editor.dragNode(type, 160 + (index % 4) * 220, 60 + Math.floor(index / 4) * 70);
			await editor.openDialog(id);
			await takeForAlbum(editor, `${type}-light`);
			const labels = await editor.dialog.locator('.form-row:visible > label').allInnerTexts();
			expect(labels.length).toBeGreaterThan(2);
			// A text that the catalog lacks would show its key.
			expect(labels.filter((label) => label.trim() === '' || label.includes('.'))).toEqual([]);
			expect(await unnamedControls(editor.page)).toEqual([]);
			expect(await faintWords(editor.page)).toEqual([]);
			await fillEverything(editor.page);
			const values = await storedValues(editor.page);
			expect(Object.values(values).some((value) => value.includes('filled'))).toBe(true);
			entered.set(type, { id, values });
			await editor.done();
		},
	);

	it('all are deployed and stored with what was entered', async () => {
		await deployAnyway();
		const flows = (await (await red.admin('/flows')).json()) as FlowNode[];
		expect(flows.map(({ type }) => type).sort()).toEqual(['tab', ...types].sort());
		await editor.reload();
		await setTheme(editor, 'dark');
	});

	it.each(types)('%s opens again with what was entered, in dark colours', async (type) => {
		const known = entered.get(type);
		if (!known) throw new Error(`${type} was not filled in`);
		const { id, values } = known;
		await editor.openDialog(id);
		await takeForAlbum(editor, `${type}-dark`);
		expect(await storedValues(editor.page)).toEqual(values);
		expect(await faintWords(editor.page)).toEqual([]);
		await editor.done();
	});

	it.each(configNodes.map(({ nodeRedType }) => nodeRedType))(
		'%s has a form that can be read in both colours',
		async (type) => {
			for (const theme of ['dark', 'light'] as const) {
				await setTheme(editor, theme);
				await editor.page.evaluate((wanted) => {
					const { RED } = globalThis as unknown as {
						RED: { editor: { editConfig(name: string, type: string, id: string): void } };
					};
					RED.editor.editConfig('', wanted, '_ADD_');
				}, type);
				await editor.page.locator('#node-config-dialog-ok').waitFor();
				await editor.settle();
				await takeForAlbum(editor, `${type}-${theme}`);
				expect(await unnamedControls(editor.page)).toEqual([]);
				expect(await faintWords(editor.page)).toEqual([]);
				await editor.page.locator('#node-config-dialog-cancel').click();
				await editor.page.locator('#node-config-dialog-ok').waitFor({ state: 'detached' });
				await editor.settle();
			}
		},
	);

	it('a user whose browser speaks German reads the form and the help in German', async () => {
		const page = await browser.newPage({ locale: 'de-DE', viewport: { width: 1440, height: 900 } });
		page.setDefaultTimeout(90_000);
		try {
			await page.goto(`${red.adminUrl}/`);
			await page.locator('.red-ui-palette-node').first().waitFor();
			await page.locator('#red-ui-loading-progress').waitFor({ state: 'hidden' });
			const said = await page.evaluate(() => {
				const { RED } = globalThis as unknown as {
					RED: {
						nodes: { getNodeHelp(type: string): string; getType(type: string): { _(key: string): string } };
					};
				};
				const definition = RED.nodes.getType('flowai-message');
				return {
					label: definition._('flowai-message.errors.credential'),
					help: RED.nodes.getNodeHelp('flowai-message'),
				};
			});
			expect(said.label).toContain('Zugangsdaten');
			expect(said.help).toContain('Beispiele');
		} finally {
			await page.close();
		}
	});
});
