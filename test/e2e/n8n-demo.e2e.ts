import { STEPS } from '../../packages/demo/src/steps';
import { ensureN8n } from '../../packages/demo/src/n8n/install';
import { printerTo } from '../../packages/demo/src/n8n/printer';
import { answers, foldersLike, startDemo, until, type Demo } from './demo-driver';
import { SETUP_MS } from './n8n-suite';

describe('npm run demo:n8n', () => {
	const started: Demo[] = [];
	const start = (...args: string[]): Demo => {
		const run = startDemo('demo-n8n', ...args);
		started.push(run);
		return run;
	};
	afterEach(() => started.splice(0).forEach((run) => run.kill()));

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

	it('prints addresses and login, keeps running, and leaves nothing behind after Ctrl-C', async () => {
		const before = await foldersLike('convoflow-n8n-');
		const run = start();
		await run.seen('Ctrl-C');
		const urls =
			run
				.lines()
				.join(' ')
				.match(/http:\/\/127\.0\.0\.1:\d+/g) ?? [];
		expect(new Set(urls).size).toBe(2);
		expect(run.lines().join(' ')).toMatch(/log in with +\S+@\S+ +\S+/);
		for (const url of urls) expect(await answers(url)).toBe(true);
		run.interrupt();
		expect(await run.ended).toBe(0);
		for (const url of urls) expect(await answers(url)).toBe(false);
		expect(await foldersLike('convoflow-n8n-')).toEqual(before);
	});

	it('stops cleanly when Ctrl-C comes while n8n starts', async () => {
		const before = await foldersLike('convoflow-n8n-');
		const run = start();
		await until(async () => (await foldersLike('convoflow-n8n-')).length > before.length);
		run.interrupt();
		await run.ended;
		expect(run.lines()).toContain('Stopping …');
		expect(await foldersLike('convoflow-n8n-')).toEqual(before);
	});
});
