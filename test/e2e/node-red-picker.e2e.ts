import type { Browser } from 'playwright-core';
import { startRecorder, type Recorder } from '../n8n/recorder';
import { startNodeRed, type NodeRed } from '../node-red/harness';
import { credentialNode, node, TAB } from '../node-red/harness/flow';
import { launchBrowser, NodeRedEditor } from './node-red-editor';

const EVENTS = Array.from({ length: 10_000 }, (_, index) => `EVENT_${String(index).padStart(5, '0')}`);

describe('picking from a list in the editor of Node-RED', () => {
	let service: Recorder;
	let red: NodeRed;
	let browser: Browser;
	let editor: NodeRedEditor;
	beforeAll(async () => {
		service = await startRecorder(({ url }) =>
			url.includes('/trigger/event')
				? { body: JSON.stringify({ status: 'ok', result: { items: EVENTS } }) }
				: { status: 404, body: '{}' },
		);
		[red, browser] = await Promise.all([startNodeRed(), launchBrowser()]);
		await red.deploy([
			TAB,
			credentialNode('account', {
				type: 'flowai-api',
				config: { name: 'Account', baseUrl: service.url, scheme: 'bearer' },
				credentials: { apiKey: 'a-key' },
			}),
			node('event', 'flowai-event', {
				operation: 'event.trigger',
				flowAiApi: 'account',
				threadId: '',
				threadIdType: 'str',
				eventName: '',
				eventNameType: 'str',
			}),
		]);
		editor = await NodeRedEditor.open(browser, red.adminUrl);
		await editor.openDialog('event');
	});
	afterAll(async () => {
		const { problems } = editor;
		await browser?.close();
		await red?.stop();
		await service?.close();
		expect(problems).toEqual([]);
	});

	const box = (property: string) => editor.typed(property).getByRole('combobox');
	const row = (property: string) =>
		editor.dialog.locator('.form-row', { has: editor.page.locator(`#node-input-${property}`) });
	const options = () => row('eventName').getByRole('option');
	const asked = (): number => service.requests.filter(({ url }) => url.includes('/trigger/event')).length;

	it('ten thousand events are found by typing, with one request for all the keys', async () => {
		await box('eventName').pressSequentially('event_0777', { delay: 20 });
		await options().nth(9).waitFor();
		expect(await options().allInnerTexts()).toEqual(EVENTS.slice(7770, 7780));
		expect(await row('eventName').getByRole('status').innerText()).toBe('10 found');
		expect(asked()).toBe(1);
		await editor.picture('picker', { width: 1440, height: 900 });
	});

	it('one is chosen by keys alone, and said to a screen reader', async () => {
		const input = box('eventName');
		for (const key of ['ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowUp']) await input.press(key);
		expect(await input.getAttribute('aria-expanded')).toBe('true');
		const active = await input.getAttribute('aria-activedescendant');
		expect(await editor.page.locator(`[id="${active}"]`).innerText()).toBe('EVENT_07771');
		await input.press('Enter');
		expect(await editor.value('eventName')).toBe('EVENT_07771');
		expect(await input.getAttribute('aria-expanded')).toBe('false');
		expect(await row('eventName').getByRole('listbox').isVisible()).toBe(false);
	});

	it('the whole list opens with the button, goes on at its end, and comes from memory the second time', async () => {
		await row('eventName').getByRole('button', { name: 'Choose from a list: Event name' }).click();
		await options().nth(99).waitFor();
		const before = asked();
		await row('eventName')
			.getByRole('listbox')
			.evaluate((list: { scrollTop: number; scrollHeight: number }) => {
				list.scrollTop = list.scrollHeight;
			});
		await options().nth(199).waitFor();
		expect(asked()).toBe(before + 1);
		await box('eventName').press('Escape');
		await row('eventName').getByRole('button', { name: 'Choose from a list: Event name' }).click();
		await options().nth(99).waitFor();
		expect(asked()).toBe(before + 1);
		await box('eventName').press('Escape');
		expect(await editor.value('eventName')).toBe('EVENT_07771');
	});

	it('an account that cannot list says so, and the typed ID stays', async () => {
		await box('threadId').fill('t-100');
		const status = row('threadId').getByRole('status');
		await status.filter({ hasText: 'cannot list threads' }).waitFor();
		expect(await status.innerText()).toContain('Enter the ID instead');
		await box('threadId').press('Tab');
		expect(await editor.value('threadId')).toBe('t-100');
		await editor.fillTyped('threadId', 'msg', 'threadId');
		expect(await row('threadId').locator('.convoflow-pick').isVisible()).toBe(false);
	});
});
