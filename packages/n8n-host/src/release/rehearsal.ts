import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { git } from './git';
import { pushToMirror, type Release } from './mirror';

const run = promisify(execFile);

/** Says one line about a step that went well. */
export type Say = (line: string) => void;

/** Runs npm in a folder; what it prints is shown when it fails. */
async function npm(cwd: string, ...args: string[]): Promise<void> {
	try {
		await run('npm', args, { cwd, maxBuffer: 64 * 1024 * 1024 });
	} catch (error) {
		const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
		throw new Error(`npm ${args.join(' ')} failed\n${stdout}${stderr}`);
	}
}

/** What the workflow that publishes must say: npm states where a package comes from, and no script of a dependency runs. */
const WORKFLOW = [
	/tags:\s*- '\*\.\*\.\*'/,
	/id-token: write/,
	/npm install --ignore-scripts/,
	/npm run release/,
];

async function checkWorkflow(clone: string): Promise<void> {
	const text = await readFile(join(clone, '.github', 'workflows', 'publish.yml'), 'utf8');
	const missing = WORKFLOW.filter((part) => !part.test(text));
	if (missing.length > 0) throw new Error(`publish.yml lacks ${missing.map(String).join(', ')}`);
}

/** Everything that the workflow does with the pushed commit, but for publishing. */
async function useAlone(clone: string, root: string, installs: boolean): Promise<string> {
	if (installs) await npm(clone, 'install', '--ignore-scripts', '--no-audit', '--no-fund');
	// Short form: what the workspace has installed takes the place of an own install.
	else await symlink(join(root, 'node_modules'), join(clone, 'node_modules'));
	await npm(clone, 'run', 'lint');
	await npm(clone, 'run', 'build');
	await npm(clone, 'test');
	const packed = await run('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], { cwd: clone });
	const [{ entryCount } = { entryCount: 0 }] = JSON.parse(packed.stdout) as { entryCount: number }[];
	return `${installs ? 'installs, ' : ''}lints, builds, passes its tests, packs ${entryCount} files`;
}

/**
 * Releases a package to a bare repository that stands for its mirror, and looks at what arrived.
 * @param root folder of the repository
 * @param installs installs the clone's own dependencies from the registry; otherwise those of the workspace serve
 * @throws Error at the first thing that is not as it should be
 */
export async function rehearse(release: Release, root: string, installs: boolean, say: Say): Promise<void> {
	const { name, version } = release;
	const folder = await mkdtemp(join(tmpdir(), `convoflow-release-`));
	const remote = join(folder, `${name}.git`);
	const clone = join(folder, name);
	try {
		await git(folder, 'init', '--quiet', '--bare', '--initial-branch=main', remote);
		const { commit } = await pushToMirror(release, remote);
		say(`${name} ${version}: pushed as ${commit.slice(0, 7)}, tagged ${version}`);
		const again = await pushToMirror(release, remote);
		if (again.isNew || again.commit !== commit)
			throw new Error('A second push of the same version changed it');
		say(`${name} ${version}: a second push changes nothing`);

		await git(folder, 'clone', '--quiet', '--branch', version, remote, clone);
		if ((await git(clone, 'rev-parse', 'HEAD')) !== commit) throw new Error('The tag names another commit');
		await checkWorkflow(clone);
		const count = (await git(clone, 'ls-files')).split('\n').length;
		say(
			`${name} ${version}: ${count} files at the tag, the workflow that publishes with provenance among them`,
		);
		say(`${name} ${version}: ${await useAlone(clone, root, installs)}`);
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}
