// Installs the oldest n8n-core that the nodes are tried on, outside the workspace, once for each lock file.
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const source = dirname(fileURLToPath(import.meta.url));
const target = createRequire(import.meta.url)('./folder.cjs').oldestCore();
if (!existsSync(target)) {
	const part = `${target}.part-${process.pid}`;
	mkdirSync(part, { recursive: true });
	try {
		for (const file of ['package.json', 'package-lock.json']) cpSync(join(source, file), join(part, file));
		const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund'];
		execFileSync('npm', args, { cwd: part, stdio: 'inherit' });
		renameSync(part, target);
	} finally {
		rmSync(part, { recursive: true, force: true });
	}
}
const { version } = JSON.parse(readFileSync(join(target, 'node_modules/n8n-core/package.json'), 'utf8'));
console.log(`The oldest n8n-core: ${version}`);
