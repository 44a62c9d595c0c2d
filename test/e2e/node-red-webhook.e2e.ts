import type { Browser } from 'playwright-core';
import { startNodeRed, type NodeRed, type StartOptions } from '../node-red/harness';
import { debugNode, TAB, webhookNode } from '../node-red/harness/flow';
import { launchBrowser, NodeRedEditor } from './node-red-editor';

/** The password is "password". */
const BASIC = {
	user: 'caller',
	pass: '$2a$08$zZWtXTja0fB1pzD4sHCMyOCMYz2Z6dNbM6tl8sJogENOMcxWV9DN.',
};

describe("the webhook's dialog in Node-RED", () => {
	let red: NodeRed;
	let browser: Browser;
	let editor: NodeRedEditor;
	beforeAll(async () => {
		browser = await launchBrowser();
	});
	afterEach(async () => {
		const { problems } = editor;
		await editor.close();
		await red.stop();
		expect(problems).toEqual([]);
	});
	afterAll(async () => await browser?.close());

	/** The dialog of a deployed webhook in a Node-RED of its own. */
	async function openWebhook(options: StartOptions = {}): Promise<void> {
		red = await startNodeRed(options);
		await red.deploy([
			TAB,
			webhookNode('hook', { path: 'support' }, 'shown'),
			{ ...debugNode('shown'), x: 420 },
		]);
		editor = await NodeRedEditor.open(browser, red.adminUrl);
		await editor.openDialog('hook');
	}
	/** What the dialog warns of, once it knows where it stands. */
	const warnings = async (): Promise<string[]> => {
		const shown = editor.dialog.locator('.form-tips:visible');
		await shown.first().waitFor();
		return await shown.allInnerTexts();
	};

	it('copies its URL, and sends a test event through the flow that is deployed', async () => {
		await openWebhook();
		const url = `${red.nodeUrl}/flowai/webhook/support`;
		await editor.page.waitForFunction((wanted) => {
			const { document } = globalThis as unknown as {
				document: { querySelector(selector: string): { value: string } | null };
			};
			return document.querySelector('#convoflow-url')?.value === wanted;
		}, url);
		await editor.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
		await editor.dialog.locator('#convoflow-copy').click();
		const copied = await editor.page.evaluate(async () => {
			const { navigator } = globalThis as unknown as {
				navigator: { clipboard: { readText(): Promise<string> } };
			};
			return await navigator.clipboard.readText();
		});
		expect(copied).toBe(url);
		expect(await editor.dialog.locator('.form-tips:visible').allInnerTexts()).toEqual([]);

		await editor.dialog.locator('#convoflow-test-event').click();
		const result = editor.dialog.locator('#convoflow-test-event-result.convoflow-good');
		expect(await result.innerText()).toBe('The event passed the check and the filters and started the flow.');
		const [message] = await red.awaitDebug('shown');
		expect(message).toMatchObject({ payload: { event: expect.any(String) as string } });
	});

	it('says how callers sign in where this Node-RED asks them to', async () => {
		await openWebhook({ settings: { httpNodeAuth: BASIC } });
		expect((await fetch(`${red.nodeUrl}/flowai/webhook/support`)).status).toBe(401);
		expect((await warnings()).join()).toContain('asks callers to sign in (httpNodeAuth)');
	});

	it('says that nothing can arrive where this Node-RED offers no endpoints', async () => {
		await openWebhook({ settings: { httpNodeRoot: false } });
		expect((await warnings()).join()).toContain('httpNodeRoot is false');
		expect(await editor.dialog.locator('#convoflow-url').inputValue()).toBe('');
	});
});
