import { existsSync } from 'node:fs';
import path from 'node:path';
import { chromium, type Browser, type Locator, type Page } from 'playwright-core';

const PLACES = [
	process.env['CHROMIUM_PATH'],
	'/usr/bin/chromium',
	'/usr/bin/chromium-browser',
	'/usr/bin/google-chrome',
];

const PICTURES = path.resolve(__dirname, '../../docs/pictures');

/** Time that the editor gets for anything, in ms: it loads several megabytes of script. */
const PATIENCE_MS = 90_000;

/** Starts the machine's own Chromium. */
export async function launchBrowser(): Promise<Browser> {
	const executablePath = PLACES.find((place) => place !== undefined && existsSync(place));
	if (executablePath === undefined)
		throw new Error('Chromium is missing: install it, or set CHROMIUM_PATH to it');
	return await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
}

const NO_TIPS = { editor: { view: { 'view-show-tips': false } } };

/** Node-RED's editor in a browser, driven as a person drives it. */
export class NodeRedEditor {
	readonly page: Page;
	/** What the console complained about. */
	readonly problems: string[] = [];

	private constructor(page: Page) {
		this.page = page;
		page.on('pageerror', (error) => this.problems.push(error.stack ?? error.message));
		page.on('console', (message) => {
			if (message.type() === 'error') this.problems.push(message.text());
		});
	}

	/** Opens the editor and waits until it can be used. */
	static async open(browser: Browser, adminUrl: string): Promise<NodeRedEditor> {
		const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
		page.setDefaultTimeout(PATIENCE_MS);
		const editor = new NodeRedEditor(page);
		// Tips come by the clock, and fail where it strikes before a slow page has made their box.
		await page.request.post(`${adminUrl}/settings/user`, { data: NO_TIPS });
		await page.goto(`${adminUrl}/`);
		await editor.#untilReady();
		return editor;
	}

	/** Loads the editor anew. */
	async reload(): Promise<void> {
		await this.page.reload();
		await this.#untilReady();
	}

	/** Closes the page. */
	async close(): Promise<void> {
		// An editor with changes that are not deployed asks before it goes; a closed page does not.
		await this.page.close({ runBeforeUnload: false });
	}

	/** Drags a node from the palette to a place on the canvas. @returns its id */
	async dragNode(type: string, x: number, y: number): Promise<string> {
		const known = new Set(await this.#nodeIds(type));
		const source = this.page.locator(`.red-ui-palette-node[data-palette-type="${type}"]`);
		await source.scrollIntoViewIfNeeded();
		const canvas = await this.page.locator('#red-ui-workspace-chart').boundingBox();
		const start = await source.boundingBox();
		if (!canvas || !start) throw new Error(`${type} is not in the palette`);
		await this.page.mouse.move(start.x + start.width / 2, start.y + start.height / 2);
		await this.page.mouse.down();
		await this.page.mouse.move(canvas.x + x - 40, canvas.y + y - 20, { steps: 5 });
		await this.page.mouse.move(canvas.x + x, canvas.y + y, { steps: 5 });
		await this.page.mouse.up();
		const added = (await this.#nodeIds(type)).filter((id) => !known.has(id));
		if (added.length !== 1) throw new Error(`dragging ${type} added ${added.length} nodes`);
		return added[0] as string;
	}

	/** Draws a wire from the output of one node to the input of another. */
	async wire(from: string, to: string): Promise<void> {
		await this.node(from)
			.locator('.red-ui-flow-port-output .red-ui-flow-port')
			.dragTo(this.node(to).locator('.red-ui-flow-port-input .red-ui-flow-port'), { force: true });
	}

	/** A node on the canvas. */
	node(id: string): Locator {
		return this.page.locator(`[id="${id}"]`);
	}

	/** Opens the dialog of a node with a double click. */
	async openDialog(id: string): Promise<void> {
		await this.node(id).locator('.red-ui-flow-node').dblclick();
		await this.page.locator('#node-dialog-ok').waitFor();
		await this.settle();
	}

	/** The topmost dialog. */
	get dialog(): Locator {
		return this.page.locator('.red-ui-tray').last();
	}

	/** Fills a plain input by the property it stands for. */
	async fill(property: string, text: string): Promise<void> {
		await this.dialog.locator(`#node-input-${property}, #node-config-input-${property}`).fill(text);
	}

	/** Chooses in a plain select. */
	async select(property: string, value: string): Promise<void> {
		await this.dialog
			.locator(`select#node-input-${property}, select#node-config-input-${property}`)
			.selectOption(value);
	}

	/** The visible part of a field with a choice of sources. */
	typed(property: string): Locator {
		return this.dialog.locator(`#node-input-${property} + .red-ui-typedInput-container`);
	}

	/** Chooses where a field's value comes from, e.g. `msg`, and types it. */
	async fillTyped(property: string, type: string, text: string): Promise<void> {
		const field = this.typed(property);
		const stored = this.dialog.locator(`#node-input-${property}Type`);
		if ((await stored.inputValue()) !== type) {
			await field.locator('.red-ui-typedInput-type-select').click();
			await this.page.locator(`.red-ui-typedInput-options:visible a[value="${type}"]`).click();
		}
		await field.locator('.red-ui-typedInput-input').fill(text);
	}

	/** Opens the dialog of a config node beside the field that names it, to add one or to edit the chosen one. */
	async openCredential(property: string, how: 'add' | 'edit'): Promise<void> {
		await this.dialog.locator(`#node-input-btn-${property}-${how}`).click();
		await this.page.locator('#node-config-dialog-ok').waitFor();
		await this.settle();
	}

	/** Closes the dialog of a config node with Add or Update. */
	async doneCredential(): Promise<void> {
		await this.page.locator('#node-config-dialog-ok').click();
		await this.page.locator('#node-config-dialog-ok').waitFor({ state: 'detached' });
		await this.settle();
	}

	/** Chooses in a field that offers choices. */
	async choose(property: string, value: string): Promise<void> {
		await this.typed(property).locator('.red-ui-typedInput-option-trigger').click();
		await this.page.locator(`.red-ui-typedInput-options:visible a[value="${value}"]`).click();
	}

	/** What the dialog would store for a property. */
	async value(property: string): Promise<string> {
		return await this.dialog.locator(`#node-input-${property}`).inputValue();
	}

	/** Presses Test connection in the dialog of a config node. @returns what it says */
	async testConnection(): Promise<string> {
		await this.dialog.locator('#convoflow-test').click();
		await this.dialog.locator('#convoflow-test:enabled').waitFor();
		return await this.dialog.locator('#convoflow-test-result').innerText();
	}

	/** Why the editor thinks that a node is not ready, in the order of the form. */
	async complaints(id: string): Promise<string[]> {
		return await this.page.evaluate((wanted) => {
			const { RED } = globalThis as unknown as {
				RED: { nodes: { node(id: string): { validationErrors?: string[] } } };
			};
			return RED.nodes.node(wanted).validationErrors ?? [];
		}, id);
	}

	/** What is read below a field: hints and what the chosen choice means. */
	async hints(property: string): Promise<string[]> {
		const row = this.dialog.locator('.form-row', { has: this.page.locator(`#node-input-${property}`) });
		return await row.locator('.convoflow-hint:visible').allInnerTexts();
	}

	/** Takes a picture for the documentation, only when PICTURES=1 asks for it: without what no two runs share. */
	async picture(name: string, size: { width: number; height: number }): Promise<void> {
		await this.page.setViewportSize(size);
		if (process.env['PICTURES'] !== '1') return;
		await this.settle();
		await this.page.evaluate(() => {
			type Found = { text(text: string): void; css(name: string, value: string): void };
			const { $ } = globalThis as unknown as { $: (selector: string) => Found };
			$('.red-ui-debug-msg-date').text('1/15/2026, 10:30:00 AM');
			$('.red-ui-help-info-row .red-ui-debug-msg-type-string').text('"3f1c8a52d07be946"');
			// A tip at random.
			$('.red-ui-help-tips').css('visibility', 'hidden');
		});
		const options = { animations: 'disabled', caret: 'hide' } as const;
		await this.page.screenshot({ ...options, path: path.join(PICTURES, `node-red-${name}.png`) });
	}

	/** Closes the dialog with Done. */
	async done(): Promise<void> {
		await this.page.locator('#node-dialog-ok').click();
		await this.page.locator('#node-dialog-ok').waitFor({ state: 'detached' });
		await this.settle();
	}

	/** Deploys and waits until the runtime has taken it. */
	async deploy(): Promise<void> {
		const taken = this.page.waitForResponse(
			(response) => response.url().endsWith('/flows') && response.request().method() === 'POST',
		);
		await this.page.locator('#red-ui-header-button-deploy').click();
		await taken;
		await this.page.locator('#red-ui-header-button-deploy.disabled').waitFor();
	}

	/** Presses the button of an Inject node. */
	async press(id: string): Promise<void> {
		await this.node(id).locator('.red-ui-flow-node-button-button').click({ force: true });
	}

	/** Waits until trays have slid in or out: they are animated, and what lies below is disabled meanwhile. */
	async settle(): Promise<void> {
		await this.page.waitForFunction(() => {
			const { $ } = globalThis as unknown as { $: (selector: string) => { length: number } };
			return $(':animated').length === 0;
		});
		await this.page.evaluate(async () => {
			const { document } = globalThis as unknown as {
				document: { getAnimations(): { finished: Promise<unknown> }[] };
			};
			await Promise.allSettled(document.getAnimations().map(({ finished }) => finished));
		});
	}

	async #untilReady(): Promise<void> {
		await this.page.locator('.red-ui-palette-node').first().waitFor();
		await this.page.locator('#red-ui-loading-progress').waitFor({ state: 'hidden' });
		await this.settle();
	}

	async #nodeIds(type: string): Promise<string[]> {
		return await this.page.evaluate((wanted) => {
			const { RED } = globalThis as unknown as {
				RED: { nodes: { filterNodes(filter: { type: string }): { id: string }[] } };
			};
			return RED.nodes.filterNodes({ type: wanted }).map(({ id }) => id);
		}, type);
	}
}
