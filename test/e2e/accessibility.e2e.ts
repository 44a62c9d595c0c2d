import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import type { AxeResults } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { startSandbox, type Sandbox } from '@convoflow/sandbox';
import { CARDS } from '../../packages/demo/src/node-red/cards';
import { StartPage } from '../../packages/demo/src/start-page/server';
import { launchBrowser } from './node-red-editor';
import { serve, type StaticServer } from './static-server';

const root = path.resolve(__dirname, '../..');
const AXE = require.resolve('axe-core/axe.min.js');
const SCHEMES = ['light', 'dark'] as const;

let browser: Browser;
beforeAll(async () => {
	browser = await launchBrowser();
});
afterAll(async () => await browser?.close());

/** What axe finds on a page that matters, with the elements that it names. */
async function findings(page: Page): Promise<string[]> {
	await page.addScriptTag({ path: AXE });
	const { violations } = await page.evaluate(
		async () => await (globalThis as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run(),
	);
	return violations
		.filter(({ impact }) => impact === 'serious' || impact === 'critical')
		.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
}

/**
 * Opens a page, waits until it shows what it should, and looks at it in light and dark. What looks is a script that a
 * content security policy keeps out.
 */
async function look(url: string, isThere: (page: Page) => Promise<unknown>): Promise<void> {
	for (const colorScheme of SCHEMES) {
		const page = await browser.newPage({
			viewport: { width: 1280, height: 800 },
			colorScheme,
			bypassCSP: true,
		});
		try {
			await page.goto(url);
			await isThere(page);
			expect({ url, colorScheme, findings: await findings(page) }).toEqual({
				url,
				colorScheme,
				findings: [],
			});
		} finally {
			await page.close();
		}
	}
}

it('finds what is wrong', async () => {
	const page = await browser.newPage();
	await page.setContent('<html lang="en"><title>x</title><main><button></button></main></html>');
	expect(await findings(page)).toEqual(['button-name: button']);
	await page.close();
});

describe('the console of the sandbox', () => {
	let sandbox: Sandbox;
	beforeAll(async () => {
		sandbox = await startSandbox({ instance: 'axe' });
		await sandbox.world.sendAsUser('t-1', 'Hello');
		await sandbox.world.sendAsUser('t-1', 'carousel');
		await sandbox.world.sendAsModerator('t-1', 'Ada here.');
		sandbox.setWebhook({ url: 'http://127.0.0.1:9/' });
		sandbox.faults.add({ match: { surface: 'flowxo' }, times: 2, action: { type: 'status', status: 429 } });
	});
	afterAll(async () => await sandbox?.close());

	it.each(['threads', 'events', 'requests', 'faults', 'analytics', 'settings'])(
		'is open to everyone: %s',
		async (view) => {
			await look(`${sandbox.url}/#${view}`, async (page) => {
				await page.locator('#view > *').first().waitFor();
				await page.waitForLoadState('networkidle');
			});
		},
	);
});

describe('the start page of the demos', () => {
	let start: StartPage;
	beforeAll(async () => {
		start = await StartPage.start('Convoflow in Node-RED', CARDS);
	});
	afterAll(async () => await start?.close());

	it('is open to everyone while it starts', async () => {
		await look(start.url, async (page) => await page.getByText('is being started …').first().waitFor());
	});

	it('is open to everyone once all runs', async () => {
		for (const { id } of CARDS)
			start.lead(id, { href: 'http://127.0.0.1:1/', note: 'Log in with a password' });
		start.tell('sent “Hello”');
		start.progress('');
		await look(start.url, async (page) => {
			await page.getByText('Everything runs.').waitFor();
			expect(await page.getByRole('link').count()).toBe(CARDS.length);
		});
	});

	it('says when the demo is over, and goes on when it runs again', async () => {
		const page = await browser.newPage();
		await page.goto(start.url);
		await page.getByText('Everything runs.').waitFor();
		await start.close();
		await page.getByText('The demo has ended.').waitFor();
		start = await StartPage.start('Again', CARDS, Number(new URL(start.url).port));
		start.progress('');
		await page.getByText('Everything runs.').waitFor();
		await page.close();
		expect(await (await fetch(`${start.url}/other`)).text()).toBe('There is nothing here.');
	});
});

describe('the site of the docs', () => {
	let site: StaticServer;
	beforeAll(async () => {
		await promisify(execFile)('npm', ['run', 'docs'], { cwd: root });
		site = await serve(path.join(root, 'build/docs'));
	}, 180_000);
	afterAll(async () => await site?.stop());

	it.each([
		'index',
		'getting-started/n8n',
		'recipes',
		'operations',
		'troubleshooting',
		'nodes/flowai-message',
		'adding-an-operation',
		'decisions/011-the-site-of-the-docs',
	])('is open to everyone: %s', async (name) => {
		await look(`${site.url}/${name}.html`, async (page) => await page.getByPlaceholder('Search').waitFor());
	});

	it('finds a page by an error’s code, and leads there', async () => {
		const page = await browser.newPage();
		await page.goto(`${site.url}/nodes/flowai-bot.html`);
		await page.keyboard.press('/');
		await page.keyboard.type('CHATLAYER_HOURS_UNCLEAR');
		const results = page.locator('#search .pagefind-ui__results');
		await results.getByRole('link', { name: 'Troubleshooting' }).first().waitFor();
		expect(await findings(page)).toEqual([]);
		await results.getByRole('link', { name: 'CHATLAYER_HOURS_UNCLEAR' }).first().click();
		await page.waitForURL(/troubleshooting\.html.*#chatlayer_hours_unclear$/);
		await page.close();
	});

	it('has no link that leads nowhere', async () => {
		const page = await browser.newPage();
		await page.goto(`${site.url}/nodes/flowai-bot.html`);
		const hrefs = await page
			.locator('main a, nav a')
			.evaluateAll((links) => links.map((link) => (link as unknown as { href: string }).href));
		const own = [...new Set(hrefs)].filter((href) => href.startsWith(site.url));
		expect(own.length).toBeGreaterThan(20);
		expect(own.filter((href) => href.includes('#')).length).toBeGreaterThan(3);
		for (const href of own) {
			const response = await fetch(href);
			const [, fragment] = href.split('#');
			const isThere = fragment === undefined || (await response.text()).includes(` id="${fragment}"`);
			expect({ href, status: response.status, isThere }).toEqual({ href, status: 200, isThere: true });
		}
		await page.close();
	});
});
