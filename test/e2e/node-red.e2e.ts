import { startSandbox, type Sandbox } from '@convoflow/sandbox';
import type { Browser } from 'playwright-core';
import { demoFlow } from '../../packages/demo/src/node-red/flow';
import { startNodeRed, type NodeRed } from '../node-red/harness';
import { credentialNode, debugNode, injectNode, node, TAB } from '../node-red/harness/flow';
import { sandboxSettings } from '../node-red/harness/sandbox-settings';
import { launchBrowser, NodeRedEditor } from './node-red-editor';

describe('the editor of Node-RED', () => {
	let sandbox: Sandbox;
	let red: NodeRed;
	let browser: Browser;
	let editor: NodeRedEditor;
	beforeAll(async () => {
		sandbox = await startSandbox({ instance: 'pictures' });
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
		await sandbox?.close();
	});

	it('a node is dragged, filled in, tested, deployed, and opened again with what was entered', async () => {
		await red.deploy([TAB]);
		editor = await NodeRedEditor.open(browser, red.adminUrl);
		const id = await editor.dragNode('flowai-message', 420, 120);
		await editor.openDialog(id);
		await editor.select('operation', 'message.sendText');
		await editor.openCredential('flowAiApi', 'add');
		await editor.fill('name', 'Sandbox');
		await editor.fill('apiKey', 'a-wrong-key');
		await editor.fill('baseUrl', sandbox.baseUrls.flowAi);
		expect(await editor.testConnection()).toContain('did not accept the key');
		await editor.fill('apiKey', sandbox.keys.flowAiRest);
		expect(await editor.testConnection()).toBe('Connected to Flow.ai');
		await editor.doneCredential();
		await editor.fillTyped('threadId', 'str', 't-100');
		await editor.fillTyped('originatorName', 'str', 'Support');
		await editor.dialog.locator('summary').first().click();
		await editor.fillTyped('language', 'str', 'en');
		await editor.fillTyped('traceId', 'num', '4711');
		await editor.picture('form', { width: 1440, height: 960 });
		await editor.done();

		const start = await editor.dragNode('inject', 160, 120);
		await editor.wire(start, id);
		await editor.deploy();

		await editor.reload();
		await editor.openDialog(id);
		const values: Record<string, string> = {};
		for (const property of [
			'operation',
			'threadId',
			'threadIdType',
			'text',
			'textType',
			'originatorName',
			'language',
			'traceId',
		]) {
			values[property] = await editor.value(property);
		}
		expect(values).toEqual({
			operation: 'message.sendText',
			threadId: 't-100',
			threadIdType: 'str',
			text: 'payload',
			textType: 'msg',
			originatorName: 'Support',
			language: 'en',
			traceId: '4711',
		});
		await editor.openCredential('flowAiApi', 'edit');
		expect(await editor.testConnection()).toBe('Connected to Flow.ai');
		await editor.doneCredential();
		await editor.done();

		await red.inject(start, { payload: 'Hello from the editor' });
		await red.awaitStatus(id, 'flowai-message.status.done');
		const sent = sandbox.requests().findLast(({ path: one }) => one.endsWith('/messages/t-100'));
		expect(sent?.body).toMatchObject({
			payload: {
				speech: 'Hello from the editor',
				traceId: 4711,
				lang: 'en',
				originator: { name: 'Support' },
			},
		});
	});

	it('only the fields of the chosen operation are shown, and what was entered survives a change', async () => {
		await red.deploy([TAB]);
		editor = await NodeRedEditor.open(browser, red.adminUrl);
		const id = await editor.dragNode('flowai-message', 420, 120);
		await editor.openDialog(id);
		await editor.fillTyped('threadId', 'str', 't-101');
		await editor.fillTyped('originatorName', 'str', 'Kept');
		expect(await editor.typed('returnAll').count()).toBe(0);
		await editor.select('operation', 'message.getMany');
		expect(await editor.typed('originatorName').count()).toBe(0);
		expect(await editor.value('threadId')).toBe('t-101');
		expect(await editor.typed('limit').isVisible()).toBe(true);
		await editor.choose('returnAll', 'true');
		expect(await editor.typed('limit').isVisible()).toBe(false);
		await editor.select('operation', 'message.sendText');
		expect(await editor.value('originatorName')).toBe('Kept');
	});

	it('says what is wrong with a field before anything is deployed', async () => {
		await red.deploy([TAB]);
		editor = await NodeRedEditor.open(browser, red.adminUrl);
		const id = await editor.dragNode('flowai-message', 420, 120);
		await editor.openDialog(id);
		await editor.fillTyped('text', 'str', 'x'.repeat(256));
		await editor.dialog.locator('summary').first().click();
		await editor.fillTyped('traceId', 'num', 'seven');
		await editor.done();
		expect(await editor.complaints(id)).toEqual([
			'Choose a credential, or add one with the plus button',
			'Text may have at most 255 characters',
			'Trace ID must be a number',
		]);
	});

	it('the webhook shows its address, under the root that this Node-RED has', async () => {
		await red.deploy([TAB]);
		editor = await NodeRedEditor.open(browser, red.adminUrl);
		const id = await editor.dragNode('flowai-webhook', 420, 120);
		await editor.openDialog(id);
		await editor.fill('path', 'support');
		const url = editor.dialog.locator('#convoflow-url');
		expect(await url.inputValue()).toBe(`${red.nodeUrl}/flowai/webhook/support`);
		expect(await editor.dialog.locator('#node-input-secret').isVisible()).toBe(false);
		await editor.select('verification', 'jwt');
		expect(await editor.dialog.locator('#node-input-secret').isVisible()).toBe(true);
		await editor.fill('secret', 'not-a-real-secret');
		await editor.done();
		await editor.deploy();
		expect((await fetch(`${red.nodeUrl}/flowai/webhook/support`)).status).toBe(200);
	});

	it('shows an error where people look for it', async () => {
		const api = sandboxSettings(sandbox)['flowAiApi'];
		if (!api) throw new Error('no settings');
		await red.deploy([
			TAB,
			{ ...injectNode('start', 'send'), name: 'an empty text', x: 160, y: 120 },
			{
				...node(
					'send',
					'flowai-message',
					{ name: '', operation: 'message.sendText', flowAiApi: 'api', sendAs: 'one' },
					'out',
				),
				x: 380,
				y: 120,
			},
			{ ...debugNode('out'), name: 'sent', x: 600, y: 120 },
			credentialNode('api', { ...api, config: { ...api.config, name: 'Sandbox' } }),
		]);
		editor = await NodeRedEditor.open(browser, red.adminUrl);
		await red.inject('start', { threadId: 't-100', payload: '' });
		const shown = editor.page.locator('.red-ui-debug-msg', { hasText: 'Text is empty' });
		await shown.locator('.red-ui-debug-msg-object-handle').first().click();
		// Node-RED cuts long texts until they are opened.
		await shown
			.locator('.red-ui-debug-msg-object-entry', { hasText: 'message' })
			.locator('.red-ui-debug-msg-object-handle')
			.last()
			.click();
		await shown.getByText('Nothing was sent.').waitFor();
		await editor.node('send').getByText('failed').waitFor();
		await editor.picture('error', { width: 1440, height: 900 });
		const words = await shown.innerText();
		expect(words).toContain(
			'Text is empty (it is read from msg.payload). Change the field "Text" and run again.',
		);
		expect(words).not.toContain('[object Object]');
	});

	it('shows the whole flow of the demo', async () => {
		await red.deploy(demoFlow(sandbox));
		editor = await NodeRedEditor.open(browser, red.adminUrl);
		await red.awaitStatus('demo-stream', 'flowai-stream.status.connected');
		await editor.node('demo-stream').getByText('connected').waitFor();
		await editor.picture('flow', { width: 1600, height: 960 });
	});
});
