import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startRed } from '../../packages/demo/src/node-red/process';
import { catalogueEntry } from '../node-red/catalogue-entry';
import { rawServer } from '../support/raw-server';
import { launchBrowser, NodeRedEditor } from './node-red-editor';

const root = join(__dirname, '../..');

interface NodeSet {
	readonly module: string;
	readonly local: boolean;
	readonly err?: string;
	readonly types: readonly string[];
}

describe('the packed Node-RED package', () => {
	it('is found in the palette manager by the name of a service', async () => {
		const userDir = await mkdtemp(join(tmpdir(), 'convoflow-palette-'));
		// Stands in for the catalogue on the web, which holds a package once it is published.
		const catalogue = await rawServer((_request, response) => {
			response.writeHead(200, { 'content-type': 'application/json', 'access-control-allow-origin': '*' });
			const updatedAt = '2026-01-15T10:30:00.000Z';
			const modules = [{ ...catalogueEntry(), updated_at: updatedAt }];
			response.end(JSON.stringify({ name: 'Node-RED Community catalogue', updated_at: updatedAt, modules }));
		});
		// Node-RED looks for packages from its own nodes upwards, and would find ours in the workspace.
		const core = join(userDir, 'core');
		await symlink(join(root, 'node_modules/@node-red/nodes'), core);
		const red = await startRed({
			root,
			userDir,
			settings: {
				coreNodesDir: core,
				editorTheme: { tours: false, palette: { catalogues: [`${catalogue.url}/catalogue.json`] } },
				externalModules: { palette: { allowInstall: true } },
			},
		});
		const browser = await launchBrowser();
		try {
			const editor = await NodeRedEditor.open(browser, `http://127.0.0.1:${red.port}`);
			await editor.page.keyboard.press('Alt+Shift+P');
			const manager = editor.page.locator('#red-ui-settings-tab-palette');
			await manager.getByText('Install', { exact: true }).click();
			await manager.locator('.red-ui-palette-search input:visible').fill('chatlayer');
			const found = manager.locator('.red-ui-palette-module-header:visible');
			await found.filter({ hasText: catalogueEntry().id }).waitFor();
			expect(await found.innerText()).toContain(catalogueEntry().description);
			expect(await found.getByText('install', { exact: true }).isVisible()).toBe(true);
			await editor.picture('install', { width: 1440, height: 900 });
		} finally {
			await browser.close();
			await red.stop();
			await catalogue.close();
			await rm(userDir, { recursive: true, force: true });
		}
	});

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
