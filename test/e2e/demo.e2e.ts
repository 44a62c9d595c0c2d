import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { STEPS } from '../../packages/demo/src/steps';
import { answers, foldersLike, root, startDemo, until, type Demo } from './demo-driver';

const userDirs = async (): Promise<string[]> => await foldersLike('convoflow-node-red-');

describe('npm run demo', () => {
	const started: Demo[] = [];
	const start = (...args: string[]): Demo => {
		const run = startDemo('demo', ...args);
		started.push(run);
		return run;
	};
	afterEach(() => started.splice(0).forEach((run) => run.kill()));

	it('with --once does its ten steps, a line each, and exits 0', async () => {
		const run = start('--once');
		expect(await run.ended).toBe(0);
		expect(run.lines()).toHaveLength(STEPS.length);
		for (const [index, step] of STEPS.entries())
			expect(run.lines()[index]).toMatch(new RegExp(`^${step} +\\S`));
		// The number went out in a text and came back in the bot's words.
		expect(run.lines()[STEPS.indexOf('reply via webhook')]).toContain('4711');
		expect(run.lines()[STEPS.indexOf('reply via socket')]).toContain('4711');
	});

	it('with a wrong key names the step and the reason, and exits 1', async () => {
		const run = start('--once', '--key', 'wrong-key-of-the-test');
		expect(await run.ended).toBe(1);
		expect(run.lines()).toEqual([
			expect.stringMatching(/^sent: Flow\.ai did not accept the key .*paste the key again/),
		]);
		expect(run.lines().join()).not.toContain('wrong-key-of-the-test');
	});

	it.each([
		['while it starts', []],
		['while it runs once', ['--once']],
	])('stops cleanly when Ctrl-C comes %s', async (_when, args) => {
		const before = await userDirs();
		const run = start(...args);
		// The folder is made right before Node-RED is started.
		await until(async () => (await userDirs()).length > before.length);
		run.interrupt();
		expect([0, 130]).toContain(await run.ended);
		expect(await userDirs()).toEqual(before);
	});

	it('is stopped by Ctrl-C through npm as well', async () => {
		const npm = spawn('npm', ['run', 'demo', '--silent'], {
			cwd: root,
			detached: true,
			stdio: ['ignore', 'pipe', 'inherit'],
		});
		try {
			let output = '';
			while (!output.includes('Ctrl-C')) output += String(((await once(npm.stdout, 'data')) as [Buffer])[0]);
			const urls = output.match(/http:\/\/127\.0\.0\.1:\d+/g) ?? [];
			// A terminal sends it to every process of the command.
			process.kill(-(npm.pid ?? 0), 'SIGINT');
			await once(npm, 'exit');
			for (const url of urls) await until(async () => !(await answers(url)));
		} finally {
			npm.kill('SIGKILL');
		}
	});

	it('runs twice at once on ports of its own, and Ctrl-C stops everything', async () => {
		const runs = [start(), start()];
		const urls = await Promise.all(
			runs.map(async (run) => {
				await run.seen('Ctrl-C');
				return (
					run
						.lines()
						.join(' ')
						.match(/http:\/\/127\.0\.0\.1:\d+/g) ?? []
				);
			}),
		);
		expect(new Set(urls.flat()).size).toBe(4);
		for (const url of urls.flat()) expect(await answers(url)).toBe(true);
		for (const run of runs) run.interrupt();
		expect(await Promise.all(runs.map(async ({ ended }) => await ended))).toEqual([0, 0]);
		for (const url of urls.flat()) expect(await answers(url)).toBe(false);
	});
});
