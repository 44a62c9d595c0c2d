import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { pushToMirror, readRelease } from './mirror';
import { rehearse } from './rehearsal';

const ROOT = resolve(__dirname, '../../../..');
const TREES = join(ROOT, 'build', 'n8n');

const HELP = `npm run release                  pushes every n8n package to its mirror, tagged with its version
npm run release -- --rehearse    the same to bare repositories on this machine, and looks at what arrives
npm run release -- --rehearse --install   the clones install their own dependencies first (minutes)
  --install-only <package>   with --rehearse: this clone does, the others take what is installed here
  --only <package>   one package`;

async function mirrorOf(dir: string): Promise<string> {
	const { repository } = JSON.parse(await readFile(join(dir, 'package.json'), 'utf8')) as {
		repository: { url: string };
	};
	return repository.url.replace(/^git\+/, '');
}

async function main(): Promise<void> {
	const { values } = parseArgs({
		options: {
			rehearse: { type: 'boolean', default: false },
			install: { type: 'boolean', default: false },
			'install-only': { type: 'string' },
			only: { type: 'string' },
			help: { type: 'boolean', default: false },
		},
	});
	const say = (line: string): void => void process.stdout.write(`${line}\n`);
	if (values.help) return say(HELP);
	const names = (await readdir(TREES)).filter((name) => values.only === undefined || name === values.only);
	const installing = values['install-only'];
	if (installing !== undefined && !names.includes(installing))
		throw new Error(`There is no package ${installing} to install for`);
	if (names.length === 0) throw new Error(`There is no package ${values.only ?? ''} in build/n8n`);
	// All of them are read before the first one is pushed.
	const releases = await Promise.all(names.map(async (name) => await readRelease(join(TREES, name))));
	for (const release of releases) {
		if (values.rehearse) {
			await rehearse(release, ROOT, values.install || installing === release.name, say);
			continue;
		}
		const remote = await mirrorOf(release.dir);
		const { commit, isNew } = await pushToMirror(release, remote);
		say(
			`${release.name} ${release.version}: ${isNew ? 'pushed' : 'is there already'} (${commit.slice(0, 7)})`,
		);
	}
}

main().catch((error: unknown) => {
	process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
	process.exitCode = 1;
});
