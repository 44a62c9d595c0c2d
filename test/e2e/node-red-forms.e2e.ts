import type { Browser } from 'playwright-core';
import { triggerNodes } from '../../packages/node-red/src';
import { exampleFlows } from '../../packages/node-red/src/build/examples';
import { startNodeRed, type FlowNode, type NodeRed } from '../node-red/harness';
import { TAB } from '../node-red/harness/flow';
import { launchBrowser, NodeRedEditor } from './node-red-editor';

const NO_SECRET = 'Calls are to be checked, but no secret is entered: every call would be refused';

describe('what the forms say', () => {
	let red: NodeRed;
	let browser: Browser;
	let editor: NodeRedEditor;
	beforeAll(async () => {
		[red, browser] = await Promise.all([startNodeRed(), launchBrowser()]);
	});
	afterEach(async () => {
		const { problems } = editor;
		await editor.close();
		expect(problems).toEqual([]);
	});
	afterAll(async () => {
		await browser?.close();
		await red?.stop();
	});

	async function openNew(type: string): Promise<string> {
		await red.deploy([TAB]);
		editor = await NodeRedEditor.open(browser, red.adminUrl);
		const id = await editor.dragNode(type, 420, 120);
		await editor.openDialog(id);
		return id;
	}

	it('what a choice means is read below its field, and follows the choice', async () => {
		await openNew('flowai-message');
		expect(await editor.value('operation')).toBe('message.sendText');
		await editor.choose('originatorRole', 'moderator');
		expect((await editor.hints('originatorRole')).join()).toContain('pauses the bot');
		await editor.choose('originatorRole', 'external');
		const hints = (await editor.hints('originatorRole')).join();
		expect(hints).toContain('end user');
		expect(hints).not.toContain('pauses the bot');
		await editor.fillTyped('originatorRole', 'msg', 'role');
		expect((await editor.hints('originatorRole')).join()).not.toContain('end user');
	});

	it('the webhook says what no verification means', async () => {
		await openNew('flowai-webhook');
		expect(await editor.hints('verification')).toEqual(['Anyone who knows the URL can start it']);
		await editor.select('verification', 'jwt');
		expect(await editor.hints('verification')).toEqual(['A token signed with the secret (HS256)']);
	});

	it('the events of Flow XO ask whose messages count while messages are looked for', async () => {
		await openNew('flowxo-events');
		const role = editor.page.locator('#node-input-role');
		expect(await role.isVisible()).toBe(true);
		expect(await editor.value('interval')).toBe('60');
		await editor.page.locator('#dialog-form input[type=checkbox][value="newMessage"]').uncheck();
		await editor.page.locator('#dialog-form input[type=checkbox][value="liveChatEnded"]').check();
		expect(await role.isVisible()).toBe(false);
		await editor.page.locator('#dialog-form input[type=checkbox][value="newMessage"]').check();
		expect(await role.isVisible()).toBe(true);
	});

	it('a webhook that checks calls is not ready without a secret', async () => {
		const id = await openNew('flowai-webhook');
		await editor.done();
		expect(await editor.complaints(id)).toEqual([]);
		for (const verification of ['token', 'jwt']) {
			await editor.openDialog(id);
			await editor.select('verification', verification);
			await editor.done();
			expect(await editor.complaints(id)).toEqual([NO_SECRET]);
		}
		await editor.openDialog(id);
		await editor.fill('secret', 'not-a-real-secret');
		await editor.done();
		expect(await editor.complaints(id)).toEqual([]);
		await editor.deploy();
		await red.awaitStatus(id, 'flowai-webhook.status.listening');
		await editor.reload();
		await editor.openDialog(id);
		await editor.fill('headerName', '');
		await editor.done();
		expect(await editor.complaints(id)).toEqual(['Header or query name is empty']);
		await editor.openDialog(id);
		await editor.fill('headerName', 'x-access-token');
		await editor.fill('secret', '');
		await editor.done();
		expect(await editor.complaints(id)).toEqual([NO_SECRET]);
		await editor.openDialog(id);
		await editor.select('verification', 'none');
		await editor.done();
		expect(await editor.complaints(id)).toEqual([]);
	});

	it('the webhook of the example asks for a path, and offers one that nobody can guess', async () => {
		const trigger = triggerNodes.find(({ type }) => type === 'flowai-webhook');
		const example = exampleFlows().find(({ flow }) => flow.some(({ type }) => type === trigger?.type));
		const flow = (example?.flow ?? []) as readonly FlowNode[];
		const id = flow.find(({ type }) => type === trigger?.type)?.id ?? '';
		await red.deploy(flow);
		editor = await NodeRedEditor.open(browser, red.adminUrl);
		expect(await editor.complaints(id)).toEqual(['Path is empty']);
		await editor.openDialog(id);
		const path = await editor.value('path');
		expect(path).toMatch(/^[0-9a-f]{24}$/);
		const url = editor.dialog.locator('#convoflow-url');
		expect(await url.inputValue()).toBe(`${red.nodeUrl}/flowai/webhook/${path}`);
		await editor.done();
		expect(await editor.complaints(id)).toEqual([]);
	});
});
