/**
 * Runs Node-RED's tests from the packed tarball on every Node-RED that the package is for:
 * `npm run node-red:matrix -- [--all] [target …]`. Without `--all`: those that load, send, fail, keep secrets and
 * answer under odd roots. The workspace's own Node-RED, which every test runs on anyway, is left out unless it is
 * named. Ends with 1 when a test failed.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { ROOT } from '../harness/install';
import { hostOf, TARGETS, type Target } from './targets';

const SHORT = ['load', 'messages', 'credentials', 'webhook-roots', 'examples', 'migrations', 'host-cases'];
/** Starting Node-RED from a tarball takes its time on a busy machine. */
const TEST_LIMIT_MS = 120_000;

async function run(target: Target, all: boolean): Promise<boolean> {
	await hostOf(target);
	const files = all ? ['test/node-red'] : SHORT.map((name) => `test/node-red/${name}.test.ts`);
	const jest = path.join(ROOT, 'node_modules/jest/bin/jest.js');
	const args = [jest, '-w', '1', '--testTimeout', String(TEST_LIMIT_MS), ...files];
	const child = spawn(process.execPath, args, {
		cwd: ROOT,
		stdio: 'inherit',
		env: { ...process.env, NODE_RED_TARGET: target.name },
	});
	const [code] = (await once(child, 'exit')) as [number | null];
	return code === 0;
}

async function main(): Promise<void> {
	const asked = process.argv.slice(2).filter((one) => !one.startsWith('--'));
	const targets = TARGETS.filter(({ name }, index) =>
		asked.length > 0 ? asked.includes(name) : index < TARGETS.length - 1,
	);
	if (targets.length === 0) throw new Error(`Name ${TARGETS.map(({ name }) => name).join(', ')}`);
	const lines: string[] = [];
	for (const target of targets) {
		const startedMs = Date.now();
		const passed = await run(target, process.argv.includes('--all'));
		const seconds = ((Date.now() - startedMs) / 1000).toFixed(0);
		lines.push(
			`Node-RED ${target.nodeRed} on Node ${target.node}: ${passed ? 'passed' : 'FAILED'}, ${seconds} s`,
		);
		if (!passed) process.exitCode = 1;
	}
	console.log(lines.join('\n'));
}

void main();
