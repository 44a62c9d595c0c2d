import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import type { N8nServer } from '../../packages/demo/src/n8n/server';
import { launchBrowser } from './node-red-editor';

const PICTURES = join(__dirname, '../../docs/pictures');
const pictureAt = (name: string): string => join(PICTURES, `n8n-${name}.png`);

const PATIENCE_MS = 60_000;
/** Height of the tabs above the fields of a form, in pixels. */
const TABS = 42;
/** Space below the last field of a form in its picture, in pixels. */
const MARGIN = 16;

/** How the editor looks. */
export type Theme = 'light' | 'dark';

/** The editor of n8n in a headless browser, with the owner logged in. */
export class EditorPage {
	private constructor(
		private readonly browser: Browser,
		private readonly page: Page,
		private readonly url: string,
	) {}

	/** @param scale how many dots a picture has for one of the page */
	static async open({ url, api }: N8nServer, theme: Theme = 'light', scale = 1.5): Promise<EditorPage> {
		const browser = await launchBrowser();
		const context = await browser.newContext({
			viewport: { width: 1560, height: 880 },
			deviceScaleFactor: scale,
			colorScheme: theme,
		});
		const [name = '', ...value] = api.loginCookie.split('=');
		await context.addCookies([{ name, value: value.join('='), url }]);
		const page = await context.newPage();
		page.setDefaultTimeout(PATIENCE_MS);
		return new EditorPage(browser, page, url);
	}

	async close(): Promise<void> {
		await this.browser.close();
	}

	/** Opens a stored workflow, or an empty one. */
	async openWorkflow(id = 'new'): Promise<void> {
		await this.page.goto(`${this.url}/workflow/${id}`);
		await this.part(id === 'new' ? 'canvas-plus-button' : 'canvas-node')
			.first()
			.waitFor();
	}

	/** Begins an empty workflow with the trigger that is a button. */
	async addManualTrigger(): Promise<void> {
		await this.part('canvas-plus-button').click();
		await this.part('node-creator-search-bar').fill('manual');
		await this.page.locator('[data-keyboard-nav-id^="n8n-nodes-base.manualTrigger"]').click();
		await this.part('canvas-handle-plus').waitFor();
	}

	/** Opens the dialog that installs a community package and fills it in, all but its last button. */
	async fillInstall(packageName: string): Promise<void> {
		await this.page.goto(`${this.url}/settings/community-nodes`);
		await this.page
			.getByRole('button', { name: /^Install/ })
			.first()
			.click();
		await this.page.getByPlaceholder('e.g. n8n-nodes-chatwork').fill(packageName);
		await this.page.getByText('I understand the risks').click();
	}

	/** Pastes a workflow onto an empty canvas, as one imports the text of a file. */
	async paste(text: string): Promise<void> {
		await this.openWorkflow();
		await this.page.evaluate(
			`(() => {
				const clipboardData = new DataTransfer();
				clipboardData.setData('text/plain', ${JSON.stringify(text)});
				document.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }));
			})()`,
		);
		await this.part('canvas-node').first().waitFor();
	}

	/** Names of the nodes on the canvas, without its notes. */
	async nodeNames(): Promise<string[]> {
		const nodes = await this.part('canvas-node').all();
		const named = nodes.map(async (node) => [
			await node.getAttribute('data-node-type'),
			await node.getAttribute('data-node-name'),
		]);
		return (await Promise.all(named))
			.filter(([type]) => !type?.endsWith('stickyNote'))
			.map(([, name]) => name ?? '');
	}

	/** Saves what is on the canvas. @returns id of the workflow */
	async save(): Promise<string> {
		await this.page.keyboard.press('Control+s');
		await this.page.waitForURL(/\/workflow\/(?!new)\w+/);
		return /workflow\/(\w+)/.exec(this.page.url())?.[1] ?? '';
	}

	/** Searches the panel of nodes until a node is found, and resolves with the name and description it shows. */
	async search(words: string, nodeType: string): Promise<string> {
		await this.part('canvas-handle-plus').first().click();
		await this.part('node-creator-search-bar').fill(words);
		return await this.found(nodeType).innerText();
	}

	/** Chooses a node that was found and one of its actions; its form opens. */
	async choose(nodeType: string, action: string): Promise<void> {
		await this.found(nodeType).click();
		await this.page.getByText(action, { exact: true }).click();
		await this.part('node-execute-button').waitFor();
	}

	/** Opens the form of a node on the canvas. */
	async openNode(name: string): Promise<void> {
		await this.page.locator(`[data-test-id="canvas-node"][data-node-name="${name}"]`).dblclick();
		await this.part('node-execute-button').waitFor();
	}

	/** Labels of the fields in the form that is open. */
	async labels(): Promise<string[]> {
		const labels = await this.part('node-parameters').locator('label').allInnerTexts();
		// Below its name a label holds the switch between a value and an expression.
		return labels.map((label) => label.trim().split('\n')[0] ?? '').filter(Boolean);
	}

	/** Fills the Thread of the form that is open, by its ID. */
	async fillThread(value: string): Promise<void> {
		await this.part('rlc-mode-selector').locator('visible=true').first().click();
		await this.page.getByRole('option', { name: 'By ID', exact: true }).locator('visible=true').click();
		await this.part('rlc-input').locator('visible=true').first().fill(value);
	}

	/**
	 * Opens the list of the first resource locator, searches it, and takes the first that fits.
	 * @param picture name of the picture that is taken of the list
	 * @returns what was offered
	 */
	async pickFromList(words: string, picture?: string): Promise<string[]> {
		await this.part('rlc-input').locator('visible=true').first().click();
		await this.part('rlc-item').locator('visible=true').first().waitFor();
		await this.part('rlc-search').locator('visible=true').fill(words);
		const fitting = this.part('rlc-item').locator('visible=true').filter({ hasText: words });
		await fitting.first().waitFor();
		if (picture !== undefined) await this.picture(picture);
		const offered = (await fitting.allInnerTexts()).map((text) => text.trim());
		await fitting.first().click();
		return offered;
	}

	/** What the first resource locator of the form shows. */
	async located(): Promise<string> {
		return await this.part('rlc-input').locator('visible=true').first().inputValue();
	}

	/** Fills a field of the form that is open. */
	async fill(parameter: string, value: string): Promise<void> {
		await this.part(`parameter-input-${parameter}`).locator('input, textarea').first().fill(value);
	}

	/** Runs the node whose form is open; the output pane or its error view shows the outcome. */
	async execute(): Promise<void> {
		await this.part('node-execute-button').click();
	}

	/** The rows of the output table, the head first. */
	async table(): Promise<string[][]> {
		const rows = this.part('output-panel').locator('table tr');
		await rows.nth(1).waitFor();
		const texts = (await rows.all()).map((row) => row.locator('th, td').allInnerTexts());
		return (await Promise.all(texts)).map((row) => row.map((cell) => cell.trim()).filter(Boolean));
	}

	/** The rows of the table behind an output with a file, whose view opens first. */
	async tableBesideFile(): Promise<string[][]> {
		await this.part('output-panel').getByText('Table', { exact: true }).click();
		return await this.table();
	}

	/** What the error view says: what happened, and how to get unstuck. */
	async errorView(): Promise<{ message: string; description: string }> {
		const message = this.part('node-error-message');
		await message.waitFor();
		return {
			message: (await message.innerText()).trim(),
			description: (await this.part('node-error-description').innerText()).trim(),
		};
	}

	/** Goes back from a form to the canvas. */
	async closeNode(): Promise<void> {
		await this.part('ndv-close-button').click();
		await this.part('ndv').waitFor({ state: 'hidden' });
	}

	/** Shows all of the canvas. */
	async showCanvas(): Promise<void> {
		await this.part('zoom-to-fit').click();
	}

	/** Takes a picture of the panel of nodes. */
	async pictureOfPanel(name: string): Promise<void> {
		await this.part('node-creator').screenshot({ path: pictureAt(name) });
	}

	/** Takes a picture of the form that is open, down to its last field as far as the window shows it. */
	async pictureOfForm(file: string): Promise<void> {
		await this.comeToRest();
		const form = this.part('node-parameters');
		const { x, y, width, height } = (await form.boundingBox()) ?? { x: 0, y: TABS, width: 1, height: 1 };
		const fields = await form.locator('.parameter-item, .node-credentials, .multi-parameter').all();
		const boxes = await Promise.all(fields.map(async (field) => await field.boundingBox()));
		const end = Math.max(y, ...boxes.map((box) => (box ? box.y + box.height : 0)));
		const shown = end > y ? Math.min(height, end - y + MARGIN) : height;
		const clip = { x, y: y - TABS, width, height: shown + TABS };
		await this.page.screenshot({ path: file, clip, style: '.el-notification { display: none }' });
	}

	/** Takes a picture for the documentation, without the passing notices. */
	async picture(name: string): Promise<void> {
		await this.pictureTo(pictureAt(name));
	}

	/** Takes a picture of the whole window into a file. */
	async pictureTo(path: string): Promise<void> {
		await this.comeToRest();
		await this.page.screenshot({ path, style: '.el-notification { display: none }' });
	}

	/** Takes the mouse away and waits until canvas, panes and buttons move no more. */
	private async comeToRest(): Promise<void> {
		await this.page.mouse.move(640, 5);
		await this.page.evaluate('document.activeElement.blur()');
		await this.page.evaluate(
			'Promise.allSettled(document.getAnimations().filter(({ playState }) => playState === "running").map(({ finished }) => finished)).then(() => undefined)',
		);
	}

	private found(nodeType: string): Locator {
		return this.page.locator(`[data-keyboard-nav-id^="${nodeType}-"]`);
	}

	private part(testId: string): Locator {
		return this.page.locator(`[data-test-id="${testId}"]`);
	}
}
