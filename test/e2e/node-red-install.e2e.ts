import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startRed } from '../../packages/demo/src/node-red/process';

const root = join(__dirname, '../..');

interface NodeSet {
	readonly module: string;
	readonly local: boolean;
	readonly err?: string;
	readonly types: readonly string[];
}

describe('the packed Node-RED package', () => {
	it('installs by npm into an empty user directory, and every node loads', async () => {
		const userDir = await mkdtemp(join(tmpdir(), 'convoflow-install-'));
		try {
			const packed = (await readdir(join(root, 'build/packages'))).find((name) => name.includes('node-red'));
			const tarball = join(root, 'build/packages', packed ?? '');
			await promisify(execFile)('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', tarball], {
				cwd: userDir,
				shell: process.platform === 'win32',
			});
			const red = await startRed({ root, userDir });
			try {
				const response = await fetch(`http://127.0.0.1:${red.port}/nodes`, {
					headers: { accept: 'application/json' },
				});
				const ours = ((await response.json()) as NodeSet[]).filter(
					({ module }) => module === '@convoflow/node-red-chatbots',
				);
				expect(ours.filter(({ local, err }) => !local || err !== undefined)).toEqual([]);
				expect(ours.flatMap(({ types }) => types)).toEqual(
					expect.arrayContaining(['flowai-message', 'flowai-webhook', 'chatlayer-analytics']),
				);
			} finally {
				await red.stop();
			}
		} finally {
			await rm(userDir, { recursive: true, force: true });
		}
	});
});
