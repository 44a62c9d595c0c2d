import type { Page } from 'playwright-core';
import { STEPS } from '../../packages/demo/src/steps';
import { ensureN8n } from '../../packages/demo/src/n8n/install';
import { printerTo } from '../../packages/demo/src/printer';
import { addresses, answers, startDemo, temp, until, type Demo, type Temp } from './demo-driver';
import { launchBrowser } from './node-red-editor';
import { SETUP_MS } from './n8n-suite';

/** Time that n8n's editor gets for anything on a busy machine, in ms. */
const PATIENCE_MS = 90_000;

describe('npm run demo:n8n', () => {
	let own: Temp;
	beforeAll(async () => {
		own = await temp();
	});
	afterAll(async () => await own?.remove());
	const started: Demo[] = [];
	const start = (...args: string[]): Demo => {
		const run = startDemo(own, 'demo-n8n', ...args);
		started.push(run);
		return run;
	};
	afterEach(async () => void (await Promise.all(started.splice(0).map(async (run) => await run.end()))));

	beforeAll(async () => void (await ensureN8n(printerTo(process.stderr))), SETUP_MS);

	it('does the ten steps through real executions and says each', async () => {
		const run = start('--once');
		const code = await run.ended;
		const said = run.lines().filter((line) => STEPS.some((step) => line.startsWith(step.padEnd(18))));
		expect(said.map((line) => line.slice(0, 18).trim())).toEqual([...STEPS]);
		expect(said[2]).toContain('4711');
		expect(code).toBe(0);
	});

	it('ends with the step and the reason when the key is wrong', async () => {
		const run = start('--once', '--key', 'obviously-wrong-key');
		expect(await run.ended).toBe(1);
		const printed = run.lines().join('\n');
		expect(printed).toMatch(/sent: Send to Flow\.ai: Flow\.ai did not accept the key/);
		expect(printed).not.toContain('obviously-wrong-key');
	});

	it('stops cleanly when Ctrl-C comes while n8n starts', async () => {
		const run = start();
		await until(async () => (await own.left()).length > 0);
		run.interrupt();
		await run.ended;
		expect(run.lines()).toContain('Stopping …');
		expect(await own.left()).toEqual([]);
	});

	it('leads from its first page to the console, a workflow and a run, and leaves nothing after Ctrl-C', async () => {
		const run = start();
		await run.seen('Ctrl-C');
		const urls = addresses(run);
		// The start page, the sandbox and n8n.
		expect(new Set(urls).size).toBe(3);
		const printed = run.lines().join('\n');
		expect(printed).toMatch(/“Nightly export” wrote 3 conversations/);
		expect(printed).toMatch(/log in with +\S+@\S+ +\S+/);
		for (const url of urls) expect(await answers(url)).toBe(true);
		const browser = await launchBrowser();
		try {
			await lookAround(await browser.newPage(), urls[0] ?? '');
		} finally {
			await browser.close();
		}
		run.interrupt();
		expect(await run.ended).toBe(0);
		for (const url of urls) expect(await answers(url)).toBe(false);
		expect(await own.left()).toEqual([]);
	}, 300_000);
});

/** Follows the cards of the first page, as a newcomer does, without any password. */
async function lookAround(page: Page, url: string): Promise<void> {
	page.context().setDefaultTimeout(PATIENCE_MS);
	await page.goto(url);
	await page.getByText('Everything runs.').waitFor();
	const follow = async (link: string): Promise<Page> => {
		const [opened] = await Promise.all([
			page.context().waitForEvent('page'),
			page.getByRole('link', { name: link }).click(),
		]);
		return opened;
	};
	const console = await follow('Open the console');
	await console.getByText('demo-visitor').first().click();
	await console.getByPlaceholder('Write a message').fill('I want to talk to a human');
	await console.getByRole('button', { name: 'Send' }).click();
	// The workflow has heard of it, and says so on the first page.
	await page.getByText(/run \d+ +handover/).waitFor();
	const workflow = await follow('Open the workflow');
	await workflow.getByText('Pause the bot').first().waitFor();
	const execution = await follow('Open the run');
	await execution
		.getByText(/^Succeeded/)
		.first()
		.waitFor();
}
