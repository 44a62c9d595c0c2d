const { execFile } = require('node:child_process');
const fs = require('node:fs/promises');
const path = require('node:path');
const { promisify } = require('node:util');
const esbuild = require('esbuild');
const gulp = require('gulp');

if (Number(process.versions.node.split('.')[0]) < 24) {
	console.error(
		`Convoflow is built and run with Node 24 or newer; this is ${process.versions.node}. On Linux (x64, arm64) and ` +
			'Windows (x64) npm ci brings it along: go through npm run. Elsewhere install Node 24.',
	);
	process.exit(1);
}

const root = __dirname;
const run = promisify(execFile);
const bin = (name) => path.join(root, 'node_modules', '.bin', name);
const PUBLISHED = ['packages/sandbox', 'packages/node-red'];

/** Runs a tool; what it prints is shown when it fails. */
async function tool(name, args, cwd = root) {
	try {
		await run(bin(name), args, { cwd, maxBuffer: 64 * 1024 * 1024 });
	} catch (error) {
		throw new Error(
			`${name} ${args.join(' ')} failed in ${path.relative(root, cwd) || '.'}\n${error.stdout}${error.stderr}`,
		);
	}
}

/** Bundles a TypeScript module of the workspace, so that the build needs no build of its own. */
async function bundle(entry, outfile) {
	await esbuild.build({
		entryPoints: [path.join(root, entry)],
		outfile,
		bundle: true,
		platform: 'node',
		format: 'cjs',
		target: 'node20',
		external: [
			'@swc/core',
			'esbuild',
			'prettier',
			'typescript',
			'n8n-workflow',
			'marked',
			'subset-font',
			'@convoflow/sandbox',
		],
		logLevel: 'warning',
	});
}

/** Loads a TypeScript module of the workspace. */
async function load(entry) {
	const outfile = path.join(root, 'build', 'tools', `${entry.replace(/\W+/g, '-')}.cjs`);
	await bundle(entry, outfile);
	delete require.cache[outfile];
	return require(outfile);
}

async function clean() {
	await fs.rm(path.join(root, 'build'), { recursive: true, force: true });
	for (const folder of PUBLISHED)
		await fs.rm(path.join(root, folder, 'dist'), { recursive: true, force: true });
}

const types = () => tool('tsc', ['-p', 'tsconfig.json']);

async function sandbox() {
	const folder = path.join(root, 'packages/sandbox');
	await tool('tsc', ['-p', 'tsconfig.json'], folder);
	await fs.cp(path.join(folder, 'src/console'), path.join(folder, 'dist/console'), { recursive: true });
}

async function nodeRed() {
	const { buildPackage } = await load('packages/node-red/src/build/index.ts');
	await buildPackage({ root });
}

const demoProgram = () =>
	bundle('packages/demo/src/node-red/main.ts', path.join(root, 'build', 'tools', 'demo.cjs'));

const demoN8nProgram = () =>
	bundle('packages/demo/src/n8n/main.ts', path.join(root, 'build', 'tools', 'demo-n8n.cjs'));

async function n8n() {
	const { generateTrees } = await load('packages/n8n-host/src/generate/index.ts');
	const trees = await generateTrees({ root, outDir: path.join(root, 'build', 'n8n') });
	for (const { dir } of trees) await tool('n8n-node', ['build'], dir);
}

/** Records what every operation puts out, from the sandbox, beside its definition. */
async function record() {
	await sandbox();
	const { writeSamples } = await load('test/samples/record.ts');
	await writeSamples(root);
}

/** Packs everything that is published, as a user would get it, into build/packages. */
async function tarballs() {
	const target = path.join(root, 'build', 'packages');
	await fs.rm(target, { recursive: true, force: true });
	await fs.mkdir(target, { recursive: true });
	const trees = (await fs.readdir(path.join(root, 'build', 'n8n'))).map((name) =>
		path.join(root, 'build', 'n8n', name),
	);
	for (const folder of [...PUBLISHED.map((name) => path.join(root, name)), ...trees]) {
		await run('npm', ['pack', '--ignore-scripts', '--pack-destination', target], { cwd: folder });
	}
}

/** Writes what the documentation has from the definitions: the pages of the nodes and of operations, and parts of the READMEs. */
async function pages() {
	const { nodePages } = await load('test/project/node-pages.ts');
	await fs.rm(path.join(root, 'docs', 'nodes'), { recursive: true, force: true });
	await fs.mkdir(path.join(root, 'docs', 'nodes'), { recursive: true });
	for (const page of nodePages(root)) await fs.writeFile(path.join(root, 'docs', page.path), page.text);
	const { operationsPage } = await load('test/project/operations-page.ts');
	await fs.writeFile(path.join(root, 'docs', 'operations.md'), operationsPage());
	const { readmes } = await load('test/project/readmes/index.ts');
	for (const one of readmes(root)) await fs.writeFile(path.join(root, one.path), one.text);
}

/** Forgets what earlier runs of the engine tests have seen at work. */
const forget = () => fs.rm(path.join(root, 'build', 'ledger', 'engine.txt'), { force: true });

/** Everything that is written from the definitions and kept. */
const samples = gulp.series(record, pages);

/** Everything that is built. */
const build = gulp.series(types, gulp.parallel(sandbox, gulp.series(nodeRed, n8n)));

/** Everything that is published, built and packed. */
const pack = gulp.series(build, tarballs);

/** Tells every second that a task goes on, where gulp itself is silent. */
const shown = (text, task) =>
	async function announced() {
		const { showing } = await load('packages/demo/src/progress.ts');
		const { printerTo } = await load('packages/demo/src/printer.ts');
		const print = printerTo(process.stdout);
		const started = Date.now();
		await showing(text, print, promisify(task)());
		print(`Built in ${Math.round((Date.now() - started) / 1000)} s`);
	};

/** What `npm run demo` needs before it starts. */
const demo = shown(
	'Building the sandbox and the nodes (a few seconds)',
	gulp.parallel(sandbox, nodeRed, demoProgram),
);

/** What `npm run demo:n8n` needs before it starts. */
const demoN8n = shown(
	'Building the sandbox and the packages (about half a minute)',
	gulp.series(gulp.parallel(sandbox, nodeRed, n8n, demoN8nProgram), tarballs),
);

/** What the end-to-end suites need before they start. */
const e2e = gulp.series(pack, gulp.parallel(demoProgram, demoN8nProgram));

function watch() {
	gulp.watch(
		['nodes/**/*', 'credentials/**/*', 'packages/*/src/**/*'],
		{ ignoreInitial: false },
		gulp.parallel(sandbox, nodeRed, n8n),
	);
}

module.exports = {
	clean,
	demo,
	demoN8n,
	e2e,
	forget,
	pages,
	samples,
	types,
	sandbox,
	nodeRed,
	n8n,
	build,
	pack,
	watch,
	default: build,
};
