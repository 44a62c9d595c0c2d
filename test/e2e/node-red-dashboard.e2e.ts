import { startSandbox, type Sandbox } from '@convoflow/sandbox';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { DASHBOARD_PATH, withDashboard } from '../../packages/demo/src/node-red/dashboard';
import { ensureDashboard } from '../../packages/demo/src/node-red/dashboard/install';
import { demoFlow } from '../../packages/demo/src/node-red/flow';
import { startNodeRed, type NodeRed } from '../node-red/harness';
import { launchBrowser } from './node-red-editor';

const PICTURE = path.resolve(__dirname, '../../docs/pictures/node-red-dashboard.png');

describe('the dashboard of the demo', () => {
	let sandbox: Sandbox;
	let red: NodeRed;
	let browser: Browser;
	let page: Page;
	const problems: string[] = [];
	beforeAll(async () => {
		const dashboard = await ensureDashboard((line) => void process.stderr.write(`${line}\n`));
		sandbox = await startSandbox({ instance: 'pictures', vocabulary: '2019' });
		red = await startNodeRed({ dashboard });
		browser = await launchBrowser();
		sandbox.setWebhook({ url: `${red.nodeUrl}/flowai/webhook/demo` });
		await red.deploy(withDashboard(demoFlow(sandbox)));
		page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
		page.setDefaultTimeout(90_000);
		page.on('pageerror', (error) => problems.push(error.message));
		await page.goto(`${red.nodeUrl}${DASHBOARD_PATH}`);
	}, 600_000);
	afterAll(async () => {
		await page?.close();
		await browser?.close();
		await red?.stop();
		await sandbox?.close();
	});

	const talk = () => page.getByRole('log');

	it('shows what is said as it is said', async () => {
		await page.getByRole('button', { name: 'Ask something' }).click();
		await talk().locator('.visitor').getByText('Is table six free?').waitFor();
		await talk().locator('.bot').getByText('Is table six free?').waitFor();
	});

	it('pauses and resumes the bot', async () => {
		await page.getByRole('button', { name: 'Pause the bot' }).click();
		await page.getByText('The bot is paused: a colleague answers').waitFor();
		await page.getByRole('button', { name: 'Resume the bot' }).click();
		await page.getByRole('status').getByText('The bot answers', { exact: true }).waitFor();
		await talk().getByText('The bot answers again').waitFor();
	});

	it('leads one of several conversations at a time', async () => {
		await sandbox.world.sendAsUser('demo-guest', 'echo A table for two?', 'rest');
		await page.getByRole('button', { name: /^demo-guest/ }).click();
		await talk().locator('.visitor').getByText('A table for two?').waitFor();
		await page.getByRole('button', { name: 'Pause the bot' }).click();
		await page.getByRole('button', { name: 'demo-guest waits for a human' }).waitFor();
		expect(sandbox.world.thread('demo-guest')?.paused).toBe(true);
		expect(sandbox.world.thread('demo-visitor')?.paused).toBe(false);
		await page.getByRole('button', { name: /^demo-visitor/ }).click();
		await page.getByRole('status').getByText('The bot answers', { exact: true }).waitFor();
	});

	it('says that a human is asked for, and draws the chart', async () => {
		await page.getByRole('button', { name: 'Ask for a human' }).click();
		await talk().getByText('The visitor asks for a human').first().waitFor();
		const chart = page.locator('.nrdb-ui-chart canvas').first();
		await chart.waitFor();
		expect((await chart.boundingBox())?.height).toBeGreaterThan(100);
		if (process.env['PICTURES'] === '1') await page.screenshot({ animations: 'disabled', path: PICTURE });
		expect(problems).toEqual([]);
	});
});
