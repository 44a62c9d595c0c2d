import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { STEPS } from '../../packages/demo/src/steps';
import {
	addresses,
	answers,
	root,
	startDemo,
	startDemoInTerminal,
	temp,
	until,
	type Demo,
	type Temp,
} from './demo-driver';

describe('npm run demo', () => {
	let own: Temp;
	beforeAll(async () => {
		own = await temp();
	});
	afterAll(async () => await own?.remove());
	const started: Demo[] = [];
	const start = (...args: string[]): Demo => {
		const run = startDemo(own, 'demo', ...args);
		started.push(run);
		return run;
	};
	afterEach(async () => void (await Promise.all(started.splice(0).map(async (run) => await run.end()))));

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
		const run = start(...args);
		// The folder is made right before Node-RED is started.
		await until(async () => (await own.left()).length > 0);
		run.interrupt();
		expect([0, 130]).toContain(await run.ended);
		expect(await own.left()).toEqual([]);
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

	it('opens its first page in the browser, ends with the keys Ctrl-C, and starts again as before', async () => {
		const folder = await mkdtemp(join(tmpdir(), 'convoflow-browser-'));
		try {
			// Stands in for the browser, and notes what it was to open.
			const noted = join(folder, 'noted');
			await writeFile(join(folder, 'xdg-open'), `#!/bin/sh\necho "$@" >> '${noted}'\n`);
			await chmod(join(folder, 'xdg-open'), 0o755);
			const { CI: _ci, SSH_CONNECTION: _ssh, ...rest } = process.env;
			const env = { ...rest, PATH: `${folder}:${rest['PATH'] ?? ''}`, DISPLAY: ':0' };
			const opened: string[] = [];
			for (const args of [[], ['--no-open']]) {
				const run = startDemoInTerminal(env, 'demo', ...args);
				started.push(run);
				await run.seen('Ctrl-C');
				const urls = addresses(run);
				expect(new Set(urls).size).toBe(3);
				for (const url of urls) expect(await answers(url)).toBe(true);
				// On a terminal every second is told.
				expect(run.lines().join('\n')).toMatch(/Starting Node-RED …/);
				if (args.length === 0) opened.push(urls[0] ?? '');
				run.interrupt();
				expect(await run.ended).toBe(0);
				for (const url of urls) expect(await answers(url)).toBe(false);
			}
			expect((await readFile(noted, 'utf8')).trim().split('\n')).toEqual(opened);
		} finally {
			await rm(folder, { recursive: true, force: true });
		}
	});

	it('runs twice at once on ports of its own, and Ctrl-C stops everything', async () => {
		const runs = [start(), start()];
		const urls = await Promise.all(
			runs.map(async (run) => {
				await run.seen('Ctrl-C');
				return addresses(run);
			}),
		);
		expect(new Set(urls.flat()).size).toBe(6);
		for (const url of urls.flat()) expect(await answers(url)).toBe(true);
		for (const run of runs) run.interrupt();
		expect(await Promise.all(runs.map(async ({ ended }) => await ended))).toEqual([0, 0]);
		for (const url of urls.flat()) expect(await answers(url)).toBe(false);
	});
});
