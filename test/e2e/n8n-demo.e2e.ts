import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { STEPS } from '../../packages/demo/src/steps';
import { ensureN8n } from '../../packages/demo/src/n8n/install';
import { printerTo } from '../../packages/demo/src/n8n/printer';
import { SETUP_MS } from './n8n-suite';

const PROGRAM = join(__dirname, '../../build/tools/demo-n8n.cjs');

interface Outcome {
	readonly code: number;
	readonly printed: string;
}

function demo(...args: string[]): Promise<Outcome> {
	return new Promise((resolve) => {
		const child = execFile(process.execPath, [PROGRAM, '--once', ...args], (_error, stdout, stderr) =>
			resolve({ code: child.exitCode ?? -1, printed: stdout + stderr }),
		);
	});
}

describe('npm run demo:n8n', () => {
	beforeAll(async () => void (await ensureN8n(printerTo(process.stderr))), SETUP_MS);

	it('does the ten steps through real executions and says each', async () => {
		const { code, printed } = await demo();
		const said = printed.split('\n').filter((line) => STEPS.some((step) => line.startsWith(step.padEnd(18))));
		expect(said.map((line) => line.slice(0, 18).trim())).toEqual([...STEPS]);
		expect(said[2]).toContain('4711');
		expect(code).toBe(0);
	});

	it('ends with the step and the reason when the key is wrong', async () => {
		const { code, printed } = await demo('--key', 'obviously-wrong-key');
		expect(code).toBe(1);
		expect(printed).toMatch(/sent: Send to Flow\.ai: Flow\.ai did not accept the key/);
		expect(printed).not.toContain('obviously-wrong-key');
	});
});
