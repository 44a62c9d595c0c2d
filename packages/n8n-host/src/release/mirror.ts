import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { git } from './git';

/** What the build leaves behind in a tree and no mirror holds. */
const NOT_SOURCE = ['dist', 'node_modules'];

/** A package as its tree has it. */
export interface Release {
	readonly name: string;
	/** Folder of the generated tree. */
	readonly dir: string;
	/** Version without a `v`, which is also the tag: the workflow that publishes starts on it. */
	readonly version: string;
	/** What the changelog says about the version. */
	readonly notes: string;
	/** Who the commits are by. */
	readonly author: { readonly name: string; readonly email: string };
}

/** What became of a push. */
export interface Pushed {
	readonly commit: string;
	/** False when the mirror has this version already, file by file. */
	readonly isNew: boolean;
}

/** The part of a changelog below the heading of a version. */
export function notesOf(changelog: string, version: string): string | undefined {
	const lines = changelog.split('\n');
	const start = lines.findIndex((line) =>
		new RegExp(`^##\\s+v?${version.replaceAll('.', '\\.')}\\b`).test(line),
	);
	if (start < 0) return undefined;
	const rest = lines.slice(start + 1);
	const end = rest.findIndex((line) => line.startsWith('## '));
	return rest
		.slice(0, end < 0 ? undefined : end)
		.join('\n')
		.trim();
}

/**
 * Reads what a tree would release.
 * @throws Error when the changelog does not tell of the version
 */
export async function readRelease(dir: string): Promise<Release> {
	const { name, version, author } = JSON.parse(await readFile(join(dir, 'package.json'), 'utf8')) as Release;
	const notes = notesOf(await readFile(join(dir, 'CHANGELOG.md'), 'utf8'), version);
	if (!notes)
		throw new Error(`CHANGELOG.md of ${name} says nothing about ${version}: run npx changeset version first`);
	return { name, dir, version, notes, author };
}

async function replaceFiles(clone: string, dir: string): Promise<void> {
	for (const entry of await readdir(clone))
		if (entry !== '.git') await rm(join(clone, entry), { recursive: true });
	for (const entry of await readdir(dir))
		if (!NOT_SOURCE.includes(entry)) await cp(join(dir, entry), join(clone, entry), { recursive: true });
}

/**
 * Pushes a tree to its mirror: one commit on `main` and the version as its tag, both or neither. A version that is
 * there already is left alone.
 * @param remote address of the mirror, which may be empty
 * @throws Error when the version is there with other files, or git refuses
 */
export async function pushToMirror(release: Release, remote: string): Promise<Pushed> {
	const { version, name, notes, author } = release;
	const clone = await mkdtemp(join(tmpdir(), 'convoflow-mirror-'));
	try {
		await git(clone, 'clone', '--quiet', remote, '.');
		await git(clone, 'symbolic-ref', 'HEAD', 'refs/heads/main');
		const isKnown = (await git(clone, 'tag', '--list', version)) === version;
		if (isKnown) await git(clone, 'checkout', '--quiet', '--detach', version);
		await replaceFiles(clone, release.dir);
		await git(clone, 'add', '--all', '--force');
		const isChanged = (await git(clone, 'status', '--porcelain')) !== '';
		if (isKnown && isChanged)
			throw new Error(`${name} ${version} is released already, with other files: raise the version`);
		if (isKnown) return { commit: await git(clone, 'rev-parse', 'HEAD'), isNew: false };
		const identity = ['-c', `user.name=${author.name}`, '-c', `user.email=${author.email}`];
		await git(
			clone,
			...identity,
			'commit',
			'--quiet',
			'--allow-empty',
			'--message',
			`Release ${version}`,
			'--message',
			notes,
		);
		await git(clone, ...identity, 'tag', '--annotate', version, '--message', `${name} ${version}`);
		await git(clone, 'push', '--quiet', '--atomic', 'origin', 'HEAD:refs/heads/main', `refs/tags/${version}`);
		return { commit: await git(clone, 'rev-parse', 'HEAD'), isNew: true };
	} finally {
		await rm(clone, { recursive: true, force: true });
	}
}
