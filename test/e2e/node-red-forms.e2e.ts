import type { Browser, Locator } from 'playwright-core';
import { triggerNodes } from '../../packages/node-red/src';
import { exampleFlows } from '../../packages/node-red/src/build/examples';
import { startNodeRed, type FlowNode, type NodeRed } from '../node-red/harness';
import { node, TAB } from '../node-red/harness/flow';
import { launchBrowser, NodeRedEditor } from './node-red-editor';
import { unnamedControls } from './node-red-form-page';
import { takeForAlbum } from './node-red-themes';

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

	it('a list is filled in row by row, stored as one text, and read back', async () => {
		const id = await openNew('flowai-message');
		await editor.dialog.locator('.convoflow-section-optional > summary').click();
		const property = 'paramValues';
		const field = editor.dialog.locator('.form-row', {
			has: editor.page.locator(`#node-input-${property}`),
		});
		const rows = field.locator('.convoflow-rows li');
		const cell = (row: number, name: string): Locator =>
			rows.nth(row).getByRole('textbox', { name, exact: true });
		const add = field.locator('.red-ui-editableList-addButton');
		expect((await add.innerText()).trim()).toBe('Param');
		await add.click();
		await cell(0, 'Name').fill('seats');
		await cell(0, 'Value').fill('4');
		await add.click();
		await cell(1, 'Name').fill('city');
		await cell(1, 'Value').fill('Oslo "East"');
		await cell(1, 'Match').fill('the capital');
		const city = { name: 'city', value: 'Oslo "East"', match: 'the capital' };
		expect(JSON.parse(await editor.value(property))).toEqual([{ name: 'seats', value: '4' }, city]);
		expect(await unnamedControls(editor.page)).toEqual([]);
		await rows.nth(0).getByLabel('Remove this row').click();
		await rows.nth(1).waitFor({ state: 'detached' });
		expect(JSON.parse(await editor.value(property))).toEqual([city]);
		await editor.done();
		await editor.openDialog(id);
		expect(await cell(0, 'Match').inputValue()).toBe('the capital');
		await editor.fillTyped(property, 'msg', 'params');
		expect(await field.locator('.convoflow-rows').isVisible()).toBe(false);
	});

	it('a cell that may not stay empty is marked in its row, and named by the node', async () => {
		const id = await openNew('flowai-message');
		await editor.dialog.locator('.convoflow-section-optional > summary').click();
		const field = editor.dialog.locator('.form-row', {
			has: editor.page.locator('#node-input-paramValues'),
		});
		const cell = (name: string): Locator => field.getByRole('textbox', { name, exact: true }).first();
		const isWrong = async (name: string): Promise<string | null> =>
			await cell(name).getAttribute('aria-invalid');
		await field.locator('.red-ui-editableList-addButton').click();
		// A row in which nothing stands is no row yet.
		expect(await isWrong('Value')).toBe('false');
		await cell('Name').fill('seats');
		expect([await isWrong('Name'), await isWrong('Value'), await isWrong('Match')]).toEqual([
			'false',
			'true',
			'false',
		]);
		expect(await cell('Value').getAttribute('title')).toBe('Value is empty');
		expect(await cell('Value').getAttribute('class')).toContain('input-error');
		await takeForAlbum(editor, 'rows-with-an-empty-cell');
		await editor.done();
		expect(await editor.complaints(id)).toContain('Params, row 1: Value is empty');
		await editor.openDialog(id);
		expect(await isWrong('Value')).toBe('true');
		await cell('Value').fill('4');
		expect(await isWrong('Value')).toBe('false');
		await editor.done();
		expect((await editor.complaints(id)).join()).not.toContain('Params');
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

	it('a credential goes through the proxy and the certificates that are chosen for it', async () => {
		const proxy = { id: 'proxy', type: 'http proxy', name: 'The way out', url: 'http://127.0.0.1:3128' };
		const tls = { id: 'tls', type: 'tls-config', name: 'Our own authority', verifyservercert: true };
		const stream = node('stream', 'flowai-stream', {
			flowAiSocketApi: 'socket',
			threadId: 't-1',
			events: 'message',
		});
		await red.deploy([
			TAB,
			proxy,
			tls,
			{ id: 'socket', type: 'flowai-socket', name: 'Socket', credentials: { clientId: 'not-a-real-id' } },
			stream,
		]);
		editor = await NodeRedEditor.open(browser, red.adminUrl);
		await editor.openDialog('stream');
		await editor.openCredential('flowAiSocketApi', 'edit');
		const dialog = editor.dialog;
		await dialog.locator('summary', { hasText: 'Proxy and certificates' }).click();
		await dialog.locator('#node-config-input-proxy').selectOption('proxy');
		await dialog.locator('#node-config-input-tls').selectOption('tls');
		await editor.doneCredential();
		await editor.done();
		await editor.deploy();
		await editor.reload();
		await editor.openDialog('stream');
		await editor.openCredential('flowAiSocketApi', 'edit');
		// What is chosen is to be seen without a click.
		expect(await dialog.locator('#node-config-input-proxy').isVisible()).toBe(true);
		expect(await dialog.locator('#node-config-input-proxy').inputValue()).toBe('proxy');
		expect(await dialog.locator('#node-config-input-tls').inputValue()).toBe('tls');
		expect(await unnamedControls(editor.page)).toEqual([]);
		await editor.doneCredential();
		await editor.done();
	});
});
