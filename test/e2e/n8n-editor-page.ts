import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import type { N8nServer } from '../../packages/demo/src/n8n/server';
import { launchBrowser } from './node-red-editor';

const PICTURES = join(__dirname, '../../docs/pictures');
const pictureAt = (name: string): string => join(PICTURES, `n8n-${name}.png`);

const PATIENCE_MS = 15_000;

/** The editor of n8n in a headless browser, with the owner logged in. */
export class EditorPage {
	private constructor(
		private readonly browser: Browser,
		private readonly page: Page,
		private readonly url: string,
	) {}

	static async open({ url, api }: N8nServer): Promise<EditorPage> {
		const browser = await launchBrowser();
		const context = await browser.newContext({
			viewport: { width: 1560, height: 880 },
			deviceScaleFactor: 1.5,
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

	/** Opens the list of the first resource locator, searches it, and takes the first that fits. @returns what was offered */
	async pickFromList(words: string): Promise<string[]> {
		await this.part('rlc-input').locator('visible=true').first().click();
		await this.part('rlc-item').locator('visible=true').first().waitFor();
		await this.part('rlc-search').locator('visible=true').fill(words);
		const fitting = this.part('rlc-item').locator('visible=true').filter({ hasText: words });
		await fitting.first().waitFor();
		await this.picture('picker');
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

	/** Takes a picture for the documentation, without the passing notices. */
	async picture(name: string): Promise<void> {
		await this.page.mouse.move(640, 5);
		await this.page.evaluate('document.activeElement.blur()');
		// Movements of the canvas and of the panes come to rest.
		await this.page.evaluate(
			'Promise.allSettled(document.getAnimations().filter(({ playState }) => playState === "running").map(({ finished }) => finished)).then(() => undefined)',
		);
		await this.page.screenshot({ path: pictureAt(name), style: '.el-notification { display: none }' });
	}

	private found(nodeType: string): Locator {
		return this.page.locator(`[data-keyboard-nav-id^="${nodeType}-"]`);
	}

	private part(testId: string): Locator {
		return this.page.locator(`[data-test-id="${testId}"]`);
	}
}
