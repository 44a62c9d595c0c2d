/* eslint-disable @typescript-eslint/no-unsafe-assignment, @typescript-eslint/no-unsafe-member-access -- answers are foreign JSON, and what they hold is asserted */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { call } from './helpers';

/** The command line in a process of its own, compiled in memory as the tests are. */
function run(...args: string[]): ChildProcess {
	const root = path.resolve(__dirname, '../..');
	return spawn(process.execPath, [
		'-r',
		path.join(__dirname, 'register.cjs'),
		path.join(root, 'packages/sandbox/src/cli.ts'),
		...args,
	]);
}

it('prints one line for machines and stops on SIGTERM', async () => {
	const child = run('--port', '0', '--json', '--speed', '2', '--broadcast');
	const lines = createInterface({ input: child.stdout! });
	const [line] = (await once(lines, 'line')) as [string];
	const { url, keys, baseUrls } = JSON.parse(line);
	expect(keys.flowXo).toBe('sandbox-flowxo-key');
	expect(baseUrls.flowXo).toBe(`${url}/flowxo/api`);
	const status = await call(`${url}/sandbox/api/status`);
	expect(status.body).toMatchObject({ url, speed: 2, settings: { broadcast: true } });
	child.kill('SIGTERM');
	expect((await once(child, 'exit'))[0]).toBe(0);
});

it('says what is wrong with its options', async () => {
	const child = run('--speed', 'fast');
	let text = '';
	child.stderr!.on('data', (chunk: Buffer) => (text += chunk.toString()));
	expect((await once(child, 'exit'))[0]).toBe(2);
	expect(text).toContain('--speed must be a number');
});
