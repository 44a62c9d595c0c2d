import { startSandbox, type Sandbox } from '@convoflow/sandbox';
import { readFile } from 'node:fs/promises';
import type { Browser } from 'playwright-core';
import { startNodeRed, type NodeRed } from '../node-red/harness';
import { debugNode, TAB } from '../node-red/harness/flow';
import { launchBrowser, NodeRedEditor } from './node-red-editor';

describe('the forms of Flow XO in Node-RED', () => {
	let sandbox: Sandbox;
	let red: NodeRed;
	let browser: Browser;
	let editor: NodeRedEditor;
	beforeAll(async () => {
		sandbox = await startSandbox({ instance: 'flowxo' });
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

	it('lists conversations and writes all of them into one file, wired one behind the other', async () => {
		await red.deploy([TAB, { ...debugNode('out'), x: 900, y: 120 }]);
		editor = await NodeRedEditor.open(browser, red.adminUrl);
		const list = await editor.dragNode('flowxo-conversation', 360, 120);
		await editor.openDialog(list);
		expect(await editor.value('operation')).toBe('conversation.getMany');
		await editor.openCredential('flowXoApi', 'add');
		await editor.fill('name', 'Sandbox');
		await editor.fill('apiKey', 'a-wrong-key');
		await editor.fill('baseUrl', sandbox.baseUrls.flowXo);
		expect(await editor.testConnection()).toContain('did not accept the key');
		await editor.fill('apiKey', sandbox.keys.flowXo);
		expect(await editor.testConnection()).toBe('Connected to Flow XO');
		await editor.doneCredential();
		await editor.fillTyped('limit', 'num', '3');
		await editor.done();
		expect(await editor.complaints(list)).toEqual([]);

		const file = await editor.dragNode('flowxo-conversation', 620, 120);
		await editor.openDialog(file);
		const credentials = editor.dialog.locator('#node-input-flowXoApi');
		await credentials.selectOption({ label: 'Sandbox' });
		await editor.select('operation', 'conversation.exportTranscripts');
		expect(await editor.typed('limit').count()).toBe(0);
		await editor.choose('format', 'csv');
		await editor.select('fileAs', 'path');
		await editor.fill('fileFolder', red.userDir);
		await editor.done();
		expect(await editor.complaints(file)).toEqual([]);

		const start = await editor.dragNode('inject', 140, 120);
		await editor.wire(start, list);
		await editor.wire(list, file);
		await editor.wire(file, 'out');
		await editor.deploy();
		await red.inject(start);
		const [shown] = await red.awaitDebug('out');
		expect(shown).toMatchObject({
			filename: `${red.userDir}/transcripts.csv`,
			flowxo: { file: { fileName: 'transcripts.csv', conversations: 3 } },
		});
		const written = await readFile(`${red.userDir}/transcripts.csv`, 'utf8');
		const named = new Set([...written.matchAll(/^([0-9a-f]{24}\/c\/[^,]+),/gm)].map(([, id]) => id));
		expect(named.size).toBe(3);
	});

	it('says what is wrong with a field before anything is deployed', async () => {
		await red.deploy([TAB]);
		editor = await NodeRedEditor.open(browser, red.adminUrl);
		const id = await editor.dragNode('flowxo-conversation', 420, 120);
		await editor.openDialog(id);
		await editor.fillTyped('limit', 'num', '0');
		await editor.dialog.locator('summary').first().click();
		await editor.fillTyped('start', 'str', 'last week');
		await editor.done();
		expect(await editor.complaints(id)).toEqual([
			'Choose a credential, or add one with the plus button',
			expect.stringContaining('Limit'),
			expect.stringContaining('Start'),
		]);
	});
});
