import { once } from 'node:events';
import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { WebSocket } from 'ws';
import { startSandbox, type Sandbox } from '@convoflow/sandbox';

const PICTURES = path.resolve(__dirname, '../../docs/pictures');
const CHROMIUM = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

let browser: Browser;
let sandbox: Sandbox;
let page: Page;
const problems: string[] = [];

beforeAll(async () => {
	if (!existsSync(CHROMIUM)) throw new Error(`There is no Chromium at ${CHROMIUM}; set CHROMIUM to its path`);
	mkdirSync(PICTURES, { recursive: true });
	sandbox = await startSandbox({ seed: 400, instance: 'demo', speed: 20 });
	browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
});

afterAll(async () => {
	await browser?.close();
	await sandbox?.close();
});

beforeEach(async () => {
	problems.length = 0;
	page = await browser.newPage({ viewport: { width: 1280, height: 760 }, colorScheme: 'light' });
	page.on('pageerror', (error) => problems.push(error.message));
	page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
});

afterEach(async () => {
	await page.close();
	expect(problems).toEqual([]);
});

/** A client of a thread, and the next frame that reaches it. */
async function socketOf(threadId: string): Promise<{ ws: WebSocket; next: Promise<unknown> }> {
	const query = new URLSearchParams({ clientId: sandbox.keys.flowAiClientId, sessionId: 'e2e', threadId });
	const info = await fetch(`${sandbox.baseUrls.flowAiSocket}/socket.info?${query.toString()}`);
	const { payload } = (await info.json()) as { payload: { endpoint: string } };
	const ws = new WebSocket(payload.endpoint);
	await once(ws, 'open');
	return { ws, next: once(ws, 'message').then(([data]: unknown[]) => String(data as Buffer)) };
}

const shoot = (name: string): Promise<unknown> =>
	page.screenshot({ path: path.join(PICTURES, `console-${name}.png`) });

it('shows a thread live, with quick replies and cards, and lets one write', async () => {
	await page.goto(sandbox.url);
	await page.getByLabel('New thread id').fill('demo-1');
	await page.getByRole('button', { name: 'Open', exact: true }).click();
	await page.getByText('demo-1').first().waitFor();
	await page.getByLabel('Message', { exact: true }).fill('Hello');
	await page.keyboard.press('Enter');
	await page.getByText('Hello! How can I help?').first().waitFor();
	await page.locator('.quick button', { hasText: 'Opening hours' }).click();
	await page.getByText('We are open from nine to eight.').first().waitFor();
	await page.getByLabel('Message', { exact: true }).fill('Show me a carousel');
	await page.keyboard.press('Enter');
	await page.locator('.bubble .card').nth(1).waitFor();
	expect(sandbox.world.messages('demo-1')).toHaveLength(6);
	await shoot('threads');
	await page.emulateMedia({ colorScheme: 'dark' });
	await shoot('threads-dark');
});

it('shows what others write without being asked', async () => {
	await page.goto(sandbox.url);
	await page.locator('.threads button', { hasText: 'demo-1' }).click();
	await sandbox.world.sendAsUser('demo-1', 'echo from afar');
	await page.locator('.bubble.bot', { hasText: 'Echo from afar' }).waitFor();
});

it('pauses the bot when a moderator writes, and resumes it', async () => {
	await page.goto(sandbox.url);
	await page.locator('.threads button', { hasText: 'demo-1' }).click();
	await page.getByLabel('Write as').selectOption('moderator');
	await page.getByLabel('Message', { exact: true }).fill('Ada here, how can I help?');
	await page.keyboard.press('Enter');
	await page.locator('#bot-state', { hasText: 'Bot paused' }).waitFor();
	expect(sandbox.world.thread('demo-1')?.paused).toBe(true);
	await shoot('takeover');
	await page.getByRole('button', { name: 'Resolve' }).click();
	await page.locator('#bot-state', { hasText: 'Bot active' }).waitFor();
	expect(sandbox.world.thread('demo-1')).toMatchObject({ paused: false, state: 'resolved' });
});

it('works from the keyboard alone', async () => {
	await page.goto(sandbox.url);
	const current = page.locator('.threads button[aria-current="true"] .top strong');
	const ids = page.locator('.threads button .top.dim span:first-child');
	const chosen = page.locator('.threads button[aria-current="true"] .top.dim span:first-child');
	await current.waitFor();
	const [first, second] = await ids.allTextContents();
	await page.keyboard.press('j');
	await chosen.filter({ hasText: second ?? '' }).waitFor();
	await page.keyboard.press('k');
	await chosen.filter({ hasText: first ?? '' }).waitFor();
	await page.keyboard.press('/');
	await page.keyboard.type('echo typed');
	await page.keyboard.press('Enter');
	await page.locator('.bubble.bot', { hasText: 'Echo typed' }).waitFor();
	await page.keyboard.press('Escape');
	await page.keyboard.press('4');
	await page.getByRole('heading', { name: 'Add a fault' }).waitFor();
});

it('shows messages as text, whatever they hold', async () => {
	await sandbox.world.sendAsUser('demo-2', '<img src=x onerror="document.title=\'broken\'">');
	await page.goto(sandbox.url);
	await page.locator('.threads button', { hasText: 'demo-2' }).click();
	await page.locator('.bubble.user', { hasText: '<img src=x' }).waitFor();
	expect(await page.title()).toBe('Convoflow sandbox');
	expect(await page.locator('.bubble img').count()).toBe(0);
});

it('shows Flow XO conversations and writes into them', async () => {
	await page.goto(sandbox.url);
	await page.getByRole('button', { name: 'Flow XO' }).click();
	await page.locator('.threads button', { hasText: '49016' }).first().waitFor();
	await page.getByLabel('Message', { exact: true }).fill('echo bikes');
	await page.keyboard.press('Enter');
	await page.locator('.bubble.bot', { hasText: 'Echo bikes' }).waitFor();
	await shoot('flow-xo');
});

it('fires events and shows deliveries with their attempts', async () => {
	await page.goto(`${sandbox.url}/#events`);
	// Nothing listens there, so the delivery fails and is tried again.
	await page.getByLabel('Address', { exact: true }).fill('http://127.0.0.1:9/hook');
	await page.getByRole('button', { name: 'Save' }).click();
	await page.getByText('Events go to http://127.0.0.1:9/hook').waitFor();
	await page.getByRole('button', { name: 'Fire' }).click();
	await page.locator('td', { hasText: 'next' }).first().waitFor();
	expect(sandbox.deliveries()[0]?.event).toBe('message');
	await shoot('events');
	await sandbox.world.sendAsUser('demo-1', 'echo before');
	const frames = await socketOf('demo-1');
	await page.getByLabel('Where').selectOption('socket');
	await page.getByLabel('Event', { exact: true }).fill('agent.typing');
	await page.getByLabel('Thread', { exact: true }).fill('demo-1');
	await page.getByRole('button', { name: 'Fire' }).click();
	expect(JSON.parse(String(await frames.next))).toEqual({ type: 'agent.typing' });
	frames.ws.terminate();
	// Nobody answers there: the console says so.
	await page.getByLabel('Action address').fill(`${sandbox.baseUrls.flowXo}/none`);
	await page.getByLabel('Verify token').fill('vt-made-up');
	await page.getByRole('button', { name: 'Call' }).click();
	await page.getByText('Status 401: no answer').waitFor();
	await page.getByRole('button', { name: 'Remove' }).click();
	await page.getByText('No webhook is set.').waitFor();
});

it('shows requests without keys', async () => {
	await page.goto(`${sandbox.url}/#requests`);
	await fetch(`${sandbox.baseUrls.flowXo}/conversations?limit=5`, {
		headers: { authorization: `Bearer ${sandbox.keys.flowXo}` },
	});
	await fetch(`${sandbox.baseUrls.flowAi}/rest/v1/messages/demo-3`, {
		method: 'POST',
		headers: { authorization: sandbox.keys.flowAiRest, 'content-type': 'application/json' },
		body: JSON.stringify({
			payload: { type: 'text', speech: 'Hello', originator: { name: 'Mara', role: 'external' } },
		}),
	});
	await page.locator('td', { hasText: 'POST /flowai/rest/v1/messages/demo-3' }).waitFor();
	expect(await page.content()).not.toContain(sandbox.keys.flowAiRest);
	// What was unfolded stays so while further requests come in.
	await page.getByText('Body').click();
	await fetch(`${sandbox.baseUrls.flowXo}/conversations/none`);
	await page.locator('td.warn', { hasText: '401' }).waitFor();
	expect(await page.locator('details[open] pre').textContent()).toContain('"speech": "Hello"');
	await shoot('requests');
});

it('adds and removes faults', async () => {
	await page.goto(`${sandbox.url}/#faults`);
	await page.getByLabel('Ready-made').selectOption('429 with Retry-After (3 calls)');
	await page.getByLabel('Where').selectOption('flowxo');
	await page.getByRole('button', { name: 'Add' }).click();
	await page.locator('td', { hasText: '0 of 3' }).waitFor();
	const answer = await fetch(`${sandbox.baseUrls.flowXo}/conversations`);
	expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '2']);
	await page.locator('td', { hasText: '1 of 3' }).waitFor();
	await shoot('faults');
	await page.getByRole('button', { name: 'Remove', exact: true }).click();
	await page.getByText('Nothing goes wrong.').waitFor();
});

it('shows analytics as charts', async () => {
	await page.goto(`${sandbox.url}/#analytics`);
	await page.locator('svg.chart rect').first().waitFor();
	expect(await page.locator('svg.chart rect').count()).toBeGreaterThan(100);
	// A half of the scale is a whole number, and weeks without a conversation have their place.
	expect(await page.locator('svg.chart').first().locator('text').allTextContents()).toEqual(
		expect.arrayContaining(['0', '10', '20']),
	);
	await shoot('analytics');
});

it('changes how the sandbox reads the documents', async () => {
	await page.goto(`${sandbox.url}/#settings`);
	const saved = page.waitForResponse((response) => response.request().method() === 'PATCH');
	await page.getByLabel('Names of webhook events').selectOption('2019');
	await saved;

	expect(sandbox.settings.vocabulary).toBe('2019');
	await shoot('settings');
});
